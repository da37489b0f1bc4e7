// Words of your own: a click puts a fact where the caret was, and what you write is tried on three people.
class Shape extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.into = this.form.elements.words;
    this.querySelector("[data-chips]").hidden = false;
    this.addEventListener("focusin", (event) => ["words", "subject"].includes(event.target.name) && (this.into = event.target));
    this.addEventListener("click", (event) => this.insert(event.target.closest("[data-insert]")));
    this.form.addEventListener("input", () => this.changed());
  }

  insert(chip) {
    if (!chip) return;
    const { selectionStart: from, selectionEnd: to } = this.into;
    this.into.setRangeText(chip.dataset.insert, from, to, "end");
    this.into.focus();
    this.changed();
  }

  changed() {
    this.form.dispatchEvent(new CustomEvent("kw:words", { bubbles: true }));
  }
}

customElements.define("kw-shape", Shape);
