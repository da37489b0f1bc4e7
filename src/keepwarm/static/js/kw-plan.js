// The minutes of the plan, adding up while they are typed.
class Plan extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", () => this.add());
    this.addEventListener("change", () => this.add());
  }

  add() {
    const rows = [...this.querySelectorAll("li")].filter((row) => row.querySelector("[name=action]").value && Number(row.querySelector("[name=count]").value));
    const sum = rows.reduce((all, row) => all + (Number(row.querySelector("[data-minutes]").value.replace(",", ".")) || 0), 0);
    this.querySelector("[data-sum]").textContent = String(Math.round(sum * 10) / 10);
  }
}

customElements.define("kw-plan", Plan);
