// The calculator follows the amount; the form says how little is still fine. The server calculates.
import { reach } from "./api.js";

const form = document.querySelector("form[data-invest]");
if (form) {
  const amount = form.elements.max_amount;
  const least = form.elements.min_amount;
  const takeLess = form.querySelector("[data-take-less]");
  const place = document.querySelector("[data-calculator]");
  let waiting = 0;

  const plain = () => amount.value.trim().replace(",", ".");
  const update = () => {
    least.value = takeLess.checked ? "0.0000001" : plain();
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const wanted = plain();
      const answer = await reach(`/market/${form.dataset.invest}/calculator?amount=${encodeURIComponent(wanted)}`).catch(() => null);
      if (answer?.ok && wanted === plain()) place.innerHTML = answer.text;
    }, 250);
  };
  amount.addEventListener("input", update);
  amount.addEventListener("change", () => (amount.value = plain()));
  takeLess.addEventListener("change", update);
  for (const button of form.querySelectorAll("[data-amount]")) {
    button.addEventListener("click", () => {
      amount.value = button.dataset.amount;
      update();
    });
  }
  amount.value = plain();
  least.value = takeLess.checked ? "0.0000001" : plain();
}
