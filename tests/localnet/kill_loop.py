"""Kills a network while accounts pay one another on it, and says what was answered as applied and is not there."""

import random
import signal
import threading
import time
from dataclasses import dataclass, field

from localnet_kit import Net, wait_until
from stellar_sdk import Account, Asset, Keypair, Network, TransactionBuilder

PASSPHRASE = Network.STANDALONE_NETWORK_PASSPHRASE
WRITERS = 2


@dataclass
class Payer:
    """One account that pays itself again and again, and remembers which payments it was told are applied."""

    keypair: Keypair
    sequence: int
    applied: list[tuple[str, int]] = field(default_factory=list)

    def pay(self, net: Net) -> None:
        """Until the network is gone; a payment counts as told when getTransaction says so."""
        try:
            while True:
                self._pay_once(net)
        except Exception:  # noqa: BLE001  whatever a dying process does to a connection
            return

    def _pay_once(self, net: Net) -> None:
        account = Account(self.keypair.public_key, self.sequence)
        builder = TransactionBuilder(account, PASSPHRASE).add_time_bounds(0, 0)
        envelope = builder.append_payment_op(self.keypair.public_key, Asset.native(), "1").build()
        envelope.sign(self.keypair)
        sent = net.rpc("sendTransaction", {"transaction": envelope.to_xdr()})["result"]
        assert sent["status"] == "PENDING", sent
        told = net.rpc("getTransaction", {"hash": sent["hash"]})["result"]
        assert told["status"] == "SUCCESS", told
        self.applied.append((sent["hash"], told["ledger"]))
        self.sequence += 1


def survive(net: Net, kills: int, seed: int) -> int:
    """Kills and restarts the network `kills` times; returns how many applied payments were checked.

    Every payment answered as applied is found in the same ledger again, headers still chain, and the log opens."""
    chance = random.Random(seed)
    payers = [Payer(person, int(net.account(person).sequence)) for person in (net.person() for _ in range(WRITERS))]
    for number in range(kills):
        writers = [threading.Thread(target=payer.pay, args=(net,)) for payer in payers]
        before = _told(payers)
        for writer in writers:
            writer.start()
        if number % 2:
            # However slow the machine is, something was told before this kill; before the others perhaps nothing.
            wait_until(lambda before=before: _told(payers) > before)
        time.sleep(chance.uniform(0.0, 0.05))
        if number % 5 == 4:
            # In the middle of writing the log anew.
            threading.Thread(target=_compact, args=(net,)).start()
            time.sleep(chance.uniform(0.0, 0.01))
        net.stop(signal.SIGKILL)
        for writer in writers:
            writer.join()
        net.start()
        for payer in payers:
            _check(net, payer)
    return _told(payers)


def _told(payers: list[Payer]) -> int:
    return sum(len(payer.applied) for payer in payers)


def _compact(net: Net) -> None:
    try:
        net.control("compact")
    except Exception:  # noqa: BLE001  the process may be gone by now
        return


def _check(net: Net, payer: Payer) -> None:
    for tx_hash, ledger in payer.applied[-20:]:
        told = net.rpc("getTransaction", {"hash": tx_hash})["result"]
        assert (told["status"], told["ledger"]) == ("SUCCESS", ledger), (tx_hash, told)
    sequence = int(net.http("/accounts/" + payer.keypair.public_key)[1]["sequence"])
    assert sequence >= payer.sequence, "an applied payment is gone"
    payer.sequence = sequence
    latest = net.rpc("getLatestLedger")["result"]["sequence"]
    page = net.rpc("getLedgers", {"startLedger": max(latest - 20, 1), "pagination": {"limit": 25}})["result"]
    assert [entry["sequence"] for entry in page["ledgers"]] == list(range(max(latest - 20, 1), latest + 1))
