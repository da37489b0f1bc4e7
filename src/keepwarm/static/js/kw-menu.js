// A <details> menu that also closes with Esc, a click elsewhere, or its own "Keep in" button.
class Menu extends HTMLElement {
  connectedCallback() {
    if (!this.menu) this.setUp();
    document.addEventListener("click", this.elsewhere);
  }

  // Once: a page that asks for itself again may put the same menu back.
  setUp() {
    this.menu = this.querySelector("details");
    for (const button of this.querySelectorAll("[data-close]")) {
      button.hidden = false;
      button.addEventListener("click", () => this.close());
    }
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.menu.open && this.close());
    this.elsewhere = (event) => !this.contains(event.target) && (this.menu.open = false);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.elsewhere);
  }

  close() {
    this.menu.open = false;
    this.menu.querySelector("summary").focus();
  }
}

customElements.define("kw-menu", Menu);
