// A seller's pages: many files at once, boxes and fields that point at each other, a price taken and signed in one go.
import { Problem, call } from "./api.js";
import { signDialog } from "./sign.js";
import { t } from "./texts.js";

const POLL_MS = 800;
const pause = () => new Promise((done) => setTimeout(done, POLL_MS));

// On a phone the chosen stage may stand outside of its strip.
document.querySelector(".seller-list [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// --- upload

const drop = document.querySelector("[data-drop]");
const uploads = document.querySelector("[data-uploads]");

if (drop) {
  for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => over(event, true));
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, (event) => over(event, false));
  drop.addEventListener("drop", (event) => take([...event.dataTransfer.files]));
  for (const input of drop.querySelectorAll("[data-files]")) {
    input.addEventListener("change", () => {
      take([...input.files]);
      input.value = "";
    });
  }
}

function over(event, is) {
  event.preventDefault();
  drop.classList.toggle("over", is);
}

/** Each file is an invoice of its own; one alone is opened as soon as it has been read. */
async function take(files) {
  if (files.length === 0) return;
  uploads.hidden = false;
  const found = [];
  for (const file of files) found.push(await send(file));
  const settled = await Promise.all(found.filter(Boolean).map(({ id, row }) => untilRead(id, row)));
  if (files.length === 1 && settled[0] === "read") location.assign(`/invoices/${found[0].id}/review`);
}

async function send(file) {
  const row = document.querySelector("#upload-row").content.cloneNode(true).firstElementChild;
  row.querySelector("[data-name]").textContent = file.name;
  uploads.append(row);
  const say = (text, kind = "") => {
    row.className = `upload-row ${kind}`;
    row.querySelector("[data-state]").textContent = text;
  };
  row.say = say;
  say(t("upload_sending"));
  const body = new FormData();
  body.append("file", file);
  try {
    const { id } = await call("POST", "/v1/invoices", body);
    say(t("upload_reading"));
    return { id, row };
  } catch (error) {
    say(error.message, "bad");
    return null;
  }
}

async function untilRead(id, row) {
  for (;;) {
    const seen = await call("GET", `/v1/invoices/${id}`).catch(() => null);
    if (seen && seen.status !== "received") {
      const refused = seen.status === "refused";
      row.say(refused ? seen.refusal.sentence : t("upload_read"), refused ? "bad" : "good");
      const link = row.querySelector("[data-open]");
      link.href = refused ? `/invoices/${id}` : seen.status === "read" ? `/invoices/${id}/review` : `/invoices/${id}`;
      link.hidden = false;
      return seen.status;
    }
    await pause();
  }
}

// --- a page that waits for the worker or the ledger

const watched = document.querySelector("[data-watch]");
if (watched) watch(watched);

async function watch(element) {
  for (;;) {
    await pause();
    if (document.hidden || document.querySelector("dialog[open]")) continue;
    const seen = await call("GET", element.dataset.watch).catch(() => null);
    if (!seen || seen.status === element.dataset.status) continue;
    location.assign(seen.status === "read" ? `/invoices/${seen.id}/review` : `/invoices/${seen.id}`);
    return;
  }
}

// --- reading review

const form = document.querySelector("[data-review]");

if (form) {
  document.addEventListener("focusin", (event) => point(event.target.closest("[data-field]")?.dataset.field));
  point(document.activeElement.closest("[data-field]")?.dataset.field);
  document.addEventListener("click", (event) => {
    const box = event.target.closest("[data-box]");
    if (box) document.getElementById(`r-${box.dataset.box}`).focus();
    const chip = event.target.closest("[data-take]");
    if (chip) {
      const input = document.getElementById(chip.dataset.for);
      input.value = chip.dataset.take;
      input.focus();
    }
  });
  form.addEventListener("tenor:done", ({ detail }) => {
    if (detail.doubts.length === 0) return location.assign(`/invoices/${form.dataset.review}`);
    const place = form.querySelector("[data-doubts]");
    const list = place.querySelector("[data-doubt-list]");
    list.replaceChildren(...detail.doubts.map(({ reason }) => Object.assign(document.createElement("li"), { textContent: reason })));
    place.hidden = false;
    place.scrollIntoView({ block: "center" });
  });
}

function point(name) {
  if (!name) return;
  for (const each of document.querySelectorAll("[data-box], [data-field]")) {
    each.classList.toggle("on", (each.dataset.box ?? each.dataset.field) === name);
  }
  document.querySelector(`[data-box="${name}"]`)?.scrollIntoView({ block: "nearest" });
}

// --- price

const price = document.querySelector("[data-price]");
if (price) {
  price.querySelector("[data-ask-price]").addEventListener("click", () => ask(price.dataset.price, { recourse: false }));
  ask(price.dataset.price, { recourse: false });
}

async function ask(path, body) {
  const place = document.querySelector("[data-price-error], [data-sign-error]");
  place.hidden = true;
  try {
    await call("POST", path, body);
    location.reload();
  } catch (error) {
    if (!(error instanceof Problem)) console.error(error);
    const waits = error.code === "debtor-unknown" && document.querySelector("[data-debtor-unknown]");
    if (waits) waits.hidden = false;
    else {
      place.textContent = error.message;
      place.hidden = false;
    }
  }
}

const recourse = document.querySelector("[data-recourse-box]");
recourse?.addEventListener("change", () => {
  recourse.disabled = true;
  ask(`${document.querySelector("[data-list]").dataset.list}/quote`, { recourse: recourse.checked });
});

document.querySelector("[data-list]")?.addEventListener("click", (event) => list(event.currentTarget));

/** Accept the price, draft the listing, sign it: one button, three calls of the API. */
async function list(button) {
  const { list: path, quote, accepted } = button.dataset;
  const place = document.querySelector("[data-sign-error]");
  place.hidden = true;
  button.disabled = true;
  try {
    if (accepted !== "yes") {
      await call("POST", `${path}/acceptance`, { quote_id: quote });
      button.dataset.accepted = "yes";
    }
    if (await signDialog(await call("POST", `${path}/escrow`))) return location.reload();
  } catch (error) {
    if (!(error instanceof Problem)) console.error(error);
    place.textContent = error.message;
    place.hidden = false;
  } finally {
    button.disabled = false;
  }
}
