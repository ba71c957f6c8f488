// Empties this browser's storage after everything was erased on the server.
for (const store of ["localStorage", "sessionStorage"]) {
  try {
    for (const name of Object.keys(window[store])) {
      if (name.startsWith("raamwerk:")) window[store].removeItem(name);
    }
  } catch { /* storage is forbidden: then nothing is in it */ }
}
