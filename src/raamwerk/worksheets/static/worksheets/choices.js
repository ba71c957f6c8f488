// Asks the person to choose where there is more than one text for a field.

const waiting = new Map();

export function isOpen(field) {
  return waiting.has(field);
}

export function anyOpen() {
  return waiting.size > 0;
}

// `other` is {text, message, base?}; `chosen` is called with the text that the person chose.
export function offer(field, other, chosen) {
  const queue = waiting.get(field) ?? [];
  waiting.set(field, [...queue, { ...other, chosen }]);
  if (queue.length === 0) show(field);
}

function show(field) {
  const [other] = waiting.get(field);
  const block = document.getElementById("conflict").content.cloneNode(true);
  block.querySelector(".message").textContent = other.message ?? ownWords();
  block.querySelector(".typed").textContent = other.text;
  for (const button of block.querySelectorAll("button")) {
    button.addEventListener("click", () => choose(field, button.value));
  }
  showTrouble(field, block);
}

function choose(field, choice) {
  const [other, ...rest] = waiting.get(field);
  const control = document.getElementById(`text-${field}`);
  const between = control.matches("textarea") ? "\n\n" : " / ";
  if (choice === "other") control.value = other.text;
  if (choice === "both") control.value = `${other.text}${between}${control.value}`;
  if (rest.length) waiting.set(field, rest);
  else waiting.delete(field);
  clearTrouble(field);
  control.focus();
  other.chosen(control.value);
  if (rest.length) show(field);
}

function ownWords() {
  return document.getElementById("conflict").content.querySelector(".message").dataset.words;
}

// The worksheet of this page doesn't open any more: all that stands here can go into a new one.
export function offerFreshStart(field, message, accepted) {
  const block = document.getElementById("fresh-start").content.cloneNode(true);
  block.querySelector(".message").textContent = message;
  block.querySelector("button").addEventListener("click", () => {
    clearTrouble(field);
    accepted();
  });
  showTrouble(field, block);
}

export function showMessage(field, message) {
  const paragraph = document.createElement("p");
  paragraph.className = "message";
  paragraph.textContent = message;
  showTrouble(field, paragraph);
}

function showTrouble(field, content) {
  document.getElementById(`trouble-${field}`).replaceChildren(content);
  document.getElementById(`text-${field}`).setAttribute("aria-invalid", "true");
}

export function clearTrouble(field) {
  document.getElementById(`trouble-${field}`).replaceChildren();
  document.getElementById(`text-${field}`).removeAttribute("aria-invalid");
}
