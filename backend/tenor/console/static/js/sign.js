// Before the wallet opens: what a transaction does. After: followed to its end. Decides nothing; the server checks all.
import { Problem, bearer, call, reach } from "./api.js";
import { t } from "./texts.js";
import { WalletError, signWith } from "./wallet.js";

export const POLL_MS = 700;
const FINAL = ["confirmed", "failed", "expired"];
export const UNDER_WAY = ["planned", "signed", "sent"];

export const isTransaction = (given) => Boolean(given && given.purpose && given.status && "preview" in given);

/** Shows the dialog for a transaction that waits for a signature; true when it was confirmed. */
export async function signDialog(transaction) {
  const dialog = await opened(transaction.id);
  return new Promise((resolve) => {
    const state = { dialog, transaction, busy: false, closed: false, confirmed: false };
    dialog.oncancel = (event) => {
      if (state.busy) event.preventDefault();
    };
    dialog.onclose = () => {
      state.closed = true;
      resolve(state.confirmed);
    };
    dialog.querySelector("[data-sign]")?.addEventListener("click", () => attempt(state));
    if (!dialog.open) dialog.showModal();
    ready(state);
    dialog.querySelector("[data-sign]")?.focus();
    if (UNDER_WAY.includes(statusOf(dialog))) followed(state).catch((error) => say(state, error.message, "bad"));
  });
}

/** Follows a transaction that needs nobody's signature here; true when it was confirmed. */
export async function follow(transaction) {
  if (FINAL.includes(transaction.status)) return transaction.status === "confirmed";
  return signDialog(transaction);
}

async function opened(id) {
  const dialog = document.getElementById("sign-dialog");
  dialog.innerHTML = await panel(id);
  return dialog;
}

async function panel(id) {
  await bearer(); // the panel is a page: it is read with the cookie, which this renews
  const answer = await reach(`/transactions/${id}/sign`, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Problem(answer.status, {});
  return answer.text;
}

const statusOf = (dialog) => dialog.querySelector("[data-status]")?.dataset.status;

function ready(state) {
  state.busy = false;
  state.confirmed = statusOf(state.dialog) === "confirmed"; // the worker may have been quicker than the page
  for (const button of state.dialog.querySelectorAll("[data-close]")) button.addEventListener("click", () => state.dialog.close());
}

async function attempt(state) {
  if (state.busy) return;
  state.busy = true;
  const { dialog, transaction } = state;
  const button = dialog.querySelector("[data-sign]");
  button.disabled = true;
  say(state, t("waiting_for_wallet"), "info");
  try {
    const signed = await signWith(transaction.unsigned_xdr, {
      networkPassphrase: transaction.network_passphrase,
      address: document.body.dataset.address,
    });
    if (state.closed) return; // who closed the dialog first has taken it back
    say(state, t("handing_in"), "info");
    await call("POST", `/v1/transactions/${transaction.id}/signature`, { signed_xdr: signed });
    await followed(state);
  } catch (error) {
    state.busy = false;
    button.disabled = false;
    const declined = error instanceof WalletError && error.code === -4;
    say(state, declined ? t("cancelled_nothing_happened") : error.message, declined ? "info" : "bad");
    if (!state.closed) dialog.querySelector("[data-ways-out]")?.setAttribute("open", "");
  }
}

/** Until the ledger has spoken and the pages show it. A closed tab loses nothing: the server goes on alone. */
async function followed(state) {
  const { dialog, transaction } = state;
  say(state, t("with_the_network"), "info");
  dialog.querySelector("[data-progress]")?.removeAttribute("hidden");
  dialog.querySelector("[data-sign]")?.setAttribute("hidden", "");
  while (!state.closed) {
    const seen = await call("GET", `/v1/transactions/${transaction.id}`).catch(() => null);
    if (state.closed) return;
    if (seen && isOver(seen)) return finished(state);
    if (seen?.status === "confirmed") {
      state.confirmed = true;
      say(state, t("pages_follow"), "info");
    }
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

/** What is confirmed but not yet projected would lead to a page that does not know it. */
export const isOver = (seen) => FINAL.includes(seen.status) && (seen.status !== "confirmed" || seen.projected);

async function finished(state) {
  const shown = await panel(state.transaction.id);
  if (state.closed) return;
  state.dialog.innerHTML = shown;
  ready(state);
  state.dialog.querySelector("[data-close].primary")?.focus();
}

function say(state, text, kind) {
  if (state.closed) return;
  const place = state.dialog.querySelector("[data-said]");
  place.className = `notice notice-${kind}`;
  place.textContent = text;
  place.hidden = false;
}
