// Saves a worksheet by itself: at the latest a second after the last key, and at once on leaving.

import * as choices from "./choices.js";
import { Drafts } from "./drafts.js";
import { baseOf, boxes, changedFields, form, keptText, markBase, showCounts, texts, words } from "./fields.js";
import { saveOnLeaving, isFromHistory, isReloaded } from "./leaving.js";
import { Saving } from "./saving.js";
import * as telling from "./telling.js";

const { framework, edition, role, worksheet } = form.elements;
const writer = randomName();
const drafts = new Drafts(`${framework.value}/${role.value}`, worksheet.value, writer);
const sentTexts = new Map();
let asNew = false;

const page = {
  words,
  subject: { framework: framework.value, edition: edition.value, role: role.value },
  get worksheet() {
    return asNew ? "new" : worksheet.value;
  },
  text(field) {
    const text = texts.get(field).value;
    sentTexts.set(field, text);
    return { text, base: baseOf(field).value };
  },
  mark: (value) => ({ on: boxes.get(value).checked, base: markBase(value) }),
  markKept(value, { on, base }) {
    boxes.get(value).dataset.base = base;
    boxes.get(value).defaultChecked = on;
  },
  marksTaken: keepMarks,
  changeMark: markChanged,
  noticeChanges,
  textKept,
  takeConflict,
  belongsTo,
  answered,
  offerFreshStart,
  showTrouble: choices.showMessage,
  tellPending: telling.tellPending,
  tellTrouble: telling.tellTrouble,
};
const saving = new Saving(page, writer, { save: words.save, begin: words.begin });

