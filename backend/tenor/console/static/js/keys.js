// Throw-away keys of the demo: Ed25519 by the browser's own cryptography. Clearly no place for anything of value.
const STORE = "tenor.demo-keys";
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const PKCS8 = Uint8Array.from([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]);
const SIGNATURE_BYTES = 72; // hint (4), length (4), signature (64)

/** [{ address, seed, name, part, made_at }] */
export function known() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) ?? [];
  } catch {
    return [];
  }
}

export function held(address) {
  return known().find((key) => key.address === address);
}

export function forget(address) {
  localStorage.setItem(STORE, JSON.stringify(known().filter((key) => key.address !== address)));
}

export async function make(name, part) {
  const seed = crypto.getRandomValues(new Uint8Array(32));
  const address = strkey(await publicOf(seed));
  const key = { address, seed: base64(seed), name, part, made_at: new Date().toISOString() };
  localStorage.setItem(STORE, JSON.stringify([...known(), key]));
  return key;
}

/** The base64 envelope with one more signature. */
export async function sign(address, xdr, passphrase) {
  const key = held(address);
  if (!key) throw new Error("no such key");
  const envelope = bytes(xdr);
  const at = signaturesAt(envelope);
  const network = await digest(new TextEncoder().encode(passphrase));
  const hash = await digest(joined(network, envelope.subarray(0, at)));
  const seed = bytes(key.seed);
  const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", await imported(seed), hash));
  const hint = (await publicOf(seed)).subarray(28);
  const count = new DataView(envelope.buffer).getUint32(at) + 1;
  const added = joined(envelope.subarray(0, at), uint32(count), envelope.subarray(at + 4), hint, uint32(64), signature);
  return base64(added);
}

/** Where an envelope's list of signatures begins: found from its end, because each has the same size. */
function signaturesAt(envelope) {
  const view = new DataView(envelope.buffer);
  for (let count = 0; count <= 20; count++) {
    const at = envelope.length - 4 - count * SIGNATURE_BYTES;
    if (at < 8 || view.getUint32(at) !== count) continue;
    let regular = true;
    for (let i = 0; i < count; i++) regular &&= view.getUint32(at + 8 + i * SIGNATURE_BYTES) === 64;
    if (regular) return at;
  }
  throw new Error("not a transaction envelope");
}

const imported = (seed) => crypto.subtle.importKey("pkcs8", joined(PKCS8, seed), "Ed25519", true, ["sign"]);

async function publicOf(seed) {
  const { x } = await crypto.subtle.exportKey("jwk", await imported(seed));
  return bytes(x.replaceAll("-", "+").replaceAll("_", "/"));
}

/** G...: version byte, key, CRC16 (XMODEM, little end first), in base 32. */
function strkey(key) {
  const body = joined(Uint8Array.of(6 << 3), key);
  let crc = 0;
  for (const byte of body) {
    crc ^= byte << 8;
    for (let i = 0; i < 8; i++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  let bits = "";
  for (const byte of joined(body, Uint8Array.of(crc & 255, crc >> 8))) bits += byte.toString(2).padStart(8, "0");
  return bits.match(/.{5}/g).map((five) => ALPHABET[parseInt(five, 2)]).join("");
}

async function digest(data) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data));
}
function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
function uint32(value) {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}
const bytes = (text) => Uint8Array.from(atob(text.padEnd(Math.ceil(text.length / 4) * 4, "=")), (c) => c.charCodeAt(0));
const base64 = (data) => btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(""));
