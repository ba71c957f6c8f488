// Keeps the heading of the overview while it is being filled in; the buttons do so as well.
const form = document.getElementById("wishes");

if (form) {
  const keepHeading = () =>
    fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      keepalive: true,
      redirect: "manual",
    }).catch(() => {});
  for (const input of form.querySelectorAll("input:not([type])")) {
    input.addEventListener("change", keepHeading);
  }
}
