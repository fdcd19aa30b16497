// A dispute that is written down for a customer: the evidence first, then the dispute.
import { Problem, call } from "./api.js";
import { follow } from "./sign.js";
import { t } from "./texts.js";

const form = document.querySelector("[data-reported]");
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (form.dataset.busy === "yes") return;
  form.dataset.busy = "yes";
  const place = form.querySelector("[data-form-error]");
  place.hidden = true;
  try {
    const file = new FormData();
    file.append("file", form.querySelector("[data-evidence]").files[0]);
    const { id: evidence_id } = await call("POST", "/v1/evidence", file);
    const { chain_id, reason } = form.elements;
    const sent = await call("POST", `/v1/invoices/${chain_id.value}/disputes/reported`, { reason: reason.value, evidence_id });
    if (await follow(sent)) location.reload();
  } catch (error) {
    if (!(error instanceof Problem)) console.error(error);
    place.textContent = error.message || t("failed");
    place.hidden = false;
  }
  form.dataset.busy = "";
});
