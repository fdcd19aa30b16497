// The guided demo: makes throw-away people and walks with them. Calls what any client could call.
import { Problem, call } from "./api.js";
import * as keys from "./keys.js";
import { logIn } from "./session.js";
import { t } from "./texts.js";

const WAIT_MS = 400;
const WAITS_MAX = 150;

const SURNAMES = { investor: "Investor", seller: "Seller", customer: "Customer", admin: "Admin" };

/** A new person with this part, logged in. `said(text)` tells how far it is. */
async function become(part, said) {
  said(t("step_key"));
  const number = keys.known().filter((key) => key.part === part).length + 1;
  const key = await keys.make(`${SURNAMES[part]} ${number}`, part);
  said(t("step_account"));
  const purse = await call("POST", "/v1/demo/purses", { address: key.address });
  if (purse.unsigned_xdr) {
    const signed_xdr = await keys.sign(key.address, purse.unsigned_xdr, purse.network_passphrase);
    await call("POST", "/v1/demo/purses/signature", { signed_xdr });
  }
  said(t("step_login"));
  await logIn("demo", key.address);
  if (part === "admin") await call("POST", "/v1/demo/appointment");
  if (part === "investor" || part === "seller") {
    said(t("step_kyc"));
    const details = { country_code: "DEU", first_name: "Demo", last_name: key.name, birth_date: "1990-01-01" };
    await call("POST", "/v1/kyc", { roles: [part], details });
    await call("POST", "/v1/demo/verification");
    for (let waits = 0; !(await call("GET", "/v1/me")).allowlisted; waits++) {
      if (waits > WAITS_MAX) throw new Problem(504, { detail: t("failed") });
      await new Promise((done) => setTimeout(done, WAIT_MS));
    }
  }
  said(t("step_done"));
}

const place = document.querySelector("[data-demo-said]");
const said = (text, kind = "info") => {
  place.hidden = false;
  place.className = `notice notice-${kind}`;
  place.textContent = text;
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-become], [data-switch]");
  if (!button) return;
  for (const each of document.querySelectorAll("[data-become], [data-switch]")) each.disabled = true;
  try {
    if (button.dataset.become) await become(button.dataset.become, said);
    else await logIn("demo", button.dataset.switch);
    location.assign(button.dataset.next ?? "/demo");
  } catch (error) {
    console.error(error);
    said(error.message, "bad");
    for (const each of document.querySelectorAll("[data-become], [data-switch]")) each.disabled = false;
  }
});

const list = document.querySelector("[data-people]");
const row = document.querySelector("#person");
for (const key of keys.known()) {
  const made = row.content.cloneNode(true);
  made.querySelector("[data-name]").textContent = key.name;
  made.querySelector("[data-address]").textContent = `${key.address.slice(0, 6)}…${key.address.slice(-4)}`;
  made.querySelector("[data-switch]").dataset.switch = key.address;
  const here = key.address === document.body.dataset.address;
  made.querySelector("[data-here]").hidden = !here;
  made.querySelector("[data-switch]").hidden = here;
  list.append(made);
}
document.querySelector("[data-nobody]").hidden = keys.known().length > 0;
