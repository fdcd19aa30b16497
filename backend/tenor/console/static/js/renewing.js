// A page that came with a stale login: renew it and come back, or go on as nobody. Offline, it waits.
import { renew } from "./api.js";

const AGAIN_MS = 3000;

async function renewed() {
  try {
    await renew();
    location.reload();
  } catch {
    setTimeout(renewed, AGAIN_MS);
  }
}

await renewed();
