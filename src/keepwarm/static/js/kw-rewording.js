// Say it otherwise: asks for a suggestion in place, and puts it into the letter only when told to.
const SOON = 400; // ms before it says that it waits

class Rewording extends HTMLElement {
  connectedCallback() {
    if (this.answer) return;
    this.form = document.getElementById(this.dataset.letter);
    this.answer = this.querySelector("[data-answer]");
    this.waiting = this.querySelector("[data-waiting]");
    this.addEventListener("click", (event) => this.click(event));
    this.addEventListener("submit", (event) => this.submit(event));
  }

  disconnectedCallback() {
    this.asking?.abort();
  }

  click(event) {
    const tone = event.target.closest("[data-tone]");
    if (tone) {
      event.preventDefault();
      // Enter in the subject presses the first button of the letter's form: that was not meant.
      if (event.detail > 0 || document.activeElement === tone) this.ask(tone.formAction, new FormData(this.form), { tone: tone.value });
    } else if (event.target.closest("[data-cancel]")) {
      this.asking?.abort();
    } else if (event.target.closest("[data-dismiss]")) {
      event.preventDefault();
      this.close();
    }
  }

  submit(event) {
    const form = event.target;
    event.preventDefault();
    event.stopPropagation(); // the letter around this knows nothing of it
    if (form.matches("[data-again]")) this.ask(form.action, new FormData(form), { agreed: "yes" });
    if (form.matches("[data-use]")) this.use(form.elements.body.value);
  }

  use(words) {
    const body = document.getElementById(this.dataset.body);
    body.value = words;
    body.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
    body.focus();
  }

  close() {
    this.answer.replaceChildren();
    this.querySelector("summary").focus();
  }

  async ask(address, said, more) {
    for (const [name, value] of Object.entries(more)) said.set(name, value);
    this.querySelector("details").open = false;
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    const timer = setTimeout(() => (this.waiting.hidden = false), SOON);
    this.setAttribute("aria-busy", "true");
    try {
      const sent = { method: "POST", body: said, headers: { "HX-Request": "true" }, signal: asking.signal };
      const answer = await fetch(address, sent);
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      this.answer.innerHTML = await answer.text();
      this.answer.querySelector("[data-focus]").focus();
    } catch {
      this.answer.textContent = asking.signal.aborted ? "" : "No answer came. Your own words are as they were.";
    } finally {
      clearTimeout(timer);
      if (this.asking === asking) {
        this.waiting.hidden = true;
        this.removeAttribute("aria-busy");
      }
    }
  }
}

customElements.define("kw-rewording", Rewording);
