// Links that open the fold they point at, and put you into its first field.
class Fold extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      const fold = link && document.querySelector(link.getAttribute("href"));
      if (!fold) return;
      event.preventDefault();
      fold.open = true;
      fold.scrollIntoView({ block: "nearest" });
      fold.querySelector("textarea, form input:not([type=hidden], [type=radio])")?.focus({ preventScroll: true });
    });
  }
}

customElements.define("kw-fold", Fold);
