// The ten of a page, when a decision brings them anew: the keyboard stands with the next one to decide on.
// The line that tells the keys is shown here, because without a script there are none.
let renewed = false;

class Dig extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-keys]")?.removeAttribute("hidden");
    this.addEventListener("htmx:beforeSwap", (event) => (renewed ||= event.detail.target === this && event.detail.shouldSwap));
    if (renewed) {
      const next = this.querySelector("[data-current]");
      next?.scrollIntoView({ block: "nearest" });
      (next?.querySelector("h2 a, .choice .btn") ?? this.querySelector(".empty a"))?.focus({ preventScroll: true });
    }
    renewed = false;
  }
}

customElements.define("kw-dig", Dig);
