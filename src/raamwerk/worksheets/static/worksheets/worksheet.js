// Saves the worksheet of a page by itself: at the latest a second after the last key, and at once on leaving.
//
// One file for all that stands on the page, so that a first visit needs one request fewer: the fields,
// telling the state, choosing between texts, what the server answered, coming back, leaving.

import { Drafts, Saving, isAnswering } from "./saving.js";

// The fields: the texts and marks that stand in the form, of a role or of the overview's heading

const form = document.getElementById("worksheet");
const words = { ...form.dataset, waiting: form.dataset.waiting ?? form.dataset.unsaved };

const texts = new Map(
  [...form.elements].filter((each) => each.name.startsWith("text:")).map((each) => [each.name.slice(5), each]),
);

const boxes = new Map([...form.querySelectorAll("[name=mark]")].map((box) => [box.value, box]));

// The text that the page came with, as a control gives it back. Without a base it is kept nowhere: a form
// without scripts was sent, and came back as it was.
function keptText(field) {
  return !baseOf(field).value ? "" : texts.get(field).defaultValue.replace(/\r\n?/g, "\n");
}

// Where the one base of a text stands, that names what it was made from.
function baseOf(field) {
  return form.elements[`base:${field}`];
}

function markBase(value) {
  return Number(boxes.get(value).dataset.base ?? 0);
}

const noticed = new Map([
  ...[...texts.keys()].map((field) => [field, keptText(field)]),
  ...[...boxes].map(([value, box]) => [value, box.defaultChecked]),
]);

// What has changed since it was asked last, whether or not an event told of it.
function changedFields() {
  const isNew = (name, now) => now !== noticed.get(name) && noticed.set(name, now);
  return {
    fields: [...texts].filter(([field, control]) => isNew(field, control.value)).map(([field]) => field),
    values: [...boxes].filter(([value, box]) => isNew(value, box.checked)).map(([value]) => value),
  };
}

// How much is noted: texts and ticks apart, in all and by area, and a dot for each field.

const COUNTED_FROM = 0.9;
const [textsElsewhere, ticksElsewhere] = (words.elsewhere ?? "0 0").split(" ").map(Number);

function showAmounts() {
  for (const control of form.querySelectorAll("textarea[id]")) showRoom(control);
  if (!words.elsewhere) return;
  const fields = [...form.querySelectorAll(".field")];
  for (const field of fields) {
    const { texts: written, ticks } = amount([field]);
    form.querySelector(`[data-dot="${field.dataset.field}"]`).classList.toggle("noted", written + ticks > 0);
  }
  for (const place of form.querySelectorAll("[data-amount]")) {
    const area = document.getElementById(place.dataset.amount);
    if (area) tellAmount(place, amount([...area.querySelectorAll(".field")]));
    if (!place.dataset.amount) tellAmount(place, amount(fields), textsElsewhere, ticksElsewhere);
  }
}

function amount(fields) {
  const boxesIn = fields.flatMap((field) => [...field.querySelectorAll("[name=mark]:checked")]);
  const written = fields.filter((field) => texts.get(field.dataset.field).value.trim());
  return { texts: written.length, ticks: boxesIn.length, fields: fields.length };
}

function tellAmount(place, noted, moreTexts = 0, moreTicks = 0) {
  const ticks = noted.ticks + moreTicks;
  const fields = place.dataset.amount ? noted.fields : form.querySelectorAll("[data-dot]").length;
  const written = words.texts.replace("{texts}", noted.texts + moreTexts).replace("{fields}", fields);
  place.textContent = `${written} · ${(ticks === 1 ? words.tick : words.ticks).replace("{count}", ticks)}`;
}

// How much still fits, once that matters: read with the field, and not aloud at every letter.
function showRoom(control) {
  const limit = Number(words.limit);
  const shown = document.getElementById(control.id.replace("text-", "room-"));
  // Characters as the server counts them: an emoji is one.
  const count = control.value.length < limit * COUNTED_FROM ? 0 : [...control.value].length;
  if (count < limit * COUNTED_FROM) return shown?.replaceChildren();
  const apart = Math.abs(limit - count);
  const [one, more] = count > limit ? [words.excess, words.excesses] : [words.room, words.rooms];
  return (shown ?? addRoom(control)).replaceChildren((apart === 1 ? one : more).replace("{count}", apart));
}

