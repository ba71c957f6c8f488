// Saves a worksheet by itself: at the latest a second after the last key, and at once on leaving.
//
// What is not acknowledged by the server counts as unsaved, waits in this browser's storage and is
// tried again. Every save names the text it started from, so that two windows can't wipe each other.

const PAUSE = 1000;
const RETRY = 5000;
const PATIENCE = 3000;
const MOST_BYTES_ON_LEAVING = 60_000;

const form = document.getElementById("worksheet");
const saving = document.getElementById("saving");
const words = form.dataset;
const role = `${form.elements.framework.value}/${form.elements.role.value}`;
const writer = randomName(16);
const unsaved = { points: new Map(), marks: new Map() };
let newKey = words.kept === "yes" ? null : randomName(32);
let sequence = 0;
let underway = null;
let timer = 0;

function randomName(bytes) {
  const drawn = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...drawn)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// Where unsaved text waits. A browser may refuse storage: then the page itself is all we have.

function draftName(field) {
  return `raamwerk:draft:${role}:${field}`;
}

function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch { /* storage is full or forbidden */ }
}

function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

// The fields on this page

function areaOf(field) {
  return document.getElementById(`text-${field}`);
}

function boxOf(value) {
  return form.querySelector(`[name=mark][value="${value}"]`);
}

function typedIn(area) {
  return area.closest("[data-field]").dataset.field;
}

function pointChanged(area) {
  const field = typedIn(area);
  unsaved.points.set(field, ++sequence);
  remember(draftName(field), { text: area.value, base: area.dataset.base });
  tell(words.unsaved, true);
  showCounts();
}

function markChanged(box) {
  unsaved.marks.set(box.value, ++sequence);
  rememberMarks();
  tell(words.unsaved, true);
  showCounts();
}

function rememberMarks() {
  const waiting = [...unsaved.marks.keys()].map((value) => [value, boxOf(value).checked]);
  remember(draftName("marks"), waiting.length ? waiting : null);
}

// Saying where things stand

function tell(message, pending = false) {
  saving.classList.toggle("pending", pending);
  if (saving.textContent !== message) saving.textContent = message;
}

function tellSaved() {
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  tell(words.saved.replace("{time}", time));
}

function showTrouble(field, message) {
  const trouble = document.getElementById(`trouble-${field}`);
  const paragraph = document.createElement("p");
  paragraph.className = "message";
  paragraph.textContent = message;
  trouble.replaceChildren(paragraph);
  areaOf(field).setAttribute("aria-invalid", "true");
}

function clearTrouble(field) {
  document.getElementById(`trouble-${field}`).replaceChildren();
  areaOf(field).removeAttribute("aria-invalid");
}

function showCounts() {
  for (const area of form.querySelectorAll("[data-area]")) {
    const texts = [...area.querySelectorAll("textarea[id]")].filter((each) => each.value.trim());
    const count = texts.length + area.querySelectorAll("[name=mark]:checked").length;
    const sentence = count === 1 ? words.note : words.notes;
    form.querySelector(`[data-count="${area.dataset.area}"]`).textContent = count || "";
    form.querySelector(`[data-count-words="${area.dataset.area}"]`).textContent = sentence.replace("{count}", count);
  }
}

// Saving

function changes() {
  const points = [...unsaved.points].map(([field, number]) => {
    const area = areaOf(field);
    return { field, text: area.value, base: area.dataset.base, writer, sequence: number };
  });
  const marks = [...unsaved.marks.keys()].map((value) => {
    const [statement, kind] = value.split(":");
    return { statement, kind, on: boxOf(value).checked };
  });
  return { framework: form.elements.framework.value, role: form.elements.role.value, points, marks };
}

// Until the first answer the page proposes the key itself, so that two first saves share one.
function post() {
  const body = new Blob([JSON.stringify(newKey ? { ...changes(), key: newKey } : changes())]);
  return fetch(form.action, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body,
    keepalive: body.size < MOST_BYTES_ON_LEAVING,
  });
}

function anythingUnsaved() {
  return unsaved.points.size > 0 || unsaved.marks.size > 0;
}

