// Posts unsaved changes to the server until it acknowledges them.
//
// Every change carries the base it was made from, the writer (this page view) and a sequence number,
// so that a late or repeated post never undoes anything and two windows can't wipe each other.

const PAUSE = 1000;
const TIME_LIMIT = 20_000;
const FIRST_RETRY = 5;
const LONGEST_RETRY = 60;
const REPEATS_AT_ONCE = 3;
const KEEPALIVE_LIMIT = 60_000;
const ANSWER_WITHIN = 10_000;
const NOT_NOW = [408, 425, 429];
const TOO_LARGE = 413;
const SHUT_OUT = ["no-key", "other-worksheet"];

export class Saving {
  // `page` reads the fields and shows what comes of them; see worksheet.js.
  constructor(page, writer, address) {
    this.page = page;
    this.writer = writer;
    this.address = address;
    this.texts = new Map();
    this.marks = new Map();
    this.refused = new Set();
    this.sequence = 0;
    this.posted = 0;
    this.left = 0;
    this.failures = 0;
    this.notBefore = 0;
    this.mostTexts = Infinity;
    this.isShutOut = false;
    this.beginning = null;
    this.underway = null;
  }

  noticeChanges() {
    this.page.noticeChanges();
  }

  get pending() {
    return this.texts.size > 0 || this.marks.size > 0;
  }

  textChanged(field) {
    this.refused.delete(field);
    this.texts.set(field, ++this.sequence);
    this.beginEarly();
  }

  markChanged(value) {
    this.marks.set(value, ++this.sequence);
    this.beginEarly();
  }

  // The key is asked for with the first keystroke, so that even leaving at once finds it there.
  beginEarly() {
    if (this.page.worksheet === "") this.beginning ??= this.begin();
  }

  begin() {
    return alone(() => post(this.address.begin));
  }

