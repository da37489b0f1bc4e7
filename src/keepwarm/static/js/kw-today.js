// Today's three, when an action brings them anew: the right card is open, and the keyboard stays among the cards.
// The line that tells the keys is shown here, because without a script there are none.
let renewed = false;

class Today extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-keys]")?.removeAttribute("hidden");
    this.addEventListener("htmx:beforeSwap", (event) => {
      if (event.detail.target !== this || !event.detail.shouldSwap) return;
      renewed = true;
      // htmx puts the new cards in before it takes the old ones out. Of two open <details> with one name the
      // browser closes the newcomer, so the old one has to close first.
      for (const card of this.querySelectorAll("details[open]")) card.open = false;
    });
    if (renewed && !this.querySelector("[autofocus]")) {
      (this.querySelector("details[data-card][open] > summary") ?? this.querySelector(".said h2 a, .empty a"))?.focus();
    }
    renewed = false;
  }
}

customElements.define("kw-today", Today);
