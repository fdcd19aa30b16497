// Calls of the API as any client makes them. The access token lives here, in memory, and in no storage.
import { t } from "./texts.js";

export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? body.error ?? t("failed"));
    this.status = status;
    this.code = body.code ?? "";
    this.fields = body.errors ?? [];
  }
}

/** `fetch`, whose failure is a sentence: the server could not be reached. */
export async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw new Problem(0, { detail: t("offline") });
  }
}

let access = null; // { token, expires_at }

/** The bearer, renewed in time; null when nobody is logged in. One tab at a time renews: a refresh token works once. */
export async function bearer() {
  if (access && access.expires_at - Date.now() / 1000 > 90) return access.token;
  if (document.body.dataset.loggedIn !== "yes" && !access) return null;
  return (await renew())?.token ?? null;
}

export async function renew() {
  const ask = async () => {
    const answer = await reach("/session", { method: "POST" });
    access = answer.ok ? await answer.json() : null;
    return access;
  };
  return navigator.locks ? navigator.locks.request("tenor-session", ask) : ask();
}

export function remember(given) {
  access = given;
}

/** `body`: a plain object (JSON) or FormData. Repeats a lost answer with the same Idempotency-Key. */
export async function call(method, path, body, { key = crypto.randomUUID() } = {}) {
  const token = await bearer();
  const headers = { Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (method !== "GET") headers["Idempotency-Key"] = key;
  const options = { method, headers };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let answer;
  for (let attempt = 0; ; attempt++) {
    try {
      answer = await reach(path, options);
      if (![502, 503, 504].includes(answer.status) || attempt >= 2) break;
    } catch (unreached) {
      if (attempt >= 2) throw unreached;
    }
    await new Promise((done) => setTimeout(done, 400 * (attempt + 1)));
  }
  const text = await answer.text();
  let parsed = null;
  try {
    parsed = text ? JSON.parse(text) : null;
  } catch {
    parsed = { detail: t("failed") };
  }
  if (!answer.ok) throw new Problem(answer.status, parsed ?? {});
  return parsed;
}
