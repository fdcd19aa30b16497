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

/** `fetch` with the whole body, whose failure is a sentence: the server could not be reached. */
export async function reach(path, options) {
  try {
    const answer = await fetch(path, options);
    const text = await answer.text();
    return { ok: answer.ok, status: answer.status, text, json: () => JSON.parse(text) };
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
    access = answer.ok ? answer.json() : null;
    return access;
  };
  return navigator.locks ? navigator.locks.request("tenor-session", ask) : ask();
}

export function remember(given) {
  access = given;
}

/** `body`: a plain object (JSON) or FormData. Repeats a lost answer with the same Idempotency-Key. */
export async function call(method, path, body, { key = crypto.randomUUID() } = {}) {
  const options = { method };
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["Idempotency-Key"] = key;
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await asked(path, options, headers);
  let parsed = null;
  try {
    parsed = answer.text ? answer.json() : null;
  } catch {
    parsed = { detail: t("failed") };
  }
  if (!answer.ok) throw new Problem(answer.status, parsed ?? {});
  return parsed;
}

/** With the bearer; once more after a moment when the server was away, once more renewed when it took the bearer for old. */
async function asked(path, options, headers) {
  let renewed = false;
  for (let attempt = 0; ; attempt++) {
    const token = await bearer();
    const given = token ? { ...headers, Authorization: `Bearer ${token}` } : headers;
    try {
      const answer = await reach(path, { ...options, headers: given });
      if (answer.status === 401 && token && !renewed) {
        renewed = true; // this machine's clock may be wrong
        access = null;
        continue;
      }
      if (![502, 503, 504].includes(answer.status) || attempt >= 2) return answer;
    } catch (unreached) {
      if (attempt >= 2) throw unreached;
    }
    await new Promise((done) => setTimeout(done, 400 * (attempt + 1)));
  }
}
