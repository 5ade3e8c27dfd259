// What the figures would be if amounts changed, without asking the server.
export function whatIf() {
  const card = document.getElementById("what-if");
  if (!card) return;
  const lang = document.documentElement.lang;
  const money = new Intl.NumberFormat(lang, {
    style: "currency",
    currency: "EUR",
    trailingZeroDisplay: "stripIfInteger",
  });
  const percent = new Intl.NumberFormat(lang, { style: "percent", signDisplay: "exceptZero" });
  const slider = card.querySelector("input");
  const compute = () => {
    const change = Number(slider.value);
    const told = percent.format(change / 100);
    card.querySelector("output").textContent = told;
    slider.ariaValueText = told;
    const cents = document.getElementById("figures").dataset;
    for (const place of card.querySelectorAll("[data-of]")) {
      place.textContent = money.format(Math.round((cents[place.dataset.of] * (100 + change)) / 100) / 100);
    }
  };
  slider.addEventListener("input", compute);
  document.addEventListener("exchanged", compute);
  compute();
  card.hidden = false;
}
