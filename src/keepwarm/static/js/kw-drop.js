// Files dropped or chosen: shows their names, sends them with a bar that moves. Without it: a plain form.
const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`);

class Drop extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.zone = this.querySelector(".drop");
    this.input = this.querySelector("input[type=file]");
    this.input.addEventListener("change", () => this.show());
    for (const name of ["dragenter", "dragover"]) this.zone.addEventListener(name, () => (this.zone.dataset.over = ""));
    for (const name of ["dragleave", "drop"]) this.zone.addEventListener(name, () => delete this.zone.dataset.over);
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.send()));
  }

  show() {
    const chips = [...this.input.files].map((file) => {
      const chip = document.createElement("li");
      chip.className = "chip";
      chip.textContent = `${file.name}, ${size(file.size)}`;
      return chip;
    });
    this.querySelector("[data-chosen]").replaceChildren(...chips);
  }

  // XMLHttpRequest, because fetch cannot tell how much has been sent.
  send() {
    const request = new XMLHttpRequest();
    const bar = this.querySelector("progress");
    request.upload.onprogress = (event) => (bar.value = (100 * event.loaded) / event.total);
    request.upload.onload = () => this.say("Here. Taking a first look…");
    request.onload = () => this.arrived(request);
    request.onerror = () => this.stop("The files did not arrive. Nothing was added: please try again.");
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", "application/json"); // answered with the address of the import, not a redirect
    request.send(this.filled());
    this.querySelector("[data-under-way]").hidden = false;
    this.querySelector("button").disabled = true;
  }

  // With when each file was written, so that an old one is known to be old.
  filled() {
    const data = new FormData(this.form);
    for (const file of this.input.files) data.append("written", file.lastModified);
    return data;
  }

  // The address of the import; or, where a redirect was followed, the page it led to; or this page, saying why not.
  arrived(request) {
    if (request.responseURL !== this.form.action) return location.assign(request.responseURL);
    if (request.status === 200) return location.assign(request.responseText);
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    this.stop(page.querySelector("[role=alert]")?.textContent.trim() ?? page.querySelector("main p")?.textContent ?? "");
  }

  stop(words) {
    this.querySelector("button").disabled = false;
    this.querySelector("progress").value = 0;
    this.say(words);
  }

  say(words) {
    this.querySelector("[data-said]").textContent = words;
  }
}

customElements.define("kw-drop", Drop);
