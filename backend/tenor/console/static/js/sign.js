// Before the wallet opens: what a transaction does. After: followed to its end. Decides nothing; the server checks all.
import { bearer, call, reach } from "./api.js";
import { t } from "./texts.js";
import { WalletError, signWith } from "./wallet.js";

const POLL_MS = 700;
const FINAL = ["confirmed", "failed", "expired"];
const UNDER_WAY = ["planned", "signed", "sent"];

export const isTransaction = (given) => Boolean(given && given.purpose && given.status && "preview" in given);

/** Shows the dialog for a transaction that waits for a signature; true when it was confirmed. */
export async function signDialog(transaction) {
  const dialog = await opened(transaction.id);
  return new Promise((resolve) => {
    const state = { dialog, transaction, busy: false, confirmed: false };
    dialog.addEventListener("close", () => resolve(state.confirmed), { once: true });
    dialog.addEventListener("cancel", (event) => state.busy && event.preventDefault());
    dialog.querySelector("[data-sign]")?.addEventListener("click", () => attempt(state));
    for (const button of dialog.querySelectorAll("[data-close]")) button.addEventListener("click", () => dialog.close());
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("[data-sign]")?.focus();
    const status = dialog.querySelector("[data-status]")?.dataset.status;
    state.confirmed = status === "confirmed"; // the worker may have been quicker than the page
    if (UNDER_WAY.includes(status)) followed(state);
  });
}

/** Follows a transaction that needs nobody's signature here; true when it was confirmed. */
export async function follow(transaction) {
  if (FINAL.includes(transaction.status)) return transaction.status === "confirmed";
  return signDialog(transaction.id ? transaction : null);
}

async function opened(id) {
  const dialog = document.getElementById("sign-dialog");
  await bearer();
  const answer = await reach(`/transactions/${id}/sign`, { headers: { Accept: "text/html" } });
  dialog.innerHTML = await answer.text();
  return dialog;
}

async function attempt(state) {
  if (state.busy) return;
  state.busy = true;
  const { dialog, transaction } = state;
  const button = dialog.querySelector("[data-sign]");
  button.disabled = true;
  say(dialog, t("waiting_for_wallet"), "info");
  try {
    const signed = await signWith(transaction.unsigned_xdr, {
      networkPassphrase: transaction.network_passphrase,
      address: document.body.dataset.address,
    });
    say(dialog, t("handing_in"), "info");
    await call("POST", `/v1/transactions/${transaction.id}/signature`, { signed_xdr: signed });
    await followed(state);
  } catch (error) {
    state.busy = false;
    button.disabled = false;
    const declined = error instanceof WalletError && error.code === -4;
    say(dialog, declined ? t("cancelled_nothing_happened") : error.message, declined ? "info" : "bad");
    dialog.querySelector("[data-ways-out]")?.setAttribute("open", "");
  }
}

/** Until the ledger has spoken. A closed tab loses nothing: the server goes on alone. */
async function followed(state) {
  const { dialog, transaction } = state;
  say(dialog, t("with_the_network"), "info");
  dialog.querySelector("[data-progress]")?.removeAttribute("hidden");
  dialog.querySelector("[data-sign]")?.setAttribute("hidden", "");
  for (;;) {
    const seen = await call("GET", `/v1/transactions/${transaction.id}`).catch(() => null);
    if (seen && FINAL.includes(seen.status)) {
      await finished(state);
      return;
    }
    await new Promise((done) => setTimeout(done, POLL_MS));
    if (!dialog.open && !state.waiting) return;
  }
}

async function finished(state) {
  const { dialog, transaction } = state;
  const answer = await reach(`/transactions/${transaction.id}/sign`);
  dialog.innerHTML = await answer.text();
  state.busy = false;
  state.confirmed = dialog.querySelector("[data-status]")?.dataset.status === "confirmed";
  for (const button of dialog.querySelectorAll("[data-close]")) button.addEventListener("click", () => dialog.close());
  dialog.querySelector("[data-close].primary")?.focus();
}

function say(dialog, text, kind) {
  const place = dialog.querySelector("[data-said]");
  place.className = `notice notice-${kind}`;
  place.textContent = text;
  place.hidden = false;
}
