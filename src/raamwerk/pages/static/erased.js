// Everything was erased on the server: leave nothing in this browser either.
for (const store of [localStorage, sessionStorage]) {
  for (const name of Object.keys(store)) {
    if (name.startsWith("raamwerk:")) store.removeItem(name);
  }
}
