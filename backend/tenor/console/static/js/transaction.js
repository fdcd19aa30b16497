// The page of one transaction: its buttons do what they do in the dialog; what is under way is followed.
import { call } from "./api.js";
import { POLL_MS, UNDER_WAY, isOver, signDialog } from "./sign.js";
import { toast } from "./toast.js";

const id = document.querySelector("[data-transaction]").dataset.transaction;
document.querySelector("main").addEventListener("click", async (event) => {
  if (event.target.closest("[data-close]")) history.back();
  if (!event.target.closest("[data-sign]")) return;
  try {
    await signDialog(await call("GET", `/v1/transactions/${id}`));
    location.reload();
  } catch (error) {
    toast(error.message, "bad");
  }
});

if (UNDER_WAY.includes(document.querySelector("[data-status]").dataset.status)) {
  while (!isOver(await call("GET", `/v1/transactions/${id}`).catch(() => ({})))) await new Promise((done) => setTimeout(done, POLL_MS));
  location.reload();
}
