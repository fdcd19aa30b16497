"""Funding, selling, pushes and claims through the API on the real contracts, compared with the ledger to the unit."""

from stage import DAY, USDC, Stage
from stellar_sdk import Keypair

from tenor.ledger import calls


async def test_three_investors_fund_and_the_completing_one_pays_the_seller(stage: Stage) -> None:
    seller, debtor = await stage.person(), await stage.person()
    ines, ivo, iris, late = [await stage.person() for _ in range(4)]
    chain_id = await stage.listed(seller, debtor)
    before = await stage.balance(seller.wallet.public_key)

    for investor, units in ((ines, 400), (ivo, 300)):
        done = await stage.invest(investor, chain_id, units * USDC)
        assert done["status"] == "confirmed", done
        assert done["preview"]
    assert await stage.balance(seller.wallet.public_key) == before

    # She offers 500, 200 are left: 300 come back in the same call, and the seller is paid in it.
    done = await stage.invest(iris, chain_id, 500 * USDC, 100 * USDC)
    assert done["status"] == "confirmed", done
    assert await stage.balance(iris.wallet.public_key) == (10_000 - 200) * USDC
    assert await stage.balance(seller.wallet.public_key) == before + 891 * USDC
    assert await stage.balance(stage.world.signer.address("treasury")) >= 9 * USDC

    terms_hash = (await late.get(f"/v1/marketplace/{chain_id}")).json()["terms_hash"]
    refused = await late.post(
        "/v1/investments",
        json={"chain_id": chain_id, "max_amount": "100", "min_amount": "100", "terms_hash": terms_hash},
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "already-funded")

    shown = (await iris.get("/v1/positions")).json()["items"]
    assert [(p["chain_id"], p["shares"], p["invested"], p["status"]) for p in shown] == [
        (chain_id, "200.0000000", "200.0000000", "funded")
    ]
