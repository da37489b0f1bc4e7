// One key for each thing one can do. What a key does is said by data-key in the page; this only presses it.
const typing = (node) => node.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const here = () => document.activeElement.closest?.("[data-card]") ?? document.querySelector("details[data-card][open], [data-card][data-current]");

function press(node) {
  if (node.matches("input, textarea")) return node.focus();
  node.click();
  if (node.matches("summary")) node.nextElementSibling?.querySelector("button, input:not([type=hidden])")?.focus();
}

function move(step) {
  const cards = [...document.querySelectorAll("[data-card]")];
  const card = cards[Math.min(Math.max(cards.indexOf(here()) + step, 0), cards.length - 1)];
  if (!card) return;
  if ("open" in card) card.open = true;
  card.querySelector("summary, h2 a, .choice .btn")?.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

class Keys extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.onKey = (event) => this.key(event);
    this.onClick = (event) => event.target.closest('[data-key="?"]') && this.dialog.showModal();
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("click", this.onClick);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("click", this.onClick);
  }

  key(event) {
    const field = typing(event.target);
    if (event.key === "Enter" && event.ctrlKey && field?.name === "body") return here()?.querySelector('[data-key="o"]')?.click();
    if (event.key === "Escape" && field && !this.dialog.open) return field.blur();
    if (field || this.dialog.open || document.body.dataset.keys === "off") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
    const named = `[data-key="${CSS.escape(key)}"]`;
    const target = here()?.querySelector(named) ?? document.querySelector(`${named}[data-anywhere], [data-key="?"]${named}`);
    if (key === "?" && !target) return this.dialog.showModal();
    if (target?.checkVisibility()) event.preventDefault(), press(target);
  }
}

customElements.define("kw-keys", Keys);
