"""An invoice's sealed document and its readers: the right follows the shares; what was seen is on file; erasure."""

from base64 import b64decode

import httpx
import pytest
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt
from nacl.public import SealedBox
from nacl.signing import SigningKey
from people import LogIn
from stage import USDC, Stage
from stellar_sdk import Keypair
from trade import Trade

from invoice_files import ubl
from tenor.chain.keys import PlatformKeys
from tenor.db import Maker
from tenor.settings import Settings
from tenor.world import World


@pytest.fixture
def trade(  # noqa: PLR0917 - fixtures are asked for by name
    client: httpx.AsyncClient, database: Maker, world: World, settings: Settings, keys: PlatformKeys, log_in: LogIn
) -> Trade:
    return Trade(client, database, world, settings, keys, log_in)


def opened_by_hand(envelope: bytes, sealed_key: bytes, wallet: Keypair, document_id: str) -> bytes:
    """What a reader does with the published formats alone: no code of ours."""
    own = SigningKey(wallet.raw_secret_key()).to_curve25519_private_key()
    data_key = SealedBox(own).decrypt(sealed_key)
    magic, nonce, sealed = envelope[:9], envelope[9:33], envelope[33:]
    assert magic == b"TENORDOC\x01"
    return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, magic + document_id.encode(), nonce, data_key)


async def test_the_right_to_the_document_follows_the_shares(stage: Stage, trade: Trade) -> None:
    seller, debtor = await trade.person("seller"), await trade.person()
    ines, bert = await stage.person(), await stage.person()
    await trade.card()
    await trade.debtor(address=debtor.wallet.public_key)
    sample = await trade.sample()
    invoice = await trade.listed(seller, sample)
    path = f"/v1/invoices/{invoice['id']}"

    assert (await seller.get(f"{path}/document")).content == ubl(sample)
    assert (await ines.get(f"{path}/document")).status_code == 404
    done = await stage.invest(ines, invoice["chain_id"], 100 * USDC)
    assert done["status"] == "confirmed", done
    assert (await ines.get(f"{path}/document")).content == ubl(sample)
    assert (await bert.get(f"{path}/document/key")).status_code == 404

    key = (await ines.get(f"{path}/document/key")).json()
    envelope = await stage.world.documents.get(key["sealed_cid"])
    assert ubl(sample)[:40] not in envelope
    sealed = b64decode(key["sealed_key"])
    assert opened_by_hand(envelope, sealed, ines.wallet, invoice["id"]) == ubl(sample)

    seen = (await seller.get(f"{path}/trail")).json()
    assert [(line["address"], line["what"]) for line in seen] == [
        (seller.address, "original"),
        (ines.address, "original"),
        (ines.address, "key"),
    ]
    assert (await ines.get(f"{path}/trail")).status_code == 404

    admin = await trade.platform("admin")
    refused = await admin.post(f"{path}/erasure", json={"reason": "asked by mail"})
    assert (refused.status_code, refused.json()["code"]) == (409, "still-needed")


async def test_erasure_destroys_the_key_and_forgets_what_was_read(stage: Stage, trade: Trade) -> None:
    seller = await trade.person("seller")
    await trade.card()
    await trade.debtor()
    invoice = await trade.confirmed(seller)
    path = f"/v1/invoices/{invoice['id']}"
    admin = await trade.platform("admin")
    assert (await seller.post(f"{path}/erasure", json={"reason": "please"})).status_code == 403
    (await seller.post(f"{path}/cancellation")).raise_for_status()

    erased = await admin.post(f"{path}/erasure", json={"reason": "asked by mail"})
    assert erased.status_code == 200, erased.text
    again = await admin.post(f"{path}/erasure", json={"reason": "asked again"})
    assert again.json() == erased.json()

    gone = await seller.get(f"{path}/document")
    assert (gone.status_code, gone.json()["code"]) == (410, "document-erased")
    shown = (await seller.get(path)).json()
    assert (shown["terms"], shown["file"]["name"]) == (None, "erased")
    with pytest.raises(Exception, match="No document is stored"):
        await stage.world.documents.get(invoice["file"]["sealed_cid"])
    assert (await seller.get(f"{path}/reading")).status_code == 409
    assert (await seller.get(f"{path}/trail")).json()[-1]["what"] == "erased: asked by mail"
