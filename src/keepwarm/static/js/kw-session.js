// The session, when an action brings it anew: the keyboard and the screen reader go to the person whose turn it is.
let renewed = false;

class Session extends HTMLElement {
  connectedCallback() {
    this.addEventListener("htmx:beforeSwap", (event) => event.detail.target === this && (renewed = true));
    if (renewed) {
      this.querySelector("[data-focus]")?.focus({ preventScroll: true });
      window.scrollTo({ top: 0 });
    }
    renewed = false;
  }
}

customElements.define("kw-session", Session);
