"""The simulator's model of a transaction's life against the local network itself: the same moves, the same answers."""

from random import Random
from typing import Any

import httpx
import pytest
from lives import Network
from network import running_localnet
from node import PASSPHRASE
from stellar_sdk import Account, Asset, Keypair, TransactionBuilder, TransactionEnvelope, xdr

MOVES, STEP = 24, 1_000
"""Seconds between ledgers: far more than the test takes, because the local network's clock runs on meanwhile."""


class Both:
    """One account on the local network and in the model. `time`: that of each one's newest ledger."""

    def __init__(self, http: httpx.Client, rng: Random) -> None:
        self.http, self.rng = http, rng
        self.key, self.payee = Keypair.random(), Keypair.random()
        for key in (self.key, self.payee):
            self.http.get("/friendbot", params={"addr": key.public_key}).raise_for_status()
        self.control("mode", close="manual")
        self.model = Network(calm=True, pays=lambda _: None)
        self.model.ledger, self.model.closed_at = self.tip()
        self.model.accounts[self.key.public_key] = self.sequence()
        self.known: list[str] = []

    def control(self, what: str, **body: Any) -> None:
        self.http.post(f"/control/{what}", json=body).raise_for_status()

    def rpc(self, method: str, **params: Any) -> dict[str, Any]:
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        result: dict[str, Any] = self.http.post("/rpc", json=body).json()["result"]
        return result

    def tip(self) -> tuple[int, int]:
        health = self.rpc("getHealth")
        return int(health["latestLedger"]), int(health["latestLedgerCloseTime"])

    def sequence(self) -> int:
        key = xdr.LedgerKey(
            xdr.LedgerEntryType.ACCOUNT, account=xdr.LedgerKeyAccount(self.key.xdr_account_id())
        ).to_xdr()
        entry = xdr.LedgerEntryData.from_xdr(self.rpc("getLedgerEntries", keys=[key])["entries"][0]["xdr"])
        assert entry.account is not None
        return entry.account.seq_num.sequence_number.int64

    def new(self) -> str:
        """A payment that fits, or whose sequence was used, or is yet to come; bounded near or far."""
        sequence = self.model.accounts[self.key.public_key] + self.rng.choice((0, 0, 0, -1, 1))
        builder = TransactionBuilder(Account(self.key.public_key, sequence), PASSPHRASE, base_fee=100)
        amount = str(self.rng.randint(1, 900))
        builder.append_payment_op(self.payee.public_key, Asset.native(), amount)
        builder.add_time_bounds(
            0, self.model.closed_at + self.rng.choice((-1, STEP - 1, STEP, STEP + 1, 2 * STEP, 60 * STEP))
        )
        envelope = builder.build()
        envelope.sign(self.key)
        self.known.append(envelope.to_xdr())
        return self.known[-1]

    def send(self, envelope_xdr: str) -> tuple[str, str]:
        theirs = self.rpc("sendTransaction", transaction=envelope_xdr)
        ours = self.model.send_transaction({"transaction": envelope_xdr})
        return shown(theirs), shown(ours)

    def close(self) -> None:
        """One step in both; the local network's clock is put there first."""
        self.control("clock", set=self.model.closed_at + STEP)
        self.model.close(STEP)
        assert self.tip() == (self.model.ledger, self.model.closed_at)

    def outcomes(self) -> tuple[list[Any], list[Any]]:
        hashes = [TransactionEnvelope.from_xdr(each, PASSPHRASE).hash_hex() for each in self.known]
        theirs = [self.rpc("getTransaction", hash=each) for each in hashes]
        ours = [self.model.get_transaction({"hash": each}) for each in hashes]
        return [(f["status"], f.get("ledger")) for f in theirs], [(f["status"], f.get("ledger")) for f in ours]


@pytest.mark.parametrize("seed", range(6))
def test_the_model_lives_as_localnet_does(seed: int, tmp_path: Any) -> None:
    rng = Random(seed)
    with running_localnet(tmp_path / "localnet.log") as url, httpx.Client(base_url=url, timeout=60) as http:
        both = Both(http, rng)
        for number in range(MOVES):
            drawn = rng.randrange(10)
            if drawn < 3:
                both.close()
            else:
                envelope = rng.choice(both.known) if both.known and drawn < 6 else both.new()
                theirs, ours = both.send(envelope)
                assert theirs == ours, f"move {number}"
            theirs_, ours_ = both.outcomes()
            assert theirs_ == ours_, f"move {number}"
        assert both.sequence() == both.model.accounts[both.key.public_key]


def shown(answer: dict[str, Any]) -> str:
    """The status, and with ERROR its code."""
    result = answer.get("errorResultXdr")
    code = "" if result is None else xdr.TransactionResult.from_xdr(result).result.code.name
    return f"{answer['status']} {code}".strip()
