"""Listing, attesting, cancelling on the real ledger; what goes wrong between the quote and the marketplace."""

from dataclasses import replace
from uuid import UUID

from people import Person
from sqlalchemy import func, select, update
from stellar_sdk import Keypair, TransactionEnvelope
from trade import Trade, fields_of

from invoice_files import ubl
from tenor.chain import flows as chain
from tenor.chain.models import ChainTransaction
from tenor.db import Maker, transaction
from tenor.invoices import listing
from tenor.invoices.models import Escrow, Invoice, Quote
from tenor.ledger import calls


async def ready(trade: Trade) -> tuple[Person, Person]:
    """A seller and a debtor with a wallet; prices are published."""
    seller, debtor = await trade.person("seller"), await trade.person()
    await trade.card()
    await trade.debtor(address=debtor.wallet.public_key)
    return seller, debtor


async def test_p027_a_listing_that_is_never_signed_leaves_the_invoice_where_it_was(
    trade: Trade, database: Maker
) -> None:
    seller, _ = await ready(trade)
    found = await trade.accepted(seller)
    path = f"/v1/invoices/{found['id']}"
    first = (await seller.post(f"{path}/escrow")).json()
    assert (await seller.post(f"{path}/escrow")).json()["id"] == first["id"]
    assert (await seller.get(path)).json()["status"] == "listing"
    assert (await seller.post(f"{path}/quote", json={})).json()["code"] == "move-refused"
    assert (await seller.post(f"{path}/cancellation")).json()["code"] == "already-listed"
    async with transaction(database) as session:
        await session.execute(
            update(ChainTransaction).where(ChainTransaction.id == UUID(first["id"])).values(valid_until=1)
        )
    await trade.wallet()  # a ledger closes after the bounds: only that proves the envelope dead
    await trade.settle()
    assert (await seller.get(f"/v1/transactions/{first['id']}")).json()["status"] == "expired"
    assert (await seller.get(path)).json()["status"] == "accepted"
    again = await trade.sign(seller, await seller.post(f"{path}/escrow"))
    assert again["status"] == "confirmed"
    assert (await seller.get(path)).json()["status"] == "awaiting_attestation"


async def test_p026_a_foreign_or_altered_signature_lists_nothing(trade: Trade, database: Maker) -> None:
    seller, _ = await ready(trade)
    found = await trade.accepted(seller)
    drafted = (await seller.post(f"/v1/invoices/{found['id']}/escrow")).json()
    path = f"/v1/transactions/{drafted['id']}/signature"
    envelope = TransactionEnvelope.from_xdr(drafted["unsigned_xdr"], drafted["network_passphrase"])
    unsigned = await seller.post(path, json={"signed_xdr": envelope.to_xdr()})
    envelope.sign(Keypair.random())
    foreign = await seller.post(path, json={"signed_xdr": envelope.to_xdr()})
    envelope.signatures.clear()
    envelope.transaction.fee += 1
    envelope.sign(seller.wallet)
    altered = await seller.post(path, json={"signed_xdr": envelope.to_xdr()})
    for refused in (unsigned, foreign, altered):
        assert 400 <= refused.status_code < 500, refused.text
    await trade.settle()
    async with transaction(database) as session:
        listed = select(func.count()).where(Escrow.seller == seller.wallet.public_key)
        assert await session.scalar(listed) == 0


async def test_a_seller_who_is_not_approved_is_told_so_before_signing(trade: Trade) -> None:
    await ready(trade)
    other = await trade.log_in(await trade.wallet())
    account_id = (await other.get("/v1/me")).json()["id"]
    (await (await trade.platform("admin")).put(f"/v1/accounts/{account_id}/roles/seller")).raise_for_status()
    found = await trade.accepted(other)
    refused = await other.post(f"/v1/invoices/{found['id']}/escrow")
    assert refused.status_code in {403, 409, 422}, refused.text
    assert "not approved" in refused.json()["detail"]
    assert (await other.get(f"/v1/invoices/{found['id']}")).json()["status"] == "accepted"


async def test_p083_terms_that_the_platform_did_not_quote_are_never_attested(trade: Trade, database: Maker) -> None:
    seller, _ = await ready(trade)
    found = await trade.accepted(seller)
    path = f"/v1/invoices/{found['id']}"
    (await seller.post(f"{path}/escrow")).raise_for_status()
    async with transaction(database) as session:
        invoice = await session.get_one(Invoice, UUID(found["id"]))
        quote = await session.get_one(Quote, UUID(found["quote"]["id"]))
        assert invoice.document_root is not None
        quoted = listing.terms_of(quote, invoice.document_root)
        own = await chain.draft(
            session,
            trade.world,
            actor_address=seller.wallet.public_key,
            purpose="create_escrow",
            purpose_key="terms of his own",
            subject=str(invoice.id),
            call=calls.create_escrow(
                trade.world.deployment.escrow,
                seller=seller.wallet.public_key,
                reference=listing.reference_of(invoice.id),
                terms=replace(quoted, claim=quoted.claim + 1),
            ),
            account_id=invoice.seller_account_id,
        )
    envelope = TransactionEnvelope.from_xdr(str(own.envelope_xdr), trade.world.ledger.passphrase)
    envelope.sign(seller.wallet)
    signed = {"signed_xdr": envelope.to_xdr()}
    (await seller.post(f"/v1/transactions/{own.id}/signature", json=signed)).raise_for_status()
    await trade.settle()
    assert (await seller.get(path)).json()["status"] == "awaiting_attestation"
    refused = await (await trade.platform("operator")).post(f"{path}/attestation")
    assert (refused.status_code, refused.json()["code"]) == (409, "terms-not-quoted")


