// Tells on a page without fields that something still waits in this browser to be saved: of the worksheets
// that the page names, or of any.

const DRAFTS = "raamwerk:draft:";
const notice = document.querySelector("[data-waiting]");
const homes = notice.dataset.waiting.split(" ").filter((home) => home !== "");
const beginnings = homes.length ? homes.map((home) => `${DRAFTS}${home}:`) : [DRAFTS];

function isWaiting() {
  try {
    return Object.keys(localStorage).some((name) => beginnings.some((each) => name.startsWith(each)));
  } catch {
    return false; // storage is forbidden: then nothing is in it
  }
}

function tell() {
  notice.hidden = !isWaiting();
}

tell();
addEventListener("storage", tell);
addEventListener("pageshow", tell);
