// Empties this browser's storage once everything was erased on the server: only on the page that follows on
// the button, because anybody can open its address, and drafts may be waiting by then.

const ASKED = "raamwerk:erase";

function empty(store) {
  for (const name of Object.keys(store)) {
    if (name.startsWith("raamwerk:")) store.removeItem(name);
  }
}

try {
  const form = document.getElementById("erase");
  form?.addEventListener("submit", () => sessionStorage.setItem(ASKED, "yes"));
  if (!form && sessionStorage.getItem(ASKED)) [localStorage, sessionStorage].forEach(empty);
} catch { /* storage is forbidden: then nothing is in it */ }
