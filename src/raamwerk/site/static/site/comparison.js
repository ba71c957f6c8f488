// Keeps the facet that one reads in its place when another role is shown: the roles differ in length.

const comparison = document.querySelector(".beside");
let shown = comparison?.querySelector(":checked");

comparison?.addEventListener("change", ({ target }) => {
  const underBar = comparison.querySelector(".shown-role").getBoundingClientRect().bottom;
  // Where things stood before this change.
  shown.checked = true;
  const place = (heading) => heading.getBoundingClientRect().top;
  const begun = [...comparison.querySelectorAll(".of-facet")].filter((each) => place(each) < innerHeight / 2);
  const before = begun.length ? Math.max(place(begun.at(-1)), underBar) : 0;
  target.checked = true;
  shown = target;
  if (begun.length) scrollBy({ top: place(begun.at(-1)) - before, behavior: "instant" });
});
