// What is known of a person, when it comes anew: fields still open keep your words, and the keyboard its place.
let open = [];
let place = "";

class About extends HTMLElement {
  connectedCallback() {
    this.addEventListener("htmx:beforeSwap", (event) => this.leave(event));
    this.addEventListener("keydown", (event) => event.key === "Escape" && event.target.closest(".edit-form")?.querySelector("[data-cancel]").click());
    for (const form of open) {
      form.querySelector("[autofocus]")?.removeAttribute("autofocus");
      const row = this.row(form.dataset.row);
      row ? row.replaceChildren(form) : this.querySelector(".adding").append(form);
    }
    if (place) (this.row(place)?.querySelector(".edit, .chip") ?? this.querySelector(".adding a")).focus();
    [open, place] = [[], ""];
  }

  // The place of a value, unfolded where it stands among many.
  row(id) {
    const row = this.querySelector(`#${CSS.escape(id)}`);
    const fold = row?.closest("details");
    if (fold) fold.open = true;
    return row;
  }

  // Taken out before htmx throws the old piece away, the other open fields go on living in the new one.
  leave(event) {
    const asking = event.detail.requestConfig.elt.closest(".edit-form");
    if (event.detail.target !== this || !event.detail.shouldSwap) return;
    place = asking?.dataset.row ?? "";
    open = [...this.querySelectorAll(".edit-form")].filter((form) => form !== asking);
    for (const form of open) form.remove();
  }
}

customElements.define("kw-about", About);
