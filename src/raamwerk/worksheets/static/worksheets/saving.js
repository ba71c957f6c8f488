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
const NOT_NOW = [408, 425, 429];
const TOO_LARGE = 413;

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
    const repeated = this.underway && (this.posted === this.sequence || this.page.worksheet === "new");
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
    if (!answer || NOT_NOW.includes(status) || status >= 500) {
      return this.later(status || reply.late ? "trouble" : "offline", reply);
    }
    if (answer.problem === "no-key") return this.later("noCookie", reply);
    if (!answer.saved) {
      if (answer.problem === "other-worksheet") this.page.offerFreshStart(answer.message);
      this.page.tellTrouble(answer.message ?? this.page.words.trouble);
      return null;
    }
    return this.takeAnswer(answer, sent);
  }

  takeAnswer(answer, sent) {
    this.page.belongsTo(answer.worksheet);
    const rebased = sent.marks.filter((mark) => this.takeMark(mark, answer.marks ?? {})).length > 0;
    this.page.marksTaken();
    let again = rebased;
    for (const text of sent.texts) again = this.takeText(text, answer) || again;
    this.failures = again ? this.failures + 1 : 0;
    this.page.answered(answer.told);
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

  takeText({ field, text, sequence }, { saved, refusals = {}, conflicts = {} }) {
    const isLast = this.texts.get(field) === sequence;
    if (isLast) this.texts.delete(field);
    if (field in saved) this.page.textKept(field, text, saved[field]);
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
