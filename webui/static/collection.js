// What this browser remembers of collections, so that one that was left can be found again; the page of the collection says
// so, lists them and forgets them. The address alone holds a collection: nothing goes to the server for this.
const STORE = "cablegram-collections";
const MOST = 8;
const FORMAT = "Cablegram collection";
const here = new URLSearchParams(location.search).getAll("c");
const name = (item) => item.split("|")[0].trim();
const address = (items) => `/collection?${new URLSearchParams(items.map((item) => ["c", item]))}`;

function read() {
  try {
    const found = JSON.parse(localStorage.getItem(STORE)) ?? [];
    return found.filter((one) => one.at && one.items.every((item) => typeof item === "string"));
  } catch { return []; }
}

function write(list) {
  try {
    if (list.length) localStorage.setItem(STORE, JSON.stringify(list));
    else localStorage.removeItem(STORE);
    return true;
  } catch { return false; /* storage is forbidden: the address is enough */ }
}

// Whether everything of an older one is in this one, notes too: then nothing is lost with it.
function holds(items, older) {
  const names = new Set(items.map(name));
  return older.every((item) => items.includes(item) || (!item.includes("|") && names.has(item)));
}

let remembered = read();
let stored = false;
if (here.length) {
  const others = remembered.filter((one) => !holds(here, one.items));
  remembered = [{ at: Date.now(), items: here }, ...others].slice(0, MOST);
  stored = write(remembered);
}

const place = document.querySelector("[data-remembered]");
function list() {
  const others = remembered.filter((one) => !holds(here, one.items));
  place.hidden = !others.length;
  place.querySelector("ul").replaceChildren(...others.map((one) => {
    const [row, what, link] = ["li", "span", "a"].map((tag) => document.createElement(tag));
    const date = new Date(one.at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
    what.textContent = `${one.items.length} ${one.items.length === 1 ? "item" : "items"}, ${date}: ${
      one.items.slice(0, 3).map(name).join(", ")}${one.items.length > 3 ? ", …" : ""}`;
    link.href = address(one.items);
    link.textContent = "Restore";
    row.append(what, link);
    return row;
  }));
}

async function load(file) {
  try {
    const kept = JSON.parse(await file.text());
    if (kept.format !== FORMAT) throw new TypeError(FORMAT);
    const items = kept.items.map((one) => (one.note ? `${one.name}|${one.note}` : one.name));
    location.assign(address([...here, ...items]));
  } catch {
    document.querySelector("[data-load-error]").hidden = false;
  }
}

if (place) {
  list();
  document.querySelector("[data-told]").hidden = !stored;
  place.querySelector("button").addEventListener("click", () => {
    remembered = [];
    write(remembered);
    document.querySelector("[data-told]").hidden = true;
    list();
  });
  const field = document.querySelector(".load");
  field.hidden = false;
  field.querySelector("input").addEventListener("change", (event) => load(event.target.files[0]));
}
