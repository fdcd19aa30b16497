"""People hear of what the ledger did for them: the seller of money, the holder of a sale; each thing once."""

from people import Person
from stage import USDC, Stage

from tenor.settlements import jobs


async def heard(person: Person) -> list[str]:
    notices = (await person.get("/v1/notices")).raise_for_status().json()["items"]
    return [notice["kind"] for notice in reversed(notices)]


async def test_p097_a_seller_hears_of_funding_payment_and_dispute_once(stage: Stage) -> None:
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    admin = await stage.log_in(stage.keys.roles["admin"])
    chain_id = await stage.listed(seller, debtor)
    await stage.invest(ines, chain_id, 900 * USDC)
    await stage.pay(debtor, chain_id, 100 * USDC)
    await stage.sign(debtor, await debtor.post(f"/v1/invoices/{chain_id}/disputes", json={"reason": "Broken"}))
    while await jobs.due(stage.maker, stage.world):
        await jobs.announce(stage.maker, stage.world, "ledger")
    assert await heard(seller) == ["invoice_funded", "invoice_paid", "invoice_disputed"]
    assert await heard(ines) == []
    first = (await seller.get("/v1/notices")).json()["items"][-1]
    assert first["body"] == "891.0000000 USDC were sent to your wallet."
    assert "invoice_disputed" in await heard(admin)
    await jobs.announce(stage.maker, stage.world, "ledger")
    assert len(await heard(seller)) == 3
