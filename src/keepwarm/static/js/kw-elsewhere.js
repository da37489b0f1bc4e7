// Shows itself where this browser is in another time zone than the one that is set, as on a journey.
class Elsewhere extends HTMLElement {
  connectedCallback() {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!here || here === this.dataset.zone) return;
    this.querySelector("input[name=time_zone]").value = here;
    this.querySelector("[data-here]").textContent = here.replaceAll("_", " ");
    this.hidden = false;
  }
}

customElements.define("kw-elsewhere", Elsewhere);
