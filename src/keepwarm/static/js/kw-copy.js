// Copies the words it stands for: by its button, and on the way to LinkedIn, which takes no text in a link.
class Copy extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("[data-copy]");
    this.button.hidden = false;
    this.addEventListener("click", (event) => {
      if (event.target.closest('[data-copy], a[data-channel="linkedin"]')) this.copy(document.getElementById(this.getAttribute("for")));
    });
  }

  copy(words) {
    // The clipboard needs https or localhost; over plain http in a home network the old way still works.
    if (!navigator.clipboard) return this.copyOld(words);
    navigator.clipboard.writeText(words.value).then(() => this.say("Copied"), () => this.copyOld(words));
  }

  copyOld(words) {
    words.select();
    if (document.execCommand("copy")) this.say("Copied");
  }

  say(word) {
    const said = this.button.querySelector("span");
    said.textContent = word;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (said.textContent = "Copy"), 2000);
  }
}

customElements.define("kw-copy", Copy);
