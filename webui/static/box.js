// The search box suggests: a combobox with a list, as the WAI-ARIA pattern has it. The server says what to suggest.
// Down and Up walk the list, Enter takes, Escape closes; without a choice Enter asks what is typed.
const input = document.getElementById("q");
const list = document.createElement("ul");
const said = document.createElement("span");
let found = [];
let at = -1;
let asked = null;

function close() {
  list.hidden = true;
  at = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function show(items) {
  found = items;
  list.replaceChildren(...items.map((item, place) => {
    const option = document.createElement("li");
    option.id = `suggestion-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    for (const [kind, text] of [["bdi", item.text], ["small", [item.kind, item.meaning].filter(Boolean).join(": ")]]) {
      option.append(document.createElement(kind), " ");
      option.children[option.children.length - 1].textContent = text;
    }
    return option;
  }));
  close();
  said.textContent = items.length ? `${items.length} suggestions` : "";
  if (!items.length) return;
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
}

function move(to) {
  list.children[at]?.setAttribute("aria-selected", "false");
  at = (to + found.length + 1) % (found.length + 1);
  if (at === found.length) at = -1;
  const option = list.children[at];
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
}

function take(item) {
  asked?.abort();
  if (item.url) location.assign(item.url);
  else input.value = item.q;
  show([]);
}

async function ask() {
  asked?.abort();
  if (input.value.trim().length < 2) return show([]);
  asked = new AbortController();
  try {
    const answer = await fetch(`/suggest?${new URLSearchParams(new FormData(input.form))}`, { signal: asked.signal });
    if (answer.ok) show((await answer.json()).suggestions);
  } catch (error) {
    // A newer question took its place, or the server is away: the box works without suggestions.
    if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
  }
}

const keys = {
  ArrowDown: () => move(at + 1),
  ArrowUp: () => move(at < 0 ? found.length - 1 : at - 1),
  Enter: () => at >= 0 && take(found[at]),
  Escape: close,
};

if (input) {
  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  said.className = "unseen";
  said.setAttribute("role", "status");
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
    ["aria-controls", list.id]]) input.setAttribute(name, value);
  input.form.append(list, said);
  input.addEventListener("input", ask);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || !(event.key in keys)) return;
    if (event.key !== "Enter" || at >= 0) event.preventDefault();
    keys[event.key]();
  });
  // Before the box loses the focus, which closes the list.
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const place = [...list.children].indexOf(event.target.closest("li"));
    if (place >= 0) take(found[place]);
  });
}
