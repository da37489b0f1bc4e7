// A message at the foot of the page: one at a time, gone after ten seconds, waiting while you look at it.
const STAY = 10_000; // ms

class Toast extends HTMLElement {
  connectedCallback() {
    for (const other of document.querySelectorAll("#toasts kw-toast")) if (other !== this && !other.newer(this)) other.remove();
    const close = this.querySelector("[data-close]");
    close.hidden = false;
    close.addEventListener("click", () => this.remove());
    for (const name of ["pointerenter", "focusin"]) this.addEventListener(name, () => clearTimeout(this.timer));
    for (const name of ["pointerleave", "focusout"]) this.addEventListener(name, () => this.wait());
    this.wait();
  }

  newer(toast) {
    return Boolean(toast.compareDocumentPosition(this) & Node.DOCUMENT_POSITION_FOLLOWING);
  }

  wait() {
    clearTimeout(this.timer);
    if (this.dataset.level !== "error") this.timer = setTimeout(() => this.remove(), STAY);
  }
}

customElements.define("kw-toast", Toast);

// htmx could not reach the server, or was refused: say so in place, keep the page as it is.
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    const trouble = document.querySelector("#trouble").content.cloneNode(true);
    document.querySelector("#toasts").replaceChildren(trouble);
  });
}