function randomName() {
  const drawn = crypto.getRandomValues(new Uint8Array(12));
  return [...drawn].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Changes, with or without an event that tells of them

function noticeChanges() {
  const { fields, values } = changedFields();
  fields.forEach(textChanged);
  values.forEach(markChanged);
}

function textChanged(field) {
  keepText(field);
  if (!choices.isOpen(field)) saving.textChanged(field);
  tellChanged();
}

function markChanged(value) {
  saving.markChanged(value);
  keepMarks();
  tellChanged();
}

function tellChanged() {
  telling.tellPending(words.unsaved);
  showCounts();
}

// `sent` goes along, so that a save whose answer was lost is known again as this person's own.
function keepText(field) {
  drafts.keep(field, { text: texts.get(field).value, base: baseOf(field).value, sent: sentTexts.get(field) });
}

function keepMarks() {
  const unsaved = [...saving.marks.keys()].map((value) => [value, boxes.get(value).checked, markBase(value)]);
  if (unsaved.length) drafts.keep("marks", unsaved);
  else drafts.settleMarks((value) => boxes.has(value));
}

// A text that the person didn't type here and now: from a draft, or chosen.
function changeText(field, text, base) {
  texts.get(field).value = text;
  baseOf(field).value = base;
  changedFields();
  textChanged(field);
}

// What the server answered

function textKept(field, text, base) {
  baseOf(field).value = base;
  texts.get(field).defaultValue = text;
  if (saving.texts.has(field)) return keepText(field);
  choices.clearTrouble(field);
  return drafts.settle(field, text);
}

// Returns whether the change can go out again by itself: it replaces nothing, or what it was made from.
function takeConflict(field, conflict) {
  const typed = texts.get(field).value;
  const isHarmless = !conflict.text.trim() || conflict.text === typed || drafts.hasTaken(field, conflict.text);
  if (isHarmless) changeText(field, typed, conflict.base);
  else offerChoice(field, conflict);
  return isHarmless;
}

function offerChoice(field, other) {
  choices.offer(field, other, (text) => {
    if (other.draft) drafts.take(other.draft);
    changeText(field, text, other.base ?? baseOf(field).value);
    saving.save();
  });
}

function belongsTo(id) {
  const isOther = drafts.seen && drafts.seen !== id && !page.worksheet;
  if (isOther) telling.showNotice(words.other);
  asNew = false;
  worksheet.value = id;
  drafts.moveTo(id);
  drafts.seen = id;
}

function answered(told) {
  telling.endTrouble();
  if (saving.pending) telling.tellPending(words.unsaved);
  else if (!tellStuck()) telling.tellSaved(told);
}

// Tells what isn't saved although nothing is to be sent; returns whether there is any such thing.
function tellStuck() {
  if (!isStuck() && !waitsElsewhere()) return false;
  telling.tellTrouble(isStuck() ? words.unsaved : words.waiting);
  return true;
}

function isStuck() {
  return saving.refused.size > 0 || choices.anyOpen();
}

// Drafts of this worksheet for what this page doesn't show.
function waitsElsewhere() {
  return drafts.fromOthers().some(({ field, value }) =>
    field === "marks" ? value.some(([mark]) => !boxes.has(mark)) : !texts.has(field),
  );
}

function offerFreshStart(message) {
  const [field] = [...saving.texts.keys(), ...texts.keys()];
  choices.offerFreshStart(field, message, () => {
    asNew = true;
    drafts.moveTo("");
    for (const [each, control] of texts) {
      if (control.value.trim()) changeText(each, control.value, "");
    }
    for (const [value, box] of boxes) {
      delete box.dataset.base;
      if (box.checked) markChanged(value);
    }
    saving.save();
  });
}

// Coming back: what waited in this browser, and pages that the browser kept from before

function takeUpDrafts() {
  const found = drafts.fromOthers();
  for (const field of texts.keys()) takeUpTexts(field, found.filter((draft) => draft.field === field));
  for (const draft of found.filter((each) => each.field === "marks")) takeUpMarks(draft);
}

function takeUpTexts(field, found) {
  const kept = { text: keptText(field), base: baseOf(field).value };
  const fits = ({ value }) => value.base === kept.base || value.sent === kept.text || !kept.text.trim();
  drafts.forgetTwins(field, kept.text);
  const different = found.filter(({ value }) => value.text !== kept.text);
  const isTyped = texts.get(field).value !== kept.text;
  const first = isTyped ? null : (different.find(fits) ?? different[0]);
  if (first) {
    if (!fits(first)) offerChoice(field, kept);
    changeText(field, first.value.text, fits(first) ? kept.base : (first.value.base ?? ""));
  }
  for (const draft of different) {
    if (draft.value.text === texts.get(field).value) drafts.take(draft);
    else offerChoice(field, { text: draft.value.text, draft });
  }
  if (choices.isOpen(field)) saving.texts.delete(field);
}

// A tick that waited is put on what is kept, unless somebody was there in between.
function takeUpMarks(draft) {
  drafts.take(draft);
  for (const [value, on, base] of draft.value) {
    const box = boxes.get(value);
    if (!box || saving.marks.has(value) || box.checked === on) continue;
    if (base !== undefined && base !== markBase(value)) continue;
    box.checked = on;
    changedFields();
    markChanged(value);
  }
}

// A page that came out of the browser's history or cache, although more is kept by now.
function isOld() {
  const lacksItsWorksheet = drafts.seen && !worksheet.value;
  return isFromHistory() || (lacksItsWorksheet && !isReloaded());
}

function begin() {
  document.documentElement.classList.add("saves-itself");
  for (const [field, control] of texts) {
    if (control.getAttribute("aria-invalid") === "true") saving.refused.add(field);
  }
  noticeChanges();
  const isSafe = drafts.safe || !saving.pending;
  if (isOld() && isSafe && saving.refused.size === 0) return location.reload();
  if (drafts.seen && !worksheet.value) telling.showNotice(words.other);
  takeUpDrafts();
  keepMarks();
  showCounts();
  tellStuck();
  listen();
  return saving.save();
}

function listen() {
  form.addEventListener("input", ({ target }) => {
    noticeChanges();
    saving.soon(target.name === "mark" ? 0 : undefined);
  });
  form.addEventListener("change", () => saving.save());
  form.addEventListener("focusout", () => saving.save());
  addEventListener("online", () => saving.save());
  addEventListener("storage", () => {
    if (!waitsElsewhere()) telling.endWaiting(words.waiting);
  });
  saveOnLeaving(form, saving, isStuck);
  document.addEventListener("keydown", (event) => {
    document.documentElement.classList.toggle("tips-dismissed", event.key === "Escape");
  });
}

begin();
