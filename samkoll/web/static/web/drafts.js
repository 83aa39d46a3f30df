// Drafts: a form with data-draft sends what is typed there, some seconds after the last change.
// What cannot be sent is kept in the tab (never longer, never for another user) and sent later.
"use strict";

const AFTER_CHANGE = 2000;
const AGAIN = 15000;
const states = new WeakMap();

function stateOf(form) {
  if (!states.has(form)) states.set(form, { dirty: false, sending: null, timer: 0 });
  return states.get(form);
}

function place(form) {
  return `samkoll:draft:${form.dataset.draftOwner}:${form.dataset.draft}`;
}

function typed(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const secret = form.elements[name].type === "password";
    if (typeof value === "string" && !secret && name !== "csrfmiddlewaretoken") body.append(name, value);
  }
  return body;
}

function tell(form, what) {
  const area = form.querySelector("[data-draft-state]");
  if (!area) return;
  const swedish = document.documentElement.lang === "sv";
  const now = new Date();
  const time = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, "0"));
  area.textContent = area.dataset[what].replace("{time}", time.join(swedish ? "." : ":"));
}

// What became of it: "saved", "offline", "ended" (signed out) or "failed".
// A page that is left has no time to wait: the request goes out at once and outlives it.
async function post(form, body, keepalive = false) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const whole = new URLSearchParams([["csrfmiddlewaretoken", token], ...body]);
  const signal = keepalive ? null : AbortSignal.timeout(10000);
  try {
    const options = { method: "POST", body: whole, redirect: "manual", keepalive, signal };
    const answer = await fetch(form.dataset.draft, options);
    if (answer.ok) return "saved";
    return answer.type === "opaqueredirect" ? "ended" : "failed";
  } catch {
    return "offline";
  }
}

function save(form, keepalive = false) {
  const state = stateOf(form);
  const body = typed(form);
  clearTimeout(state.timer);
  state.dirty = false;
  const inTurn = state.sending && !keepalive;
  const answer = inTurn ? state.sending.then(() => post(form, body)) : post(form, body, keepalive);
  const sending = answer.then((what) => {
    if (state.sending === sending) state.sending = null;
    if (what === "saved") sessionStorage.removeItem(place(form));
    else sessionStorage.setItem(place(form), body.toString());
    if (what === "offline") later(form, AGAIN);
    tell(form, what);
    return what;
  });
  state.sending = sending;
  return sending;
}

function later(form, wait) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.dirty = true;
  state.timer = setTimeout(() => save(form), wait);
}

// A draft that waits for its owner's choice is not written over.
function draftedForm(element) {
  return element.closest("form[data-draft]:not([data-draft-waits])");
}

function changed(event) {
  const form = draftedForm(event.target);
  if (form) later(form, AFTER_CHANGE);
}

document.addEventListener("input", changed);
document.addEventListener("change", changed);

// Saving the form waits for its draft, so that a late draft does not come back from the dead, and
// is called off without contact: the browser's own error page would take the text with it.
document.addEventListener(
  "submit",
  (event) => {
    const form = draftedForm(event.target);
    if (!form) return;
    const state = stateOf(form);
    if (!state.dirty && !state.sending) return;
    event.preventDefault();
    event.stopPropagation();
    const waiting = state.dirty ? save(form) : state.sending;
    waiting.then((what) => {
      if (what === "offline") return;
      clearTimeout(state.timer);
      state.dirty = false;
      form.requestSubmit(event.submitter);
    });
  },
  true,
);

function unsent() {
  return [...document.querySelectorAll("form[data-draft]")].filter((form) => stateOf(form).dirty);
}

window.addEventListener("online", () => unsent().forEach((form) => save(form)));
window.addEventListener("pagehide", () => unsent().forEach((form) => save(form, true)));

// What an earlier visit of this tab could not send becomes the draft that the page offers.
async function deliver(form) {
  const kept = sessionStorage.getItem(place(form));
  if (kept === null) return;
  if ((await post(form, new URLSearchParams(kept))) !== "saved") return;
  sessionStorage.removeItem(place(form));
  window.location.replace(window.location.pathname);
}

document.querySelectorAll("form[data-draft]").forEach(deliver);
