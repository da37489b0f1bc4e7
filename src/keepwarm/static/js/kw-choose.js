// The list of people: counts those who are chosen, chooses a whole page, and opens a row wherever it is clicked.
class Choose extends HTMLElement {
  connectedCallback() {
    const everyone = this.querySelector("[data-everyone]");
    if (everyone) everyone.hidden = false;
    this.addEventListener("change", (event) => this.changed(event.target));
    this.addEventListener("reset", () => queueMicrotask(() => this.tell()));
    this.addEventListener("click", (event) => this.open(event));
    this.tell();
  }

  get boxes() {
    return [...this.querySelectorAll("input[name=who]")];
  }

  changed(field) {
    if (field.closest("[data-everyone]")) for (const box of this.boxes) box.checked = field.checked;
    if (field.matches("[data-select]") && !field.checked) for (const box of this.boxes) box.checked = false;
    this.tell();
  }

  tell() {
    const count = this.boxes.filter((box) => box.checked).length;
    const told = this.querySelector("[data-count]");
    if (told) told.textContent = count === 1 ? "1 person chosen" : `${count} people chosen`;
    const everyone = this.querySelector("[data-everyone] input");
    if (everyone) everyone.checked = count > 0 && count === this.boxes.length;
    if (everyone) everyone.indeterminate = count > 0 && count < this.boxes.length;
  }

  open(event) {
    const row = event.target.closest("tbody tr");
    if (!row || event.target.closest("a, button, label, input, details") || getSelection().toString()) return;
    const box = row.querySelector("input[name=who]");
    if (this.querySelector("[data-select]")?.checked) box.click();
    else row.querySelector(".who a")?.click();
  }
}

customElements.define("kw-choose", Choose);
