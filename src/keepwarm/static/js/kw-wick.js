// The calm timer: the ember moves along, in minutes and words. The server knows the time; this only shows it.
const WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(" ");
const EVERY = 5000;

class Wick extends HTMLElement {
  connectedCallback() {
    this.length = Number(this.dataset.length);
    this.end = Date.now() + Number(this.dataset.left) * 1000;
    if ("paused" in this.dataset) return;
    this.timer = setInterval(() => this.burn(), EVERY);
    // A tab that slept, or was gone back to, asks the clock at once.
    this.onShow = () => this.burn();
    document.addEventListener("visibilitychange", this.onShow);
    window.addEventListener("pageshow", this.onShow);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.onShow);
    window.removeEventListener("pageshow", this.onShow);
  }

  burn() {
    const left = Math.max(this.end - Date.now(), 0) / 1000;
    const x = `${(100 * (1 - left / this.length)).toFixed(1)}%`;
    for (const [node, name] of [[".burnt", "x2"], [".left", "x1"], [".halo", "cx"], [".ember", "cx"]]) {
      this.querySelector(node).setAttribute(name, x);
    }
    this.querySelector("[data-words]").textContent = this.words(left);
    if (!left) this.over();
  }

  words(left) {
    if (!left) return "The time is up";
    const minutes = Math.round(left / 60);
    if (left < 60) return "Less than a minute left";
    return minutes === 1 ? "About a minute left" : `About ${WORDS[minutes - 1] ?? minutes} minutes left`;
  }

  // Nobody is torn from a letter: it may still be sent, and what is sent counts.
  over() {
    clearInterval(this.timer);
    this.querySelector("small").textContent = "Finish this one, or let it be.";
    this.querySelector("[data-end]").dataset.kind = "warm";
  }
}

customElements.define("kw-wick", Wick);
