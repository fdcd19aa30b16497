// Wallets behind one small interface: `address()` and `sign(xdr, { networkPassphrase, address })`. Sends nothing itself.
import * as keys from "./keys.js";
import { t } from "./texts.js";

const CHOSEN = "tenor.wallet";
const ANSWER_MS = 4000;
const ASKED_MAX = 2; // Freighter's module waits for two seconds, and an extension that sleeps may need longer to wake

/** `code` as in SEP-43: -4 the person declined, -1 the wallet failed, -3 our own mistake; "missing": not installed. */
export class WalletError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

let freighterApi = null;

async function freighter() {
  if (!freighterApi) {
    await new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = new URL("../vendor/freighter-api.js", import.meta.url);
      script.onload = done;
      script.onerror = () => failed(new WalletError("missing", t("wallet_module_missing")));
      document.head.append(script);
    });
    freighterApi = window.freighterApi;
  }
  for (let asked = 0; asked < ASKED_MAX; asked++) {
    if ((await freighterApi.isConnected()).isConnected) return freighterApi;
  }
  throw new WalletError("missing", t("wallet_not_installed"));
}

/** A module of Stellar Wallets Kit behind the same interface; its file is loaded when it is first used. */
function ofTheKit(module) {
  const opened = async () => {
    const kit = await import("../vendor/wallets-kit.js").catch(() => {
      throw new WalletError("missing", t("wallet_module_missing"));
    });
    const wallet = new kit[module]();
    if (!(await within(wallet.isAvailable(), ANSWER_MS))) throw new WalletError("missing", t("wallet_not_there", { name: wallet.productName }));
    return wallet;
  };
  const asked = async (question) => {
    try {
      return await question(await opened());
    } catch (error) {
      if (error instanceof WalletError) throw error;
      throw new WalletError(error?.code ?? -1, error?.code === -4 ? t("wallet_declined") : (error?.message ?? t("wallet_failed")));
    }
  };
  return {
    address: () => asked(async (wallet) => checked(await wallet.getAddress(), "address")),
    sign: (xdr, options) => asked(async (wallet) => checked(await wallet.signTransaction(xdr, options), "signedTxXdr")),
  };
}

const WALLETS = {
  freighter: {
    async address() {
      return checked(await (await freighter()).requestAccess(), "address");
    },
    async sign(xdr, options) {
      const api = await freighter();
      // It says no address when it was late, or when it forgot this site: then the person is asked.
      const now = (await api.getAddress()).address || checked(await api.requestAccess(), "address");
      if (now !== options.address) throw new WalletError("account", t("wallet_other_account", { address: options.address }));
      return checked(await api.signTransaction(xdr, options), "signedTxXdr");
    },
  },
  albedo: ofTheKit("AlbedoModule"),
  hana: ofTheKit("HanaModule"),
  lobstr: ofTheKit("LobstrModule"),
  rabet: ofTheKit("RabetModule"),
  xbull: ofTheKit("xBullModule"),
  demo: {
    async address() {
      const all = keys.known();
      if (all.length === 0) throw new WalletError("missing", t("demo_no_key"));
      return all[all.length - 1].address;
    },
    async sign(xdr, { networkPassphrase, address }) {
      if (!keys.held(address)) throw new WalletError("account", t("demo_other_browser"));
      return keys.sign(address, xdr, networkPassphrase);
    },
  },
};

export function remembered() {
  return localStorage.getItem(CHOSEN) ?? "freighter";
}

export function use(name) {
  localStorage.setItem(CHOSEN, name);
}

export async function addressFrom(name) {
  return WALLETS[name].address();
}

/** Signed by the wallet that the session began with; a key kept here signs for its own address whatever was chosen. */
export async function signWith(xdr, options) {
  const name = keys.held(options.address) ? "demo" : remembered();
  return WALLETS[name].sign(xdr, options);
}

/** An extension that cannot reach its background answers with neither result nor error: that is a failure too. */
function checked(answer, field) {
  if (answer?.error) {
    const { code, message } = answer.error;
    throw new WalletError(code ?? -1, code === -4 ? t("wallet_declined") : (message ?? t("wallet_failed")));
  }
  if (!answer?.[field]) throw new WalletError(-1, t("wallet_failed"));
  return answer[field];
}

function within(promise, ms) {
  const late = new Promise((_, fail) => setTimeout(() => fail(new WalletError(-1, t("wallet_silent"))), ms));
  return Promise.race([promise, late]);
}
