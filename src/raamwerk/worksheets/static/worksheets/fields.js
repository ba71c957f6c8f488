// The texts and marks that stand in the form: those of a role, or the overview's heading.

export const form = document.getElementById("worksheet");
export const words = { ...form.dataset, waiting: form.dataset.waiting ?? form.dataset.unsaved };

export const texts = new Map(
  [...form.elements].filter((each) => each.name.startsWith("text:")).map((each) => [each.name.slice(5), each]),
);

export const boxes = new Map([...form.querySelectorAll("[name=mark]")].map((box) => [box.value, box]));

// The text that the page came with, as a control gives it back.
export function keptText(field) {
  return texts.get(field).defaultValue.replace(/\r\n?/g, "\n");
}

// Where the one base of a text stands, that names what it was made from.
export function baseOf(field) {
  return form.elements[`base:${field}`];
}

export function markBase(value) {
  return Number(boxes.get(value).dataset.base ?? 0);
}

const noticed = new Map([
  ...[...texts.keys()].map((field) => [field, keptText(field)]),
  ...[...boxes].map(([value, box]) => [value, box.defaultChecked]),
]);

// What has changed since it was asked last, whether or not an event told of it.
export function changedFields() {
  const isNew = (name, now) => now !== noticed.get(name) && noticed.set(name, now);
  return {
    fields: [...texts].filter(([field, control]) => isNew(field, control.value)).map(([field]) => field),
    values: [...boxes].filter(([value, box]) => isNew(value, box.checked)).map(([value]) => value),
  };
}

export function showCounts() {
  for (const area of form.querySelectorAll("[data-area]")) {
    const used = [...area.querySelectorAll("textarea[id]")].filter((each) => each.value.trim());
    const count = used.length + area.querySelectorAll("[name=mark]:checked").length;
    const sentence = count === 1 ? words.note : words.notes;
    form.querySelector(`[data-count="${area.dataset.area}"]`).textContent = count || "";
    form.querySelector(`[data-count-words="${area.dataset.area}"]`).textContent = sentence.replace("{count}", count);
  }
}
