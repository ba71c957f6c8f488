// Lets a page go without losing anything, and finds out how it came back.

const PATIENCE = 3000;

const [visit] = performance.getEntriesByType("navigation");

export function isReloaded() {
  return visit?.type === "reload";
}

// Back and Forward may show what the browser has kept of a page, without asking the server.
export function isFromHistory() {
  return visit?.type === "back_forward" && visit.transferSize === 0;
}

export function saveOnLeaving(form, saving, isStuck) {
  let passes = false;

  // Saves first, with patience, then does what was asked.
  async function afterSaving(event, act) {
    saving.noticeChanges();
    if (!saving.pending) return;
    event.preventDefault();
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.race([saving.save().then(() => saving.save()), patience]);
    act();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const isAway = link && link.origin === location.origin && link.pathname !== location.pathname;
    if (!isAway || event.ctrlKey || event.metaKey || event.shiftKey) return;
    afterSaving(event, () => location.assign(link.href));
  });

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (passes || button?.name.startsWith("keep:")) return;
    if (!button?.hasAttribute("formaction")) {
      event.preventDefault();
      saving.save();
      return;
    }
    afterSaving(event, () => {
      passes = true;
      form.requestSubmit(button);
      passes = false;
    });
  });

  addEventListener("pagehide", () => saving.leave());
  document.addEventListener("visibilitychange", () => (document.hidden ? saving.leave() : saving.save()));

  // A page that was held whole (back/forward cache) shows what is kept now, unless it has more itself.
  addEventListener("pageshow", (event) => {
    saving.noticeChanges();
    if (saving.pending || !event.persisted) saving.save();
    else if (!isStuck()) location.reload();
  });
}
