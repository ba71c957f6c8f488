// Tells once, in words, whether everything is saved.
//
// Only the first save, trouble and recovery are announced (role=status); what changes with every
// pause in typing stands in the quiet place beside it, where the page has one.

const aloud = document.getElementById("saving");
const quiet = document.querySelector("[data-saved-at]") ?? aloud;
let trouble = "";
let announceNext = true;

export function tellPending(words) {
  if (!trouble) show(quiet, words, true);
}

export function tellTrouble(words) {
  trouble = words;
  announceNext = true;
  show(aloud, words, true);
}

// The server has answered: what troubled the connection is over.
export function endTrouble() {
  trouble = "";
}

export function tellSaved(words) {
  show(announceNext ? aloud : quiet, words, false);
  announceNext = false;
}

// What waited on another page is saved there now: this page has nothing to say about it.
export function endWaiting(words) {
  if (trouble !== words) return;
  endTrouble();
  show(aloud, "", false);
}

export function showNotice(words) {
  const notice = document.querySelector("[data-notice]");
  if (!notice) return;
  notice.textContent = words;
  notice.hidden = false;
}

function show(place, words, isPending) {
  for (const each of new Set([aloud, quiet])) {
    const said = each === place ? words : "";
    if (each.textContent !== said) each.textContent = said;
    each.classList.toggle("pending", isPending);
  }
}
