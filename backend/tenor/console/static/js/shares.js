// Buying: the price follows the number of shares, and is the most that is paid. Selling: two signatures in a row.
import { reach } from "./api.js";

const buying = document.querySelector("form[data-buy]");
if (buying) {
  const { shares, max_price: most } = buying.elements;
  const place = buying.querySelector("[data-priced]");
  let waiting = 0;
  const plain = () => shares.value.trim().replace(",", ".");
  shares.addEventListener("change", () => (shares.value = plain()));
  shares.addEventListener("input", () => {
    clearTimeout(waiting);
    most.value = "0"; // no price is agreed to that nobody has seen
    waiting = setTimeout(async () => {
      const wanted = plain();
      const answer = await reach(`/shares/${buying.dataset.buy}/price?wanted=${encodeURIComponent(wanted)}`).catch(() => null);
      if (!answer?.ok || wanted !== plain()) return; // an answer that was overtaken
      place.innerHTML = answer.text;
      most.value = place.querySelector("[data-price]")?.dataset.price ?? "0";
    }, 250);
  });
}

// The first answer may ask for the market's allowance; once that is on the ledger, the offer itself is asked for.
const selling = document.querySelector("form[data-offer]");
selling?.addEventListener("tenor:done", ({ detail }) => {
  if (detail.step === "allow") setTimeout(() => selling.requestSubmit());
  else location.reload();
});
