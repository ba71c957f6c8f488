// Shows what is chosen for the overview at once: fetches the page as it would be, and takes over what differs.
//
// What is typed and where one is stay as they are. Downloads need nothing of this: they send the form itself.

const form = document.getElementById("worksheet");
const choices = document.getElementById("keuze");
const contents = document.getElementById("contents");
const button = form.querySelector(".show");
const SHOWN = ["downloads", "document"];

let asking = new AbortController();

function addressFor(more = {}) {
  const chosen = ["gebied", "werkblad", "inhoud"].map((name) => [name, more[name] ?? form.elements[name]?.value]);
  const query = new URLSearchParams(chosen.filter(([, value]) => value));
  return query.size ? `${form.getAttribute("action")}?${query}` : form.getAttribute("action");
}

async function show() {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    // By its name: another window may have made another worksheet the last one by now.
    const response = await fetch(addressFor({ werkblad: form.elements.worksheet.value }), { signal });
    if (!response.ok) throw new Error(response.status);
    takeOver(new DOMParser().parseFromString(await response.text(), "text/html"));
  } catch {
    if (!signal.aborted) tellStale();
  }
}

function takeOver(page) {
  const address = addressFor();
  if (!page.getElementById("contents")) return location.assign(address);
  for (const id of SHOWN) document.getElementById(id).replaceWith(page.getElementById(id));
  contents.replaceChildren(...page.getElementById("contents").childNodes);
  button.hidden = true;
  history.replaceState(null, "", address);
  for (const link of document.querySelectorAll("a.language")) link.search = location.search;
}

function tellStale() {
  contents.textContent = contents.dataset.stale;
  button.hidden = false;
}

button.hidden = true;
choices.addEventListener("change", show);