function addRoom(control) {
  const place = document.createElement("p");
  place.id = control.id.replace("text-", "room-");
  place.className = "hint room";
  control.after(place);
  control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby")} ${place.id}`);
  return place;
}

// Telling once, in words, whether everything is saved
//
// Only the first save, trouble and recovery are announced (role=status); what changes with every
// pause in typing stands in the quiet place beside it.

const aloud = document.getElementById("saving");
const quiet = document.querySelector("[data-saved-at]") ?? aloud;
let trouble = "";
let announceNext = true;

function tellPending(said) {
  if (!trouble) say(quiet, said, true);
}

function tellTrouble(said) {
  trouble = said;
  announceNext = true;
  say(aloud, said, true);
}

// The server has answered: what troubled the connection is over.
function endTrouble() {
  trouble = "";
}

// What a form without scripts could not save is saved now: what the page said first of it goes.
function endRefused() {
  const refused = document.getElementById("refused");
  if (!refused) return;
  refused.remove();
  document.title = document.title.replace(/^[^:]*: /, "");
}

function tellSaved(said) {
  endRefused();
  say(announceNext ? aloud : quiet, said, false);
  announceNext = false;
}

// What waited on another page is saved there now: this page has nothing to say about it.
function endWaiting(said) {
  if (trouble !== said) return;
  endTrouble();
  say(aloud, "", false);
}

function showNotice(said) {
  const notice = document.querySelector("[data-notice]");
  if (!notice) return;
  notice.textContent = said;
  notice.hidden = false;
}

// At the fields themselves as well, for who sees nothing but those.
const unsettled = new Set();

function sayHere(message, isPending) {
  for (const field of unsettled) {
    const here = form.querySelector(`[data-here="${field}"]`);
    if (!here) continue;
    here.textContent = message;
    here.classList.toggle("pending", isPending);
  }
  if (!isPending) unsettled.clear();
}

function say(place, message, isPending) {
  sayHere(message, isPending);
  for (const each of new Set([aloud, quiet])) {
    const told = each === place ? message : "";
    if (each.textContent !== told) each.textContent = told;
    each.classList.toggle("pending", isPending);
  }
}

// Choosing, where there is more than one text for a field

const undecided = new Map();

function isUndecided(field) {
  return undecided.has(field);
}

function isAnyUndecided() {
  return undecided.size > 0;
}

// `other` is {text, message, base?}; `chosen` is called with the text that the person chose.
function offerTexts(field, other, chosen) {
  const queue = undecided.get(field) ?? [];
  undecided.set(field, [...queue, { ...other, chosen }]);
  if (queue.length === 0) showChoice(field);
}

function showChoice(field) {
  const [other] = undecided.get(field);
  const block = document.getElementById("conflict").content.cloneNode(true);
  block.querySelector(".message").textContent = other.message ?? conflictWords();
  block.querySelector(".typed").textContent = other.text;
  for (const button of block.querySelectorAll("button")) {
    button.addEventListener("click", () => choose(field, button.value));
  }
  showTrouble(field, block);
}

function choose(field, choice) {
  const [other, ...rest] = undecided.get(field);
  const control = document.getElementById(`text-${field}`);
  const between = control.matches("textarea") ? "\n\n" : " / ";
  if (choice === "other") control.value = other.text;
  if (choice === "both") control.value = `${other.text}${between}${control.value}`;
  if (rest.length) undecided.set(field, rest);
  else undecided.delete(field);
  clearTrouble(field);
  control.focus();
  other.chosen(control.value);
  if (rest.length) showChoice(field);
}

function conflictWords() {
  return document.getElementById("conflict").content.querySelector(".message").dataset.words;
}