  soon(pause = PAUSE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  save() {
    this.noticeChanges();
    if (this.underway) return this.underway;
    clearTimeout(this.timer);
    if (!this.pending) return Promise.resolve();
    const wait = this.notBefore - Date.now();
    if (wait > 0) {
      this.soon(wait);
      return Promise.resolve();
    }
    this.underway = this.saveOnce().catch((error) => this.failed(error)).then((pause) => {
      this.underway = null;
      if (pause !== null) this.soon(pause);
    });
    return this.underway;
  }

  // On leaving there is no time to wait for an answer, nor for a save that is underway.
  leave() {
    this.noticeChanges();
    const repeated = this.underway && this.posted === this.sequence;
    if (!this.pending || repeated || this.left === this.sequence) return;
    this.left = this.sequence;
    post(this.address.save, this.body(this.changes()));
  }

  // Resolves to after how many milliseconds to save again, or to null for not.
  async saveOnce() {
    this.page.tellPending(this.page.words.saving);
    await this.beginning;
    const sent = this.changes();
    return this.take(await this.deliver(this.body(sent)), sent);
  }

  // A fault in our own script must not end the saving.
  failed(error) {
    reportError(error);
    return this.later("trouble", {});
  }

  changes() {
    const texts = [...this.texts].slice(0, this.mostTexts).map(([field, sequence]) => {
      return { field, ...this.page.text(field), writer: this.writer, sequence };
    });
    const marks = [...this.marks].map(([value, sequence]) => {
      const [statement, kind] = value.split(":");
      return { statement, kind, ...this.page.mark(value), writer: this.writer, sequence };
    });
    return { texts, marks };
  }

  body(changes) {
    this.posted = this.sequence;
    return JSON.stringify({ ...this.page.subject, worksheet: this.page.worksheet, ...changes });
  }

  async deliver(body) {
    const reply = await post(this.address.save, body);
    if (reply.answer?.problem !== "no-key") return reply;
    const begun = await this.begin();
    return begun.status === 204 ? post(this.address.save, body) : begun;
  }

  take(reply, sent) {
    const { status, answer } = reply;
    if (status === TOO_LARGE && this.narrow(sent, answer)) return 0;
    this.isShutOut = SHUT_OUT.includes(answer?.problem);
    if (!answer || isNotNow(status)) {
      return this.later(status || reply.late ? "trouble" : "offline", reply);
    }
    if (answer.problem === "no-key") return this.later("noCookie", reply);
    if (answer.saved) return this.takeAnswer(answer, sent);
    if (answer.problem === "other-worksheet") this.page.offerFreshStart(answer.message);
    else this.page.tellTrouble(answer.message ?? this.page.words.trouble);
    return null;
  }

  takeAnswer(answer, sent) {
    this.page.belongsTo(answer.worksheet);
    const rebased = sent.marks.filter((mark) => this.takeMark(mark, answer.marks ?? {})).length > 0;
    this.page.marksTaken();
    let again = rebased;
    for (const text of sent.texts) again = this.takeText(text, answer) || again;
    this.failures = again ? this.failures + 1 : 0;
    this.page.answered(answer.told, answer.lost);
    if (again && this.failures > REPEATS_AT_ONCE) return this.pause();
    return again || this.hasMoreThan(sent) ? 0 : null;
  }

  // Every taker returns whether its change was made anew from what is kept now, and goes out again.

  takeMark({ statement, kind, on, sequence }, kept) {
    const value = `${statement}:${kind}`;
    const now = kept[value];
    const isLast = this.marks.get(value) === sequence;
    if (now) this.page.markKept(value, now);
    if (isLast) this.marks.delete(value);
    if (!isLast || !now || now.on === on) return false;
    this.page.changeMark(value);
    return true;
  }

  takeText({ field, text, sequence }, { saved, cleaned = {}, refusals = {}, conflicts = {} }) {
    const isLast = this.texts.get(field) === sequence;
    if (isLast) this.texts.delete(field);
    if (field in saved) this.page.textKept(field, text, saved[field], cleaned[field]);
    if (isLast && field in refusals) this.refuse(field, refusals[field]);
    if (!(field in conflicts)) return false;
    const isRebased = this.page.takeConflict(field, conflicts[field]);
    if (!isRebased) this.texts.delete(field);
    return isRebased;
  }

  refuse(field, message) {
    this.texts.delete(field);
    this.refused.add(field);
    this.page.showTrouble(field, message);
  }

  // Too large as a whole: one text at a time; the one that is too large by itself is refused.
  narrow({ texts }, answer) {
    if (texts.length === 1) this.refuse(texts[0].field, answer?.message ?? this.page.words.trouble);
    this.mostTexts = 1;
    return texts.length > 0;
  }

  hasMoreThan({ texts, marks }) {
    const sequences = new Set([...texts, ...marks].map((change) => change.sequence));
    return [...this.texts.values(), ...this.marks.values()].some((each) => !sequences.has(each));
  }

  later(trouble, { status, retryAfter = 0 }) {
    this.failures += 1;
    const pause = this.pause(retryAfter);
    this.notBefore = status ? Date.now() + pause : 0;
    this.page.tellTrouble(this.page.words[trouble]);
    return pause;
  }

  // Longer each time, and by chance, so that a thousand pages don't come back at the same moment.
  pause(least = 0) {
    const seconds = Math.min(FIRST_RETRY * 2 ** Math.max(this.failures - 1, 0), LONGEST_RETRY);
    return Math.max(seconds, least) * 1000 * (1 + Math.random() / 4);
  }
}

function isNotNow(status) {
  return NOT_NOW.includes(status) || status >= 500;
}

// Whether the server is there, and has time.
export async function isAnswering(address) {
  const abort = new AbortController();
  const limit = setTimeout(() => abort.abort(), ANSWER_WITHIN);
  try {
    const response = await fetch(address, { method: "HEAD", signal: abort.signal });
    return !isNotNow(response.status);
  } catch {
    return false;
  } finally {
    clearTimeout(limit);
  }
}

// Two tabs that begin at the same moment would each ask for a key: one waits for the other.
function alone(work) {
  return navigator.locks?.request("raamwerk:begin", work).catch(work) ?? work();
}

async function post(address, body = null) {
  const abort = new AbortController();
  const limit = setTimeout(() => abort.abort(), TIME_LIMIT);
  const headers = body === null ? {} : { "Content-Type": "application/json" };
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { ...headers, Accept: "application/json" },
      body,
      keepalive: (body ?? "").length * 3 < KEEPALIVE_LIMIT || new Blob([body]).size < KEEPALIVE_LIMIT,
      signal: abort.signal,
    });
    const retryAfter = Number(response.headers.get("Retry-After")) || 0;
    const answer = await response.json().catch(() => null);
    return { status: response.status, answer, retryAfter };
  } catch {
    return { status: 0, answer: null, late: abort.signal.aborted };
  } finally {
    clearTimeout(limit);
  }
}

