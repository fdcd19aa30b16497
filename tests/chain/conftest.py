"""What tests of the chain room share: the engine over a node that we steer."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from chainkit import ASSET, DISTRIBUTOR, ESCROW
from node import Node, served
from submitting import KEYS, NodeClock, Silent, Submitter

from tenor.chain.keys import PlatformKeys
from tenor.chain.rpc import RpcLedger
from tenor.chain.signer import LocalSigner
from tenor.db import Maker
from tenor.world import Deployment, Secrets, SettlementAsset, World


@pytest.fixture
async def node() -> AsyncIterator[Node]:
    async with served(Node()) as node:
        for key in KEYS.values():
            node.accounts[key.public_key] = 100
        yield node


@pytest.fixture
def clock(node: Node) -> NodeClock:
    return NodeClock(node)


@pytest.fixture
async def world(node: Node, clock: NodeClock) -> AsyncIterator[World]:
    """Ledger and signer are the real adapters; what the chain room never touches is absent."""
    unused: Any = None
    secrets = Secrets(b"1" * 32, b"2" * 32, b"3" * 32)
    keys = PlatformKeys(roles=dict(KEYS), issuer=KEYS["admin"], secrets=secrets)  # type: ignore[arg-type]
    async with httpx.AsyncClient() as client:
        yield World(
            ledger=RpcLedger(client, url=node.url, passphrase=node.passphrase, clock=clock),
            signer=LocalSigner(keys, passphrase=node.passphrase),
            documents=unused,
            reader=unused,
            scanner=unused,
            sender=unused,
            nudger=Silent(),
            clock=clock,
            secrets=secrets,
            deployment=Deployment(
                escrow=ESCROW,
                distributor=DISTRIBUTOR,
                assets=(SettlementAsset(ASSET, "USDC", None, 7),),
                first_ledger=1,
                wasm_hashes={},
            ),
        )


@pytest.fixture
def submitter(database: Maker, world: World) -> Submitter:
    return Submitter(database, world, [])
