// The letter: switches the kind of message, keeps what you write, and lets every send button follow the words.
const PAUSE = 600; // ms after the last key

const TAILS = {
  mail: (subject, body) => `?subject=${encode(subject)}&body=${encode(body)}`,
  whatsapp: (_, body) => `?text=${encode(body)}`,
  sms: (_, body) => `?body=${encode(body)}`,
};

// Mail wants CRLF (RFC 6068); the other channels take it as well.
const encode = (text) => encodeURIComponent(text.replace(/\r?\n/g, "\r\n"));

class Draft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.subject = this.form.elements.subject;
    this.body = this.form.elements.body;
    if (!this.body) return;
    this.shape = this.form.elements.shape?.value;
    this.written = new Map(); // what you wrote in each kind of message, so that switching back loses nothing
    this.form.addEventListener("input", (event) => (event.target.name === "shape" ? this.turn() : this.changed()));
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.keep()));
    this.addEventListener("submit", (event) => event.target !== this.form && this.sent(event.target));
    this.addEventListener("click", (event) => this.click(event));
  }

  disconnectedCallback() {
    if (this.timer) this.keep(true);
  }

  turn() {
    this.written.set(this.shape, [this.subject.value, this.body.value]);
    this.shape = this.form.elements.shape.value;
    const told = this.querySelector(".send [name=shape]"); // on a page of its own "I sent it" tells which it was
    if (told) told.value = this.shape;
    const page = this.querySelector(`template[data-shape="${CSS.escape(this.shape)}"]`);
    [this.subject.value, this.body.value] = this.written.get(this.shape) ?? [page.dataset.subject, page.content.textContent];
    this.changed();
  }

  changed() {
    for (const link of this.querySelectorAll("a[data-channel]")) {
      const tail = TAILS[link.dataset.channel];
      if (tail) link.href = link.getAttribute("href").split("?")[0] + tail(this.subject.value, this.body.value);
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  async keep(leaving = false) {
    clearTimeout(this.timer);
    this.timer = null;
    const sent = { method: "POST", body: new FormData(this.form), headers: { "HX-Request": "true" }, keepalive: leaving };
    const answer = await fetch(this.form.action, sent).catch(() => null);
    this.querySelector("[data-unsaved]").hidden = Boolean(answer?.ok);
    if (answer?.ok && !answer.redirected) this.querySelector("[data-checks]").innerHTML = await answer.text();
  }

  // "I sent it" on a card takes the letter along (hx-include); to keep it once more would draft it anew.
  sent(form) {
    for (const name of ["shape", "body"]) if (form.elements[name]) form.elements[name].value = this.form.elements[name].value;
    if (this.timer && !form.hasAttribute("hx-include")) this.keep(true);
    clearTimeout(this.timer);
    this.timer = null;
  }

  click(event) {
    const way = event.target.closest("a[data-channel]");
    if (!way) return;
    if (this.timer) this.keep(true);
    const channel = this.querySelector(".send [name=channel]"); // "I sent it" tells the way that was really taken
    if (channel) channel.value = way.dataset.channel;
  }
}

customElements.define("kw-draft", Draft);
