// The little that the frame does with script. Everything works without it.
"use strict";

// A refused or failed partial request changes nothing on the page; its sentence goes to the
// message area. Text only: nothing of the answer becomes markup.
function say(sentence) {
  const area = document.getElementById("messages");
  if (!area) return;
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.dataset.tone = "danger";
  notice.setAttribute("role", "alert");
  notice.textContent = sentence;
  area.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
}

function sentenceOf(html, fallback) {
  const found = new DOMParser().parseFromString(html, "text/html").querySelector("[data-message]");
  return found ? found.textContent.trim() : fallback;
}

document.addEventListener("htmx:response:error", (event) => {
  const { ctx } = event.detail;
  const area = document.getElementById("messages");
  if (ctx.response.status === 422 || !area) return;
  say(sentenceOf(ctx.text || "", area.dataset.failed));
});

document.addEventListener("htmx:error", () => {
  const area = document.getElementById("messages");
  if (area) say(area.dataset.offline);
});

// "/" goes to the search box, Escape and a click outside close an open menu.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus(true);
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const search = document.getElementById("search");
  if (event.key !== "/" || typing || !search || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  search.focus();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-menu]")) closeMenus(false);
});

function closeMenus(returnFocus) {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (returnFocus && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}

// A table box is a stop for the keyboard only while it scrolls sideways.
function stops() {
  for (const box of document.querySelectorAll(".table-box")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

stops();
window.addEventListener("resize", stops);
document.addEventListener("htmx:after:swap", stops);