function saveSoon(pause = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

function save() {
  clearTimeout(timer);
  if (!underway && anythingUnsaved()) {
    underway = saveOnce().then((pause) => {
      underway = null;
      if (pause !== null) saveSoon(pause);
    });
  }
  return underway ?? Promise.resolve();
}

// One save; returns after how many milliseconds to save again, or null for not.
async function saveOnce() {
  const sent = { points: new Map(unsaved.points), marks: new Map(unsaved.marks) };
  tell(words.saving, true);
  try {
    const retry = await take(await post(), sent);
    return retry ?? (hasNewer(sent) ? 0 : null);
  } catch {
    tell(words.offline, true);
    return RETRY;
  }
}

// On leaving there is no time to wait for an answer, nor for a save that is underway.
function sendAtOnce() {
  if (anythingUnsaved()) post().catch(() => {});
}

// What to do with the server's answer; returns after how long to try again, null for not.
async function take(response, sent) {
  const answer = await response.json().catch(() => null);
  if (answer === null || [408, 429].includes(response.status) || response.status >= 500) {
    tell(words.trouble, true);
    return RETRY;
  }
  if (answer.problem) {
    if (answer.problem === "unknown-key") offerFreshStart(answer.message);
    tell(answer.message, true);
    return null;
  }
  newKey = null;
  rememberKept();
  for (const [value, number] of sent.marks) {
    if (unsaved.marks.get(value) === number) unsaved.marks.delete(value);
  }
  rememberMarks();
  for (const [field, base] of Object.entries(answer.saved)) settle(field, base, sent);
  for (const [field, message] of Object.entries(answer.refusals)) refuse(field, message, sent);
  for (const [field, conflict] of Object.entries(answer.conflicts)) offerChoice(field, conflict);
  if (response.ok && !anythingUnsaved()) tellSaved();
  else tell(words.unsaved, true);
  return null;
}

function hasNewer(sent) {
  const newer = ([name, number]) => number > (sent.points.get(name) ?? sent.marks.get(name) ?? 0);
  return [...unsaved.points, ...unsaved.marks].some(newer);
}

function settle(field, base, sent) {
  areaOf(field).dataset.base = base;
  clearTrouble(field);
  if (unsaved.points.get(field) !== sent.points.get(field)) return;
  unsaved.points.delete(field);
  remember(draftName(field), null);
}

function refuse(field, message, sent) {
  showTrouble(field, message);
  if (unsaved.points.get(field) === sent.points.get(field)) unsaved.points.delete(field);
}

// Two windows, one field: show both texts and let the person choose.
function offerChoice(field, conflict) {
  unsaved.points.delete(field);
  const area = areaOf(field);
  const block = document.getElementById("conflict").content.cloneNode(true);
  block.querySelector(".message").textContent = conflict.message;
  block.querySelector(".typed").textContent = conflict.text;
  for (const button of block.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      if (button.value === "other") area.value = conflict.text;
      if (button.value === "both") area.value = `${conflict.text}\n\n${area.value}`;
      area.dataset.base = conflict.base;
      clearTrouble(field);
      pointChanged(area);
      area.focus();
      save();
    });
  }
  document.getElementById(`trouble-${field}`).replaceChildren(block);
  area.setAttribute("aria-invalid", "true");
}

// The key in this browser opens nothing any more: everything on this page can start a new worksheet.
function offerFreshStart(message) {
  const block = document.getElementById("fresh-start").content.cloneNode(true);
  block.querySelector(".message").textContent = message;
  const field = [...unsaved.points.keys()][0] ?? typedIn(form.querySelector("textarea[id]"));
  block.querySelector("button").addEventListener("click", () => {
    newKey = randomName(32);
    for (const area of form.querySelectorAll("textarea[id]")) if (area.value.trim()) pointChanged(area);
    for (const box of form.querySelectorAll("[name=mark]:checked")) markChanged(box);
    clearTrouble(field);
    save();
  });
  document.getElementById(`trouble-${field}`).replaceChildren(block);
}

// Coming back: what waited here, and a page that the browser kept from before the first note.

function rememberKept() {
  remember(`raamwerk:kept:${role}`, true);
}

function isStale() {
  if (words.kept === "yes" || !recall(`raamwerk:kept:${role}`)) return false;
  remember(`raamwerk:kept:${role}`, null);
  return true;
}

function takeUpDrafts() {
  for (const area of form.querySelectorAll("textarea[id]")) {
    const field = typedIn(area);
    const draft = recall(draftName(field));
    const kept = area.defaultValue;
    area.value = draft ? draft.text : kept;
    if (!draft) continue;
    if (draft.text === kept) {
      remember(draftName(field), null);
    } else if (draft.base === area.dataset.base) {
      pointChanged(area);
    } else {
      const message = document.getElementById("conflict").content.querySelector(".message").dataset.words;
      offerChoice(field, { text: kept, base: area.dataset.base, message });
    }
  }
  for (const box of form.querySelectorAll("[name=mark]")) box.checked = box.defaultChecked;
  for (const [value, checked] of recall(draftName("marks")) ?? []) {
    const box = boxOf(value);
    if (!box) continue;
    box.checked = checked;
    markChanged(box);
  }
}

function leaveAfterSaving(event) {
  const link = event.target.closest("a[href]");
  const away = link && link.origin === location.origin && link.pathname !== location.pathname;
  if (!away || !anythingUnsaved() || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  Promise.race([save().then(save), patience]).then(() => location.assign(link.href));
}

function begin() {
  document.documentElement.classList.add("saves-itself");
  takeUpDrafts();
  showCounts();
  if (anythingUnsaved()) saveSoon(0);
  form.addEventListener("input", (event) => {
    const target = event.target;
    if (target.matches("textarea")) pointChanged(target);
    else if (target.name === "mark") markChanged(target);
    saveSoon(target.name === "mark" ? 0 : PAUSE);
  });
  form.addEventListener("focusout", save);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name.startsWith("keep:")) return;
    event.preventDefault();
    save();
  });
  addEventListener("online", save);
  addEventListener("pagehide", sendAtOnce);
  addEventListener("pageshow", save);
  document.addEventListener("visibilitychange", () => (document.hidden ? sendAtOnce() : save()));
  document.addEventListener("click", leaveAfterSaving);
  document.addEventListener("keydown", (event) => {
    document.documentElement.classList.toggle("tips-dismissed", event.key === "Escape");
  });
}

if (isStale()) location.reload();
else begin();