// Drafts: unsaved changes in localStorage, by worksheet, field and writer. A browser may refuse storage:
// then the page itself is all there is.

const DRAFTS = "raamwerk:draft:";

export class Drafts {
  constructor(role, worksheet, writer) {
    this.role = role;
    this.worksheet = worksheet;
    this.writer = writer;
    this.safe = true;
    this.takenUp = new Map();
  }

  get home() {
    return this.worksheet || `new:${this.role}`;
  }

  name(field) {
    return `${DRAFTS}${this.home}:${field}:${this.writer}`;
  }

  keep(field, value) {
    this.safe = write(this.name(field), value) && this.safe;
  }

  // A worksheet that has just begun takes the drafts of its page along.
  moveTo(worksheet) {
    if (worksheet === this.worksheet) return;
    const own = this.found((draft) => draft.writer === this.writer);
    this.worksheet = worksheet;
    for (const draft of own) {
      this.keep(draft.field, draft.value);
      write(draft.name, null);
    }
  }

  // What other page views left: for this worksheet, and what was never acknowledged for this role.
  fromOthers() {
    return this.found((draft) => draft.writer !== this.writer);
  }

  take(draft) {
    this.takenUp.set(draft.name, draft);
  }

  // Whether a draft that was taken up said this: then it may have been posted on leaving, and come late.
  hasTaken(field, text) {
    const said = ({ value }) => value.text === text || value.sent === text;
    return [...this.takenUp.values()].some((draft) => draft.field === field && said(draft));
  }

  // Taken up, and the same still: its own page hasn't gone on with it.
  isTaken(draft) {
    return this.takenUp.get(draft.name)?.stored === draft.stored;
  }

  // The text is kept now: let go of this page's draft, of those it has taken up, and of its twins.
  settle(field, text) {
    this.keep(field, null);
    this.forget((draft) => draft.field === field && this.isTaken(draft));
    this.forgetTwins(field, text);
  }

  forgetTwins(field, text) {
    this.forget((draft) => draft.field === field && draft.value.text === text);
  }

  forget(isDone) {
    for (const draft of this.found(isDone)) write(draft.name, null);
  }

  // The same for marks; those of statements that this page doesn't show go on waiting.
  settleMarks(isShown) {
    this.keep("marks", null);
    for (const draft of this.found((each) => each.field === "marks")) {
      if (!this.isTaken(draft)) continue;
      const elsewhere = draft.value.filter(([value]) => !isShown(value));
      write(draft.name, elsewhere.length ? elsewhere : null);
    }
  }

  found(isWanted) {
    const homes = new Set([this.home, `new:${this.role}`]);
    return names()
      .map((name) => parsed(name, homes, this.role))
      .filter((draft) => draft !== null && isWanted(draft));
  }

  // The worksheet of the last acknowledgement in this browser.
  get seen() {
    return read(this.seenName);
  }

  set seen(worksheet) {
    write(this.seenName, worksheet);
  }

  get seenName() {
    return `raamwerk:seen:${this.role}`;
  }
}

// Version 0.1 named a draft by role and field alone; it's read as one of a writer without a name.
function parsed(name, homes, role) {
  const parts = name.slice(DRAFTS.length).split(":");
  const old = parts.length === 2 && parts[0] === role;
  const writer = old ? "" : parts.pop();
  const field = parts.pop();
  if (!old && !homes.has(parts.join(":"))) return null;
  const value = read(name);
  const sound = field === "marks" ? Array.isArray(value) : typeof value?.text === "string";
  return sound ? { name, field, writer, value, stored: JSON.stringify(value) } : null;
}

function names() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(DRAFTS));
  } catch {
    return [];
  }
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
