// Keys for what the pages can do without them: n p hits, [ ] results, / the box, ? help.
// Silent in inputs and with a modifier; switched off at the foot of the page, and that is remembered.
const STORE = "cablegram-keys";
const go = (link) => link && link.click();

function stored() {
  try { return localStorage.getItem(STORE); } catch { return null; }
}
function store(value) {
  try { localStorage.setItem(STORE, value); } catch { /* storage is forbidden: the choice holds for this page */ }
}

let on = stored() !== "off";

// The hit that the address names, or the first or last one of the paragraph that it names.
function step(by) {
  const hits = [...document.querySelectorAll("mark[id]")];
  if (!hits.length) return;
  const here = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let next = hits.indexOf(here);
  if (next >= 0) next += by;
  else if (here) {
    const behind = hits.findIndex((hit) => here.contains(hit) ||
      here.compareDocumentPosition(hit) & Node.DOCUMENT_POSITION_FOLLOWING);
    next = by > 0 ? (behind < 0 ? hits.length : behind) : (behind < 0 ? hits.length : behind) - 1;
  } else next = by > 0 ? 0 : hits.length - 1;
  if (hits[next]) location.hash = hits[next].id;
}

const keys = {
  n: () => step(1),
  p: () => step(-1),
  "[": () => go(document.querySelector("a[rel=prev]")),
  "]": () => go(document.querySelector("a[rel=next]")),
  "/": () => document.getElementById("q")?.select(),
  // The link at the foot keeps the collection.
  "?": () => go(document.querySelector("a[href^=\"/help\"]")),
};

document.addEventListener("keydown", (event) => {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

const place = document.getElementById("keys");
const button = document.createElement("button");
button.type = "button";
button.className = "quiet";
function say() {
  button.textContent = `Keyboard shortcuts: ${on ? "on" : "off"}`;
  button.setAttribute("aria-pressed", String(on));
}
button.addEventListener("click", () => {
  on = !on;
  store(on ? "on" : "off");
  say();
});
say();
place.append(button);
