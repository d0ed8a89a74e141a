// The code of a slip or a letter stands after "#" in the address, which browsers send to nobody.
// It goes into the field, and out of the address.
"use strict";

const field = document.querySelector("[name=code]");
const code = location.hash.slice(1);

if (field && !field.value && /^[0-9A-Za-z]{5}-[0-9A-Za-z]{5}$/.test(code)) {
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
}
