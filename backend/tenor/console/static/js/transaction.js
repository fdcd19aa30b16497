// The page of one transaction: its buttons do what they do in the dialog.
import { call } from "./api.js";
import { signDialog } from "./sign.js";

const id = document.querySelector("[data-transaction]").dataset.transaction;
document.querySelector("main").addEventListener("click", async (event) => {
  if (event.target.closest("[data-close]")) history.back();
  if (!event.target.closest("[data-sign]")) return;
  await signDialog(await call("GET", `/v1/transactions/${id}`));
  location.reload();
});
