// What only a script can do: copy an address or a citation, and print. A button for it is hidden without a script; a link
// to be copied is a link then.
import "./choices.js";
import "./collection.js";

const copied = document.createElement("span");
copied.className = "unseen";
copied.setAttribute("role", "status");
document.body.append(copied);

const OF = "[data-copy], [data-copy-of]";
async function copy(source) {
  const { copy: address, copyOf: id } = source.dataset;
  const name = source.textContent;
  await navigator.clipboard.writeText(id ? document.getElementById(id).textContent : new URL(source.href ?? address, location.href).href);
  source.textContent = copied.textContent = "Copied";
  source.addEventListener("blur", () => { source.textContent = name; copied.textContent = ""; }, { once: true });
}

// A browser has no clipboard for pages that came over a line anybody could have changed.
if (navigator.clipboard) {
  for (const source of document.querySelectorAll(OF)) {
    source.hidden = false;
    if (source.href) source.textContent = source.textContent.replace(/^Link( to this( cable)?)?/, "Copy link");
  }
  document.addEventListener("click", (event) => {
    const source = event.target.closest(OF);
    if (!source || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    copy(source);
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
