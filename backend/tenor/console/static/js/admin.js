// The desk: evidence and settlement in one go, a decision by one of two buttons, a rate card as a form, health.
import { Problem, call, reach } from "./api.js";
import { t } from "./texts.js";

const data = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "{}");

// On a phone the chosen tab may stand outside of its strip.
for (const chosen of document.querySelectorAll(".tabs [aria-current], .desk-segments [aria-current]")) {
  chosen.scrollIntoView({ block: "nearest", inline: "center" });
}

/** Runs `act` for a form once at a time; what was refused stands in its place. */
function on(form, act) {
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.busy === "yes") return;
    form.dataset.busy = "yes";
    await attempt(form, () => act(event.submitter));
    form.dataset.busy = "";
  });
}

async function attempt(form, act) {
  for (const place of form.querySelectorAll("[data-form-error], [data-error-for]")) place.hidden = true;
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Problem)) console.error(error);
    const said = [error.message || t("failed"), ...(error.fields ?? []).map(({ field, detail }) => `${field}: ${detail}`)];
    const place = form.querySelector("[data-form-error]");
    place.textContent = said.join(" ");
    place.hidden = false;
  }
}

// --- settlements

const settlement = document.querySelector("[data-settlement]");
on(settlement, async () => {
  const file = new FormData();
  file.append("file", settlement.querySelector("[data-evidence]").files[0]);
  const { id: evidence_id } = await call("POST", "/v1/evidence", file);
  const { chain_id, amount, note } = Object.fromEntries(new FormData(settlement));
  const made = await call("POST", "/v1/settlements", { chain_id, amount, note, evidence_id });
  location.assign(`/desk/settlements/${made.id}`);
});

const decide = document.querySelector("[data-decide]");
on(decide, async (button) => {
  await call("POST", `${decide.dataset.decide}/${button.value}`, { reason: decide.elements.reason.value });
  location.reload();
});

// --- prices

const card = document.querySelector("[data-rate-card]");
const whatIf = document.querySelector("[data-what-if]");

/** The rules of the form: the card it started from with every leaf as typed. */
function rules() {
  const made = JSON.parse(card.dataset.rules);
  for (const input of card.querySelectorAll("[data-path]")) {
    const path = input.dataset.path.split(".");
    const last = path.pop();
    const target = path.reduce((inner, name) => inner[name], made);
    target[last] = { number: Number, bool: (text) => text === "true", text: String }[input.dataset.kind](input.value);
  }
  return made;
}

on(card, async () => {
  await call("POST", "/v1/rate-cards", { rules: rules(), note: card.elements.note.value });
  location.reload();
});
card?.querySelector("[data-try]").addEventListener("click", () => whatIf.requestSubmit());

on(whatIf, async () => {
  const { recourse, ...asked } = Object.fromEntries(new FormData(whatIf));
  const offer = await call("POST", "/v1/rate-cards/what-if", { ...asked, recourse: recourse === "on", rules: rules() });
  const names = data("factor-names");
  const place = document.querySelector("[data-offer]");
  place.querySelector("[data-payout]").textContent = `${plain(offer.payout)} ${offer.asset}`;
  const rows = offer.factors.map(({ name, bps, amount }) => row(names[name] ?? name, amount === null ? share(bps) : plain(amount)));
  place.querySelector("[data-factors]").replaceChildren(...rows);
  place.hidden = false;
});

if (whatIf) {
  const inSixty = new Date(Date.now() + 60 * 86_400_000);
  whatIf.elements.due_date.value = inSixty.toISOString().slice(0, 10);
}

function row(name, value) {
  const made = document.createElement("li");
  for (const text of [name, value]) made.append(Object.assign(document.createElement("span"), { textContent: text }));
  return made;
}

/** A decimal string without the zeros that say nothing: figures are never numbers here. */
function plain(text) {
  const [whole, fraction = ""] = text.split(".");
  return `${whole}.${fraction.replace(/0+$/, "").padEnd(2, "0")}`;
}

function share(bps) {
  const size = Math.abs(bps);
  return `${bps < 0 ? "−" : ""}${Math.trunc(size / 100)}.${String(size % 100).padStart(2, "0")} %`;
}

// --- health

const ready = document.querySelector("[data-ready]");
if (ready) {
  look();
  setInterval(() => document.hidden || look(), 10_000);
}

async function look() {
  const names = data("check-names");
  const seen = await reach("/ready").then((answer) => answer.json()).catch(() => null);
  const checks = seen?.checks ?? [{ name: "server", ok: false, why: names.silent }];
  const rows = checks.map(({ name, ok, why }) => {
    const made = document.querySelector("#check-row").content.cloneNode(true);
    made.querySelector("[data-name]").textContent = names[name] ?? name;
    const badge = made.querySelector("[data-badge]");
    badge.textContent = ok ? names.ok : names.bad;
    badge.classList.add(ok ? "badge-good" : "badge-bad");
    const reason = made.querySelector("[data-why]");
    reason.textContent = why ?? "";
    reason.hidden = !why;
    return made;
  });
  ready.replaceChildren(...rows);
}
