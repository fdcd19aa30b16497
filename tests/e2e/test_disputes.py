"""A dispute, a lower face, the seller's recourse and a change that waits, from the ledger into the books and back."""

from stage import DAY, USDC, Stage

from tenor import replay
from tenor.chain.index import decoder_of
from tenor.invoices.escrows import books_of, deal_of, escrow_of
from tenor.invoices.pricing import claim_at, recourse_due
from tenor.ledger import calls
from tenor.reconcile import reconcile


async def test_h075_h139_what_a_dispute_does_is_in_the_books_to_the_unit(stage: Stage) -> None:
    seller, debtor, ines = [await stage.person() for _ in range(3)]
    escrow, roles = stage.world.deployment.escrow, stage.keys.roles
    chain_id = await stage.listed(seller, debtor)
    await stage.invest(ines, chain_id, 900 * USDC)
    await stage.advance(70 * DAY)
    await stage.invoke(debtor.wallet, calls.open_dispute(escrow, chain_id, by=debtor.address, reason="ab" * 32))
    await stage.advance(5 * DAY)
    await stage.invoke(roles["resolver"], calls.resolve_dispute(escrow, chain_id, reduction_units=100 * USDC))
    await stage.settle()
    await stage.pay(debtor, chain_id, 900 * USDC)
    # The face is 30 below the claim, which is the seller's debt; what has accrued late is nobody's without recourse.
    async with stage.maker() as session:
        row = await escrow_of(session, chain_id)
        now = (await stage.world.ledger.tip()).closed_at
        assert row.face_units == 900 * USDC
        assert 5 * DAY <= row.disputed_seconds < 6 * DAY
        due = recourse_due(deal_of(row), books_of(row), whole=False, at=now)
        claim = claim_at(deal_of(row), books_of(row), now)
    assert due == 30 * USDC == await stage.native(calls.recourse_due(escrow, chain_id, at=now))
    assert claim - 900 * USDC == await stage.native(calls.payoff(escrow, chain_id, at=now))
    await stage.invoke(
        seller.wallet,
        calls.pay_recourse(escrow, chain_id, payer=seller.address, units=due, payment_id="cd" * 32),
    )
    operation = calls.set_fees(origination_bps=1, profit_bps=2)
    await stage.invoke(roles["admin"], calls.schedule(escrow, operation))
    await stage.invoke(roles["admin"], calls.withdraw_op(escrow, operation))
    await stage.settle()
    async with stage.maker() as session:
        row = await escrow_of(session, chain_id)
        assert (row.recourse_paid_units, row.received_units) == (30 * USDC, 900 * USDC)
    money = (await stage.native(calls.get_escrow(escrow, chain_id)))["money"]
    assert (money["recourse_paid"], money["disputed_seconds"]) == (row.recourse_paid_units, row.disputed_seconds)
    found = await reconcile(stage.maker, stage.world)
    assert not found.differences
    assert not found.unbalanced
    assert (await replay.check(stage.maker, decoder_of(stage.world))).different == ()
