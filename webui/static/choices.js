// The menu at a paragraph's sign: one for the page, put behind the sign that is clicked, tapped, entered or rested on.
// Without this script the sign leads to the page of its paragraph, where the same choices stand.
const text = document.getElementById("text");
const signs = [...document.querySelectorAll(".no[title]")];
const menu = document.createElement("div");
menu.className = "choices";
menu.id = "choices";
menu.setAttribute("role", "group");
let open = null;
let resting = 0;

function link(name, href) {
  const made = document.createElement("a");
  made.href = href;
  made.textContent = name;
  return made;
}

function copying(name, href) {
  const made = link(name, href);
  made.dataset.copy = "";
  return made;
}

// The address itself, and the search: never what its reader collects.
function fill(sign) {
  const at = sign.closest(".para").id;
  const searched = new URL(sign.href);
  searched.searchParams.delete("c");
  const { cite, like, collect, full } = text.dataset;
  const put = (pattern) => pattern.replaceAll("{}", encodeURIComponent(at));
  const word = navigator.clipboard ? "Copy link" : "Link";
  const items = [copying(word, searched.pathname)];
  if (searched.search) items.push(copying(`${word} with my search`, searched.href));
  items.push(link("Cite", put(cite)));
  if (sign.dataset.kept) items.push(link("Remove from collection", sign.dataset.kept));
  else items.push(link(full === undefined ? "Collect" : "The collection is full", put(collect)));
  if (/^[pu]\d/.test(at)) items.push(link("More like this", put(like)));
  items.push(link("Open by itself", sign.href));
  menu.replaceChildren(...items);
  menu.setAttribute("aria-label", `${sign.textContent}: what to do with it`);
}

function close() {
  clearTimeout(resting);
  open?.setAttribute("aria-expanded", "false");
  open = null;
  menu.remove();
}

function show(sign) {
  close();
  fill(sign);
  open = sign;
  sign.setAttribute("aria-expanded", "true");
  sign.after(menu);
}

for (const sign of signs) {
  sign.setAttribute("aria-expanded", "false");
  sign.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (open === sign && menu.contains(document.activeElement)) return close();
    show(sign);
    menu.firstChild.focus();
  });
  // A mouse that rests is asked nothing, and takes the focus from nowhere.
  sign.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "mouse" && open !== sign) resting = setTimeout(() => show(sign), 250);
  });
  sign.addEventListener("pointerleave", () => clearTimeout(resting));
  sign.parentElement.addEventListener("pointerleave", () => {
    if (open === sign && !menu.contains(document.activeElement)) close();
  });
}

const ways = { ArrowDown: 1, ArrowUp: -1 };
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && open) {
    open.focus();
    return close();
  }
  const within = [...menu.children].indexOf(document.activeElement);
  const list = within < 0 ? signs : [...menu.children];
  const here = list.indexOf(document.activeElement);
  const to = list[here + ways[event.key]];
  if (here < 0 || !(event.key in ways)) return;
  event.preventDefault();
  to?.focus();
});
document.addEventListener("pointerdown", (event) => {
  if (open && !menu.contains(event.target) && !open.contains(event.target)) close();
});
document.addEventListener("focusin", (event) => {
  if (open && !menu.contains(event.target) && event.target !== open) close();
  stop(event.target);
});

// Where not every sign is reached with Tab, the one that was used last is, or that of the paragraph in the address.
const one = signs.some((sign) => sign.tabIndex < 0);
function stop(sign) {
  if (!one || !signs.includes(sign)) return;
  for (const other of signs) other.tabIndex = other === sign ? 0 : -1;
}
function named() {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1))) ?? document.querySelector(".here");
  stop(place?.closest(".para")?.querySelector(".no"));
}
addEventListener("hashchange", named);
named();
