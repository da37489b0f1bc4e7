// Find someone, from any page: / or the link in the bar; arrows walk the names, also those of the list, Enter opens one.
const typing = (node) => node.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

class Find extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.field = this.querySelector("input");
    this.onKey = (event) => this.key(event);
    this.onClick = (event) => event.target.closest("[data-find]") && !event.ctrlKey && !event.metaKey && this.open(event);
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("click", this.onClick);
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("keydown", (event) => this.choose(event));
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("click", this.onClick);
  }

  key(event) {
    if (event.target.closest?.("#q, .book .who")) this.walk(event, document.querySelector("#q"), document.querySelectorAll(".book .who a"));
    if (event.key !== "/" || typing(event.target) || document.body.dataset.keys === "off") return;
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    this.open(event);
  }

  open(event) {
    event.preventDefault();
    const here = document.querySelector("#q");
    if (here) return here.focus(), here.select();
    this.dialog.showModal();
    this.field.focus();
    this.field.select();
  }

  choose(event) {
    // By itself the key would only empty the field first.
    if (event.key === "Escape") return event.preventDefault(), this.dialog.close();
    const links = this.querySelectorAll("#finder-found a");
    const among = this.walk(event, this.field, links);
    if (event.key === "Enter" && !among && links.length && this.found === this.field.value) {
      event.preventDefault();
      links[0].click();
    } else if (among && event.key.length === 1 && !event.ctrlKey && !event.metaKey) this.field.focus();
  }

  // An arrow goes on to the next name, or back up to the field; says whether it stood on a name.
  walk(event, field, names) {
    const at = [...names].indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (names[Math.min(next, names.length - 1)] ?? field).focus();
    }
    return at >= 0;
  }

  // What the names below belong to: Enter pressed sooner than they arrive opens the list instead.
  get found() {
    return this.querySelector("#finder-found [data-question]")?.dataset.question;
  }
}

customElements.define("kw-find", Find);
