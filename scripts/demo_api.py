"""A client of the HTTP API with keypairs as wallets. Knows the API's documents and nothing else of Tenor."""

import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx
from stellar_sdk import Keypair, TransactionEnvelope

_WAIT_SECONDS = 120
_FINAL = {"confirmed", "failed", "expired"}

Json = dict[str, Any]


class Unexpected(Exception):
    """The API answered what the story does not tell."""


class Refused(Exception):
    """A problem (RFC 9457): `code` is stable, `detail` the sentence for people."""

    def __init__(self, status: int, problem: Json) -> None:
        super().__init__(
            f"{status} {problem.get('code')}: {problem.get('detail')} {problem.get('errors') or ''}".strip()
        )
        self.status, self.code, self.detail = status, problem.get("code"), problem.get("detail")


@dataclass(eq=False)
class Wallet:
    """A person: the key stays here, the API sees signatures."""

    name: str
    keypair: Keypair
    token: str | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        return self.keypair.public_key


class Api:
    """Every call raises `Refused` with the API's own sentence when it does not succeed."""

    def __init__(self, url: str, passphrase: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=60)
        self._passphrase = passphrase

    def log_in(self, who: Wallet) -> None:
        """SEP-10: fetch a challenge, sign it, get a token."""
        challenge = self.get("/auth", account=who.address)
        answer = self.post("/auth", {"transaction": self._signed(challenge["transaction"], who)})
        who.token = answer["token"]

    def get(self, path: str, who: Wallet | None = None, **query: str | int | None) -> Any:
        given = {name: value for name, value in query.items() if value is not None}
        return self._answer(self._client.get(path, params=given, headers=_headers(who)))

    def post(self, path: str, body: Json | None = None, who: Wallet | None = None) -> Any:
        """Every POST carries a key of its own, so that repeating it would change nothing."""
        headers = {**_headers(who), "Idempotency-Key": f'"{uuid.uuid4()}"'}
        return self._answer(self._client.post(path, json=body, headers=headers))

    def put(self, path: str, body: Json, who: Wallet | None = None) -> Any:
        return self._answer(self._client.put(path, json=body, headers=_headers(who)))

    def upload(self, path: str, name: str, content: bytes, who: Wallet) -> Any:
        headers = {**_headers(who), "Idempotency-Key": f'"{uuid.uuid4()}"'}
        return self._answer(self._client.post(path, files={"file": (name, content)}, headers=headers))

    def sign(self, drafted: Json, who: Wallet) -> Json:
        """Sign a drafted transaction, hand it in, wait until the ledger has it; the transaction as it then is."""
        signed = self._signed(drafted["unsigned_xdr"], who)
        self.post(f"/v1/transactions/{drafted['id']}/signature", {"signed_xdr": signed}, who)
        return self.settled(drafted["id"], who)

    def settled(self, transaction_id: str, who: Wallet) -> Json:
        """Wait until a transaction is confirmed; `Unexpected` when it ends otherwise."""
        found = self.wait(
            f"/v1/transactions/{transaction_id}", who, lambda transaction: transaction["status"] in _FINAL
        )
        if found["status"] != "confirmed":
            raise Unexpected(f"{found['purpose']} is {found['status']}: {found.get('error')}")
        return found

    def wait(self, path: str, who: Wallet | None, until: Any, **query: str | int | None) -> Any:
        """Ask again until `until(answer)`; the projection follows the ledger within seconds."""
        give_up = time.monotonic() + _WAIT_SECONDS
        while True:
            found = self.get(path, who, **query)
            if until(found):
                return found
            if time.monotonic() > give_up:
                raise Unexpected(f"{path} did not change in {_WAIT_SECONDS} s: {str(found)[:600]}")
            time.sleep(0.1)

    def _signed(self, envelope_xdr: str, who: Wallet) -> str:
        envelope = TransactionEnvelope.from_xdr(envelope_xdr, self._passphrase)
        envelope.sign(who.keypair)
        return envelope.to_xdr()

    def _answer(self, answer: httpx.Response) -> Any:
        if answer.is_error:
            raise Refused(answer.status_code, _problem(answer))
        return answer.json() if answer.content else None


def _headers(who: Wallet | None) -> dict[str, str]:
    return {} if who is None or who.token is None else {"Authorization": f"Bearer {who.token}"}


def _problem(answer: httpx.Response) -> Json:
    try:
        found: Json = answer.json()
    except ValueError:
        return {"detail": answer.text[:300]}
    return found
