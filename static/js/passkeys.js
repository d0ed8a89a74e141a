// Passkeys: asks the browser for one and sends its answer with the form. A form with data-passkey
// is "create" (add one), "get" (prove who it is) or "login" (sign in without a password); it stays
// hidden where passkeys cannot work, and the page says so.
"use strict";

const BYTE_FIELDS = ["challenge", "id"];

function toBytes(text) {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function toText(buffer) {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return base64.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function withBytes(item) {
  const copy = { ...item };
  for (const name of BYTE_FIELDS) if (name in copy) copy[name] = toBytes(copy[name]);
  return copy;
}

// The server writes bytes as text: the challenge, the person's id and those of known passkeys.
function readOptions(written) {
  const options = withBytes(written.publicKey);
  if (options.user) options.user = withBytes(options.user);
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (options[list]) options[list] = options[list].map(withBytes);
  }
  return options;
}

function writeCredential(credential) {
  const answer = credential.response;
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer[name]) response[name] = toText(answer[name]);
  }
  if (answer.getTransports) response.transports = answer.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

async function ask(form) {
  if (form.dataset.passkey === "login") {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    const { request_options } = await answer.json();
    return navigator.credentials.get({ publicKey: readOptions(request_options) });
  }
  const given = JSON.parse(document.getElementById("passkey-options").textContent);
  if (form.dataset.passkey === "get") {
    return navigator.credentials.get({ publicKey: readOptions(given.request_options) });
  }
  const publicKey = readOptions(given.creation_options);
  // A passkey that the device keeps can sign in alone; where it cannot, it is a second step only.
  Object.assign(publicKey.authenticatorSelection, { residentKey: "preferred", requireResidentKey: false });
  return navigator.credentials.create({ publicKey });
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    form.elements.credential.value = writeCredential(await ask(form));
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

const possible = "PublicKeyCredential" in window;
for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !possible;
  form.addEventListener("submit", send);
}
for (const note of document.querySelectorAll("[data-passkey-impossible]")) note.hidden = possible;