// The worksheet of this page doesn't open any more: all that stands here can go into a new one.
function showFreshStart(field, message, accepted) {
  // Not anew while it stands there: whoever is on its button would lose their place.
  if (document.querySelector(`#trouble-${field} button:not([value])`)) return;
  const block = document.getElementById("fresh-start").content.cloneNode(true);
  block.querySelector(".message").textContent = message;
  block.querySelector("button").addEventListener("click", () => {
    clearTrouble(field);
    accepted();
  });
  showTrouble(field, block);
}

function showMessage(field, message) {
  const paragraph = document.createElement("p");
  paragraph.className = "message";
  paragraph.textContent = message;
  showTrouble(field, paragraph);
}

function showTrouble(field, content) {
  reveal(field);
  document.getElementById(`trouble-${field}`).replaceChildren(content);
  document.getElementById(`text-${field}`).setAttribute("aria-invalid", "true");
}

// What is closed opens where something in it asks for attention.
function reveal(field) {
  const fold = texts.get(field)?.closest("details");
  if (fold) fold.open = true;
}

function clearTrouble(field) {
  document.getElementById(`trouble-${field}`).replaceChildren();
  document.getElementById(`text-${field}`).removeAttribute("aria-invalid");
}

// The page, as the queue of unsaved changes sees it

const { framework, edition, role, worksheet } = form.elements;
const writer = randomName();
const drafts = new Drafts(`${framework.value}/${role.value}`, worksheet.value, writer);
const sentTexts = new Map();
let proposed = "";

const page = {
  words,
  subject: { framework: framework.value, edition: edition.value, role: role.value },
  get worksheet() {
    return proposed ? `new:${proposed}` : worksheet.value;
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
  showTrouble: showMessage,
  tellPending,
  tellTrouble,
};
const saving = new Saving(page, writer, { save: words.save, begin: words.begin });

// The public id of a worksheet that this page begins, so that its post may come twice.
function randomId() {
  const drawn = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...drawn)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

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
  reveal(field);
  unsettled.add(field);
  keepText(field);
  if (!isUndecided(field)) saving.textChanged(field);
  tellChanged();
}

function markChanged(value) {
  unsettled.add(boxes.get(value).closest(".field").dataset.field);
  saving.markChanged(value);
  keepMarks();
  tellChanged();
}

