// What only a script can do, so its buttons are hidden without one: copy an address or a citation, and print.
const copied = document.createElement("span");
copied.className = "unseen";
copied.setAttribute("role", "status");
document.body.append(copied);

async function copy(button) {
  const { copy: address, copyOf: id } = button.dataset;
  await navigator.clipboard.writeText(id ? document.getElementById(id).textContent : new URL(address, location.href).href);
  const name = button.textContent;
  button.textContent = copied.textContent = "Copied";
  button.addEventListener("blur", () => { button.textContent = name; copied.textContent = ""; }, { once: true });
}

// A browser has no clipboard for pages that came over a line anybody could have changed.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy], [data-copy-of]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
