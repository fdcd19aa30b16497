// Forms and buttons that are calls of the API. See README.md, "Forms".
//   <form data-call="/v1/kyc" data-method="POST" data-then="reload">   names with points become nested objects
//   <button data-call="/v1/..." data-body='{"signer":"platform"}' data-confirm="Sure?" data-then="/path">
import { Problem, call } from "./api.js";
import { follow, isTransaction, signDialog } from "./sign.js";
import { t } from "./texts.js";
import { toast } from "./toast.js";

export function wire(root = document) {
  root.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-call]");
    if (!form) return;
    event.preventDefault();
    run(form, form.enctype === "multipart/form-data" ? new FormData(form) : asObject(form), event.submitter);
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-call]");
    if (button) run(button, JSON.parse(button.dataset.body ?? "{}"), button);
  });
  document.documentElement.dataset.wired = ""; // early.js hands over
}

async function run(element, body, button) {
  if (element.dataset.busy === "yes") return; // a double click is one call
  if (element.dataset.confirm && !window.confirm(element.dataset.confirm)) return;
  element.dataset.busy = "yes";
  if (button) button.disabled = true;
  clearErrors(element);
  try {
    const method = element.dataset.method ?? "POST";
    const answer = await call(method, element.dataset.call, ["GET", "DELETE"].includes(method) ? undefined : body);
    const transaction = [answer, answer?.transaction].find(isTransaction);
    if (transaction) {
      const done = transaction.unsigned_xdr ? await signDialog(transaction) : await follow(transaction);
      if (!done) return;
    }
    finish(element, answer);
  } catch (error) {
    show(element, error);
  } finally {
    element.dataset.busy = "";
    if (button) button.disabled = false;
  }
}

/** data-then: "reload", "nothing", or a path in which {name} is a field of the answer. */
function finish(element, answer) {
  const then = element.dataset.then ?? "reload";
  if (element.dataset.said) toast(element.dataset.said);
  element.dispatchEvent(new CustomEvent("tenor:done", { bubbles: true, detail: answer }));
  if (then === "reload") location.reload();
  else if (then !== "nothing") location.assign(then.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(answer?.[name] ?? "")));
}

function asObject(form) {
  const found = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled || field.type === "submit" || (["checkbox", "radio"].includes(field.type) && !field.checked)) {
      if (field.type === "checkbox" && field.name && field.dataset.as === "bool") put(found, field.name, false);
      continue;
    }
    let value = field.value;
    if (field.dataset.as === "number") value = value === "" ? null : Number(value);
    if (field.dataset.as === "bool") value = field.type === "checkbox" ? true : value === "true";
    if (value === "" && field.dataset.empty === "null") value = null;
    if (value === "" && field.dataset.empty === "omit") continue;
    put(found, field.name, value, field.dataset.as === "list");
  }
  return found;
}

function put(target, name, value, many = false) {
  const path = name.split(".");
  const last = path.pop();
  for (const part of path) target = target[part] ??= {};
  if (many) (target[last] ??= []).push(value);
  else target[last] = value;
}

function clearErrors(element) {
  for (const shown of element.querySelectorAll("[data-error-for], [data-form-error]")) shown.hidden = true;
  for (const field of element.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

function show(element, error) {
  if (!(error instanceof Problem)) console.error(error);
  const said = error.message || t("failed");
  let placed = false;
  for (const { field, detail } of error.fields ?? []) {
    const name = [...element.querySelectorAll("[data-error-for]")].find((place) => place.dataset.errorFor.split(".").pop() === field.split(".").pop());
    if (!name) continue;
    name.textContent = detail;
    name.hidden = false;
    placed = true;
    const input = element.querySelector(`[name="${CSS.escape(name.dataset.errorFor)}"]`);
    input?.setAttribute("aria-invalid", "true");
    input?.focus();
  }
  const place = element.querySelector?.("[data-form-error]");
  if (place) {
    place.textContent = said;
    place.hidden = false;
  } else if (!placed || error.code !== "request-invalid") toast(said, "bad");
}
