// The entry of every page: small manners, forms, login. Loads what a page does not need only when it is used.
import { bearer, call, reach } from "./api.js";
import { wire } from "./forms.js";
import * as keys from "./keys.js";
import { logIn, logOut } from "./session.js";
import { t } from "./texts.js";
import { toast } from "./toast.js";
import { WalletError, addressFrom } from "./wallet.js";

wire();
if (keys.held(document.body.dataset.address)) document.getElementById("demo-bar")?.removeAttribute("hidden");

document.addEventListener("click", async (event) => {
  const target = event.target.closest("[data-copy], [data-toggle], [data-theme-toggle], [data-log-out], [data-wallet], [data-print]");
  if (!target) return;
  const data = target.dataset;
  if ("copy" in data) {
    await navigator.clipboard.writeText(data.copy);
    toast(t("copied"));
  } else if ("toggle" in data) {
    const open = document.getElementById(data.toggle).classList.toggle("open");
    target.setAttribute("aria-expanded", String(open));
  } else if ("themeToggle" in data) theme();
  else if ("logOut" in data) await logOut().catch((error) => toast(error.message, "bad"));
  else if ("print" in data) window.print();
  else if ("wallet" in data) await chosen(target);
});

function theme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  document.cookie = `tenor_theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
}

async function chosen(button) {
  const place = document.querySelector("[data-login-error]");
  const next = document.querySelector("[data-login]").dataset.next;
  if (button.dataset.wallet === "demo" && keys.known().length === 0) return location.assign("/demo");
  button.disabled = true;
  place.hidden = true;
  try {
    await logIn(button.dataset.wallet, await addressFrom(button.dataset.wallet));
    location.assign(next);
  } catch (error) {
    place.textContent = error instanceof WalletError && error.code === -4 ? t("login_declined") : error.message;
    place.hidden = false;
    button.disabled = false;
  }
}

for (const element of document.querySelectorAll("[data-live]")) live(element);

/** data-live="/fragment" data-every="5": the server's own markup, fetched again while the page is looked at. */
function live(element) {
  setInterval(async () => {
    if (document.hidden) return;
    const answer = await bearer().then(() => reach(element.dataset.live)).catch(() => null);
    if (answer?.ok) element.innerHTML = answer.text;
  }, Number(element.dataset.every ?? 5) * 1000);
}

for (const form of document.querySelectorAll("form[data-submit-on-change]")) form.addEventListener("change", () => form.requestSubmit());

const unread = document.querySelector("[data-unread]");
if (unread) {
  lookForNotices();
  setInterval(() => document.hidden || lookForNotices(), 30_000);
}

/** The number beside the bell. Whatever goes wrong here is none of the page's business. */
async function lookForNotices() {
  const seen = await call("GET", "/v1/notices/unread").catch(() => null);
  if (!seen) return;
  unread.className = seen.count ? "unread" : "";
  unread.textContent = seen.count ? (seen.count < 100 ? seen.count : "99+") : "";
  unread.title = seen.count ? unread.dataset.unread : "";
}
