// Logging in with a wallet (SEP-10), and out. Keeps no token in any storage.
import { Problem, reach, remember } from "./api.js";
import { signWith, use } from "./wallet.js";

export async function logIn(wallet, address) {
  const asked = await reach(`/auth?account=${encodeURIComponent(address)}`);
  const challenge = asked.json();
  if (!asked.ok) throw new Problem(asked.status, challenge);
  use(wallet);
  const signed = await signWith(challenge.transaction, { networkPassphrase: challenge.network_passphrase, address });
  const answer = await reach("/session/login", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ transaction: signed }),
  });
  const given = answer.json();
  if (!answer.ok) throw new Problem(answer.status, given);
  remember(given);
  document.body.dataset.loggedIn = "yes";
}

export async function logOut() {
  await reach("/session/end", { method: "POST" });
  location.assign("/");
}
