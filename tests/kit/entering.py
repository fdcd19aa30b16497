"""A person's own window: Freighter's message protocol answered in the page, signing with the person's real key.

Stands where the extension's content script stands; every signature is made outside the page, as an extension's
background does.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from console import Console, Watched
from people import Person
from playwright.async_api import expect
from stellar_sdk import Keypair, TransactionEnvelope

_SCRIPT = """
window.addEventListener("message", async (event) => {
  if (event.source !== window || event.data?.source !== "FREIGHTER_EXTERNAL_MSG_REQUEST") return;
  const there = event.data.type === "REQUEST_CONNECTION_STATUS";
  const answer = there ? { isConnected: true } : await window.__tenorWallet(event.data);
  if (answer === null) return;
  const head = { source: "FREIGHTER_EXTERNAL_MSG_RESPONSE", messagedId: event.data.messageId };
  window.postMessage({ ...head, ...answer }, location.origin);
});
"""
DECLINED = {"code": -4, "message": "The user rejected this request."}
FAILED = {"code": -1, "message": "The wallet encountered an internal error."}


@dataclass
class FreighterLike:
    """`mood`: approve, decline, fail, silent. `hesitates`: until when it keeps a request to sign before its owner.

    `asked`: the types of all messages, in order.
    """

    keypair: Keypair
    mood: str = "approve"
    hesitates: asyncio.Event | None = None
    asked: list[str] = field(default_factory=list)

    async def answer(self, message: dict[str, Any]) -> dict[str, Any] | None:
        kind = message["type"]
        self.asked.append(kind)
        if self.mood == "silent":
            return None
        if kind in {"REQUEST_ALLOWED_STATUS", "SET_ALLOWED_STATUS"}:
            return {"isAllowed": True}
        if kind in {"REQUEST_ACCESS", "REQUEST_PUBLIC_KEY"}:
            return {"publicKey": self.keypair.public_key}
        if kind == "SUBMIT_TRANSACTION":
            if self.hesitates is not None:
                await self.hesitates.wait()
            return self._signed(message)
        return {"apiError": FAILED, "error": FAILED["message"]}

    def _signed(self, message: dict[str, Any]) -> dict[str, Any]:
        if self.mood in {"decline", "fail"}:
            error = DECLINED if self.mood == "decline" else FAILED
            return {"apiError": error, "error": error["message"], "signedTransaction": ""}
        envelope = TransactionEnvelope.from_xdr(message["transactionXdr"], message["networkPassphrase"])
        envelope.sign(self.keypair)
        return {"signedTransaction": envelope.to_xdr(), "signerAddress": self.keypair.public_key}


async def with_wallet(console: Console, keypair: Keypair, **options: Any) -> tuple[Watched, FreighterLike]:
    """A window with the wallet in it; nobody is logged in."""
    window = await console.window(**options)
    wallet = FreighterLike(keypair)
    context = window.page.context
    await context.expose_function("__tenorWallet", wallet.answer)
    await context.add_init_script(_SCRIPT)
    return window, wallet


async def enter(console: Console, person: Person, **options: Any) -> Watched:
    """The same, logged in by SEP-10 through the login page, which has asked for all it wanted."""
    window, _ = await with_wallet(console, person.wallet, **options)
    await window.open("/login")
    await window.page.get_by_role("button", name="Freighter").click()
    await window.page.wait_for_url(f"{console.base}/market")
    await expect(window.page.locator("[data-unread][class]")).to_be_attached()
    return window
