"""An invoice over the API, from its file to the marketplace, on the real ledger."""

from trade import Trade, fields_of

from invoice_files import ubl
from tenor.invoices.commitment import verify


async def test_from_file_to_acknowledged_listing(trade: Trade) -> None:
    seller, debtor = await trade.person("seller"), await trade.person()
    await trade.card()
    await trade.debtor(address=debtor.wallet.public_key)
    invoice = await trade.sample()

    first = await seller.post("/v1/invoices", files={"file": ("my invoice.xml", ubl(invoice))})
    assert (first.status_code, first.json()["status"]) == (201, "received")
    assert first.json()["file"]["scan"] == "not_scanned"
    again = await seller.post("/v1/invoices", files={"file": ("other name.xml", ubl(invoice))})
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    path = f"/v1/invoices/{first.json()['id']}"

    await trade.read()
    reading = (await seller.get(f"{path}/reading")).json()
    assert reading["fields"]["amount_due"] | {"alternatives": []} == {
        "value": "1000.00",
        "source": "xml",
        "confidence_bps": 9_900,
        "page": None,
        "box": None,
        "alternatives": [],
        "doubtful": False,
    }
    corrected = fields_of(invoice) | {"debtor_name": "Atelier Lumen"}
    confirmed = await seller.put(f"{path}/terms", json=corrected)
    assert (confirmed.status_code, confirmed.json()["status"]) == (200, "confirmed")
    assert confirmed.json()["debtor_verified"]
    (correction,) = (await seller.get(f"{path}/reading")).json()["corrections"]
    assert (correction["field"], correction["after"]) == ("debtor_name", "Atelier Lumen")

    quote = (await seller.post(f"{path}/quote", json={"recourse": False})).json()
    assert quote["advance"] == "850.0000000"
    assert quote["payout"] == "841.5000000"
    assert [factor["name"] for factor in quote["factors"]][:3] == ["face", "advance_rate", "base_rate"]
    accepted = await seller.post(f"{path}/acceptance", json={"quote_id": quote["id"]})
    assert accepted.json()["status"] == "accepted"

    drafted = await seller.post(f"{path}/escrow")
    assert drafted.status_code == 201, drafted.text
    assert drafted.json()["warnings"] == []
    assert drafted.json()["preview"]
    assert (await seller.get(path)).json()["status"] == "listing"
    sent = await trade.sign(seller, drafted)
    assert sent["status"] == "confirmed", sent
    listed = (await seller.get(path)).json()
    assert listed["status"] == "awaiting_attestation"

    attestation = await (await trade.platform("operator")).post(f"{path}/attestation")
    assert attestation.status_code == 202, attestation.text
    await trade.settle()
    listed = (await seller.get(path)).json()
    assert listed["status"] == "listed"
    assert listed["escrow"]["attested"]

    acknowledged = await trade.sign(debtor, await debtor.post(f"{path}/acknowledgement"))
    assert acknowledged["status"] == "confirmed", acknowledged
    offer = (await trade.client.get(f"/v1/marketplace/{listed['chain_id']}")).json()
    assert offer["acknowledged"]
    assert offer["grade"] == "B"
    assert offer["document"] == listed["escrow"]["document"]

    proof = await seller.get(f"{path}/proof", params={"fields": ["amount_due", "due_date"]})
    shown = verify(proof.text, root=bytes.fromhex(offer["document"]))
    assert shown == {"amount_due": "100000", "due_date": invoice.due_date.isoformat()}