function tellChanged() {
  tellPending(words.unsaved);
  showAmounts();
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

function textKept(field, text, base, cleaned = text) {
  baseOf(field).value = base;
  if (texts.get(field).value === text) showCleaned(field, cleaned);
  texts.get(field).defaultValue = cleaned;
  showInDocument(field, cleaned.trim());
  if (saving.texts.has(field)) return keepText(field);
  clearTrouble(field);
  return drafts.settle(field, text);
}

// The document on the overview says what is kept of its heading.
function showInDocument(field, text) {
  const detail = document.querySelector(`[data-detail="${field}"]`);
  if (!detail) return;
  detail.querySelector("dd").textContent = text;
  detail.hidden = text === "";
}

// What is kept without the odd characters that were sent, with the cursor where it was.
function showCleaned(field, text) {
  const control = texts.get(field);
  if (control.value === text) return;
  const { selectionStart } = control;
  control.value = text;
  control.setSelectionRange(selectionStart, selectionStart);
  noticed.set(field, control.value);
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
  offerTexts(field, other, (text) => {
    if (other.draft) drafts.take(other.draft);
    changeText(field, text, other.base ?? baseOf(field).value);
    saving.save();
  });
}

function belongsTo(id) {
  const isOther = drafts.seen && drafts.seen !== id && !page.worksheet;
  if (isOther) showNotice(words.other);
  proposed = "";
  worksheet.value = id;
  drafts.moveTo(id);
  drafts.seen = id;
}

function answered(told, lost) {
  endTrouble();
  if (saving.pending) tellPending(words.unsaved);
  else if (!tellStuck()) tellSaved(lost ? `${told}. ${lost}` : told);
}

// Tells what isn't saved although nothing is to be sent; returns whether there is any such thing.
function tellStuck() {
  if (!isStuck() && !waitsElsewhere()) return false;
  tellTrouble(isStuck() ? words.unsaved : words.waiting);
  return true;
}

function isStuck() {
  return saving.refused.size > 0 || isAnyUndecided();
}

// Drafts of this worksheet for what this page doesn't show.
function waitsElsewhere() {
  return drafts.fromOthers().some(({ field, value }) =>
    field === "marks" ? value.some(([mark]) => !boxes.has(mark)) : !texts.has(field),
  );
}

// Why is told where the way out is, once; the state says no more than that it isn't saved.
function offerFreshStart(message) {
  letGoOfWorksheet();
  showFreshStart(fieldOfFirstChange(), message, () => {
    proposed = randomId();
    for (const [each, control] of texts) {
      if (control.value.trim()) changeText(each, control.value, "");
    }
    for (const [value, box] of boxes) {
      if (box.checked) markChanged(value);
    }
    saving.save();
  });
  tellTrouble(words.unsaved);
}

// What waits belongs to no worksheet any more: the next page of this role takes it up.
function letGoOfWorksheet() {
  drafts.moveTo("");
  for (const box of boxes.values()) delete box.dataset.base;
  if (saving.marks.size > 0) keepMarks();
}

function fieldOfFirstChange() {
  const marked = [...saving.marks.keys()].map((value) => boxes.get(value).closest("[data-field]").dataset.field);
  const [field] = [...saving.texts.keys(), ...marked, ...texts.keys()];
  return field;
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
  settleOrTakeTwins(field, kept.text, found);
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
  if (isUndecided(field)) saving.texts.delete(field);
}

// The form itself sends what was chosen: the draft of what it replaces must not ask again.
function settleChosen({ name, value }) {
  const field = name.slice("keep:".length);
  if (value !== "mine") drafts.settle(field, texts.get(field).value);
}

// What a form sent and the server refused stands on the page as if it were kept: its draft goes on waiting.
function settleOrTakeTwins(field, text, found) {
  if (!saving.refused.has(field)) return drafts.forgetTwins(field, text);
  return found.filter(({ value }) => value.text === text).forEach((draft) => drafts.take(draft));
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

// Another tab erased everything: this one shows it no longer, unless it has something that isn't kept.
function leaveWhatIsErased() {
  noticeChanges();
  if (saving.pending || isStuck()) return;
  letGoOfWorksheet();
  location.reload();
}

function begin() {
  document.documentElement.classList.add("saves-itself");
  for (const [field, control] of texts) {
    if (control.getAttribute("aria-invalid") === "true") saving.refused.add(field);
  }
  noticeChanges();
  const isSafe = drafts.safe || !saving.pending;
  if (isOld() && isSafe && saving.refused.size === 0) return location.reload();
  if (drafts.seen && !worksheet.value) showNotice(words.other);
  takeUpDrafts();
  keepMarks();
  showAmounts();
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
  addEventListener("storage", ({ key, newValue }) => {
    if (key === drafts.seenName && newValue === null) leaveWhatIsErased();
    if (!waitsElsewhere()) endWaiting(words.waiting);
  });
  saveOnLeaving();
  followReading();
  joinTicks();
}

// Reading: the bar says in which area one is

function followReading() {
  const links = new Map([...form.querySelectorAll("#areas a[href^='#']")].map((link) => [link.hash.slice(1), link]));
  const line = new IntersectionObserver(
    (areas) => {
      for (const { target, isIntersecting } of areas) {
        const link = links.get(target.id);
        if (!isIntersecting) link?.removeAttribute("aria-current");
        else if (link) markLink(link);
      }
    },
    { rootMargin: "-30% 0px -69% 0px" },
  );
  const areas = [...form.querySelectorAll("section.area")];
  if (areas.length > 1) areas.forEach((area) => line.observe(area));
}

function markLink(link) {
  link.setAttribute("aria-current", "location");
  const row = link.closest("ul");
  const isOutside = link.offsetLeft < row.scrollLeft || link.offsetLeft + link.offsetWidth > row.scrollLeft + row.clientWidth;
  if (isOutside) row.scrollLeft = link.offsetLeft - row.offsetLeft;
}

// The two ticks of a statement are one stop for the Tab key; the arrow keys go from tick to tick.

function joinTicks() {
  const rows = [...form.querySelectorAll(".statement")].map((row) => [...row.querySelectorAll("[name=mark]")]);
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  rows.forEach((row, line) => {
    row.forEach((box, column) => {
      box.tabIndex = column ? -1 : 0;
      box.parentElement.dataset.other = column ? `← ${row[0].ariaLabel}` : `${row[1].ariaLabel} →`;
      box.addEventListener("focus", () => row.forEach((each) => (each.tabIndex = each === box ? 0 : -1)));
      box.addEventListener("keydown", (event) => {
        const [down, right] = steps[event.key] ?? [];
        const next = steps[event.key] && rows[line + down]?.[column + right];
        if (!next) return;
        event.preventDefault();
        next.focus();
      });
    });
  });
}

// Leaving: lets a page go without losing anything, and finds out how it came back

const PATIENCE = 3000;

const [visit] = performance.getEntriesByType("navigation");

function isReloaded() {
  return visit?.type === "reload";
}

// Back and Forward may show what the browser has kept of a page, without asking the server.
function isFromHistory() {
  return visit?.type === "back_forward" && visit.transferSize === 0;
}

// Saves first, with patience.
async function saveWithPatience() {
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  await Promise.race([saving.save().then(() => saving.save()), patience]);
}

function followLink(event) {
  const link = event.target.closest("a[href]");
  const isAway = link && link.origin === location.origin && link.pathname !== location.pathname;
  if (!isAway || event.ctrlKey || event.metaKey || event.shiftKey) return;
  saving.noticeChanges();
  if (!saving.pending) return;
  event.preventDefault();
  saveWithPatience().then(() => location.assign(link.href));
}

const unreachable = document.createElement("p");
unreachable.className = "message";
unreachable.setAttribute("role", "alert");

// Without its key the server has none of this page: sending the form would leave nothing of it to see.
async function saveByHand() {
  if (saving.isShutOut) saving.notBefore = 0;
  await saveWithPatience();
  if (!saving.isShutOut) return true;
  const wayOut = form.querySelector(".trouble button") ?? aloud;
  aloud.tabIndex = -1;
  wayOut.focus();
  return false;
}

// A form that is sent while the server can't be reached would leave the browser's error page in place of ours.
async function mayBeSent(button) {
  const isChoice = button.name.startsWith("keep:");
  if (!isChoice && !(await saveByHand())) return false;
  const isThere = await isAnswering(form.action);
  unreachable.textContent = isThere ? "" : words.unreachable;
  (button.closest("fieldset, p") ?? button).after(unreachable);
  if (isThere && isChoice) settleChosen(button);
  return isThere;
}

function sendForms() {
  let isUnderway = false;
  let passes = false;
  form.addEventListener("submit", async (event) => {
    if (passes) return;
    event.preventDefault();
    const button = event.submitter;
    if (!button?.hasAttribute("formaction") && !button?.name.startsWith("keep:")) return saving.save();
    if (isUnderway) return;
    isUnderway = true;
    passes = await mayBeSent(button);
    if (passes) form.requestSubmit(button);
    isUnderway = passes = false;
  });
}

function saveOnLeaving() {
  document.addEventListener("click", followLink);
  sendForms();
  addEventListener("pagehide", () => saving.leave());
  document.addEventListener("visibilitychange", () => (document.hidden ? saving.leave() : saving.save()));

  // A page that was held whole (back/forward cache) shows what is kept now, unless it has more itself.
  addEventListener("pageshow", (event) => {
    saving.noticeChanges();
    if (saving.pending || !event.persisted) saving.save();
    else if (!isStuck()) location.reload();
  });
}

// On paper

// A box with a text is never cut in two, and of a long one a sheet shows a part only.
function showOnPaper(control) {
  const shown = control.parentElement.querySelector(".on-paper") ?? document.createElement("div");
  shown.className = "on-paper typed";
  shown.dir = "auto";
  shown.translate = false;
  shown.textContent = control.value;
  control.after(shown);
}

addEventListener("beforeprint", () => form.querySelectorAll("textarea").forEach(showOnPaper));

begin();
