// Keeps the facet that one reads in its place when another role is shown, in browsers that don't do so by themselves.

const comparison = document.querySelector(".beside");
let shown = comparison?.querySelector(":checked");

function keepPlace({ target }) {
  const place = (heading) => heading.getBoundingClientRect().top;
  // Where things stood before this change.
  shown.checked = true;
  const heading = [...comparison.querySelectorAll(".of-facet")].findLast((each) => place(each) < innerHeight / 2);
  const before = heading && Math.max(place(heading), comparison.querySelector(".shown-role").offsetHeight);
  target.checked = true;
  shown = target;
  if (heading) scrollBy({ top: place(heading) - before, behavior: "instant" });
}

if (!CSS.supports("overflow-anchor", "auto")) comparison?.addEventListener("change", keepPlace);