async def test_attestation_waits_for_the_ledger_and_for_the_debtors_wallet(trade: Trade) -> None:
    seller = await trade.person("seller")
    await trade.card()
    debtor = await trade.debtor()
    operator, admin = await trade.platform("operator"), await trade.platform("admin")
    found = await trade.accepted(seller)
    path = f"/v1/invoices/{found['id']}"
    early = await operator.post(f"{path}/attestation")
    assert (early.status_code, early.json()["code"]) == (409, "not-listed")
    await trade.sign(seller, await seller.post(f"{path}/escrow"))
    walletless = await operator.post(f"{path}/attestation")
    assert (walletless.status_code, walletless.json()["code"]) == (409, "debtor-without-wallet")
    wallet = await trade.wallet()
    change = {"address": wallet.public_key, "reason": "The debtor sent its address"}
    (await trade.client.patch(f"/v1/debtors/{debtor['id']}", headers=admin.headers, json=change)).raise_for_status()
    ordered = [await operator.post(f"{path}/attestation") for _ in range(2)]
    assert [answer.status_code for answer in ordered] == [202, 202]
    assert ordered[0].json()["id"] == ordered[1].json()["id"], "one order, however often it is asked for"
    await trade.settle()
    assert (await seller.get(path)).json()["status"] == "listed"
    after = await operator.post(f"{path}/attestation")
    assert after.json()["status"] == "confirmed"


async def test_cancelling_an_open_invoice_frees_it_for_another_listing(trade: Trade) -> None:
    seller, _ = await ready(trade)
    invoice = await trade.sample()
    found = await trade.listed(seller, invoice)
    assert found["status"] == "listed"
    path = f"/v1/invoices/{found['id']}"
    asked = await seller.post(f"{path}/cancellation")
    told = asked.json()["transaction"]
    envelope = TransactionEnvelope.from_xdr(told["unsigned_xdr"], told["network_passphrase"])
    envelope.sign(seller.wallet)
    signed = {"signed_xdr": envelope.to_xdr()}
    (await seller.post(f"/v1/transactions/{told['id']}/signature", json=signed)).raise_for_status()
    await trade.settle()
    assert (await seller.get(path)).json()["status"] == "cancelled"
    withdrawn = await seller.post(f"{path}/cancellation")
    assert withdrawn.json()["invoice"]["status"] == "withdrawn"
    again = await trade.listed(seller, invoice)
    assert again["status"] == "listed"
    assert again["chain_id"] != found["chain_id"]


async def test_a_debtor_who_confirms_before_listing_earns_the_seller_a_better_price(trade: Trade) -> None:
    seller, debtor = await ready(trade)
    found = await trade.confirmed(seller)
    path = f"/v1/invoices/{found['id']}"
    plain = (await seller.post(f"{path}/quote", json={})).json()
    seen = await debtor.get(path)
    assert seen.json()["terms"]["amount_due"] == "1000.00"
    assert seen.json()["quote"] is None, "what the seller is offered is not the debtor's business"
    assert (await debtor.get(f"{path}/reading")).status_code == 404
    owed = {"amount_due": "1000.00", "due_date": seen.json()["terms"]["due_date"]}
    other = await debtor.post(f"{path}/confirmation", json=owed | {"amount_due": "999.00"})
    assert (other.status_code, other.json()["code"]) == (409, "debt-differs")
    confirmed = await debtor.post(f"{path}/confirmation", json=owed)
    assert confirmed.json()["debtor_confirmed_at"]
    better = (await seller.post(f"{path}/quote", json={})).json()
    assert "acknowledgement_adjustment" in {factor["name"] for factor in better["factors"]}
    assert float(better["payout"]) > float(plain["payout"])
    assert (await debtor.post(f"{path}/acknowledgement")).json()["code"] == "not-listed"
    taken = await seller.post(f"{path}/acceptance", json={"quote_id": better["id"]})
    assert taken.status_code == 200
    confirmed_again = await seller.put(f"{path}/terms", json=fields_of(await trade.sample(number="R-1")))
    assert confirmed_again.json()["debtor_confirmed_at"] is None, "the debtor confirmed other fields"


async def test_two_files_of_one_seller_get_two_ids_on_the_ledger(trade: Trade) -> None:
    seller, _ = await ready(trade)
    first = await trade.on_ledger(seller)
    second = await trade.on_ledger(seller)
    assert first["chain_id"] != second["chain_id"]
    upload = await seller.post("/v1/invoices", files={"file": ("a.xml", ubl(await trade.sample()))})
    proof = await seller.get(f"/v1/invoices/{upload.json()['id']}/proof", params={"fields": ["number"]})
    assert (proof.status_code, proof.json()["code"]) == (409, "not-listed")
    unknown = await seller.get(f"/v1/invoices/{first['id']}/proof", params={"fields": ["salary"]})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "commitment-invalid")
