// Keeps unsaved changes in localStorage, by worksheet, field and writer.
//
// A browser may refuse storage: then the page itself is all there is.

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
