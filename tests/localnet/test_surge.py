"""A ledger holds so much of each lane: the best bids go in, each pays what the lowest of them offers, others wait."""

from collections.abc import Callable

from localnet_kit import Net, error_code, meta_of, result_of
from stellar_sdk import Asset, Keypair, TransactionBuilder, TransactionEnvelope, scval, xdr

Start = Callable[..., Net]


def crowd(net: Net, size: int) -> list[Keypair]:
    """Funded accounts, made with few transactions."""
    payer, people = net.person(), [Keypair.random() for _ in range(size)]
    for chunk in (people[at : at + 100] for at in range(0, size, 100)):
        builder = net.builder(payer)
        for person in chunk:
            builder.append_create_account_op(person.public_key, "20")
        assert net.submit(builder, payer).status.value == "SUCCESS"
    return people


def bulk(net: Net, source: Keypair, operations: int, fee: int) -> TransactionEnvelope:
    builder = TransactionBuilder(net.account(source), net_passphrase(net), base_fee=fee).add_time_bounds(0, 0)
    for _ in range(operations):
        builder.append_bump_sequence_op(0)
    envelope = builder.build()
    envelope.sign(source)
    return envelope


def net_passphrase(net: Net) -> str:
    passphrase = net.server.get_network().passphrase
    assert passphrase is not None
    return passphrase


def test_the_classic_lane_takes_the_best_bids_at_the_lowest_of_their_rates(start_net: Start) -> None:
    net = start_net("--close", "instant")
    people = crowd(net, 12)
    net.control("mode", close="manual")
    fees = [100 + 50 * place for place in range(12)]
    envelopes = [bulk(net, person, 100, fee) for person, fee in zip(people, fees, strict=True)]
    for envelope in envelopes:
        assert net.send(envelope).status.value == "PENDING"
    net.control("close")
    done = [net.server.get_transaction(envelope.hash_hex()) for envelope in envelopes]
    assert [answer.status.value for answer in done] == ["NOT_FOUND"] * 2 + ["SUCCESS"] * 10
    charged = {result_of(answer).fee_charged.int64 for answer in done[2:]}
    assert charged == {100 * fees[2]}
    stats = net.rpc("getFeeStats")["result"]["inclusionFee"]
    assert stats["max"] == str(fees[2])
    meta = xdr.LedgerCloseMeta.from_xdr(net.rpc("getLatestLedger")["result"]["metadataXdr"])
    assert meta.v2 is not None
    phase = meta.v2.tx_set.v1_tx_set.phases[0]  # type: ignore[union-attr]
    component = phase.v0_components[0].txs_maybe_discounted_fee  # type: ignore[index]
    assert component is not None
    assert component.base_fee is not None
    assert component.base_fee.int64 == fees[2]
    net.control("close")
    late = [net.server.get_transaction(envelope.hash_hex()) for envelope in envelopes[:2]]
    assert [answer.status.value for answer in late] == ["SUCCESS"] * 2
    assert result_of(late[0]).fee_charged.int64 == 100 * 100


def test_a_full_queue_names_the_fee_that_would_do_and_lets_a_better_bid_in(start_net: Start) -> None:
    net = start_net("--close", "instant")
    people = crowd(net, 22)
    net.control("mode", close="manual")
    waiting = [bulk(net, person, 100, 200) for person in people[:20]]
    assert {net.send(envelope).status.value for envelope in waiting} == {"PENDING"}
    same = bulk(net, people[20], 100, 200)
    refused = net.send(same)
    assert (refused.status.value, error_code(refused)) == ("ERROR", "txINSUFFICIENT_FEE")
    assert refused.error_result_xdr is not None
    assert xdr.TransactionResult.from_xdr(refused.error_result_xdr).fee_charged.int64 == 20_001
    assert net.send(same).status.value == "TRY_AGAIN_LATER"
    assert net.send(bulk(net, people[21], 100, 201)).status.value == "PENDING"
    net.control("close", ledgers=2)
    states = [net.server.get_transaction(envelope.hash_hex()).status.value for envelope in waiting]
    assert sorted(states) == ["NOT_FOUND"] + ["SUCCESS"] * 19


def test_the_contract_lane_is_apart_and_full_by_its_written_bytes(start_net: Start) -> None:
    net = start_net("--close", "instant")
    people = crowd(net, 5)
    contract = net.deploy(net.person())
    ready = []
    for place, person in enumerate(people[:4]):
        arguments = [scval.to_address(person.public_key), scval.to_symbol(f"k{place}"), scval.to_uint32(place)]
        call = net.builder(person, fee=1_000 + place).append_invoke_contract_function_op(contract, "put", arguments)
        envelope = net.server.prepare_transaction(call.build())
        data = envelope.transaction.soroban_data
        assert data is not None
        # Two such writes fill a ledger of 286,720 bytes.
        data.resources.write_bytes = xdr.Uint32(120_000)
        data.resource_fee = xdr.Int64(data.resource_fee.int64 + 2_000_000)
        envelope.transaction.fee += 2_000_000
        envelope.sign(person)
        ready.append(envelope)
    classic = bulk(net, people[4], 1, 100)
    net.control("mode", close="manual")
    for envelope in [*ready, classic]:
        assert net.send(envelope).status.value == "PENDING"
    net.control("close")
    done = [net.server.get_transaction(envelope.hash_hex()) for envelope in ready]
    assert [answer.status.value for answer in done] == ["NOT_FOUND"] * 2 + ["SUCCESS"] * 2
    for answer in done[2:]:
        ext = meta_of(answer).soroban_meta.ext.v1  # type: ignore[union-attr]
        assert ext is not None
        resource = ext.total_non_refundable_resource_fee_charged.int64 + ext.total_refundable_resource_fee_charged.int64
        assert result_of(answer).fee_charged.int64 - resource == 1_002
    alone = net.server.get_transaction(classic.hash_hex())
    assert (alone.status.value, result_of(alone).fee_charged.int64) == ("SUCCESS", 100)
    net.control("close")
    assert [net.server.get_transaction(e.hash_hex()).status.value for e in ready] == ["SUCCESS"] * 4


def test_a_pending_payment_to_nobody_keeps_its_place(start_net: Start) -> None:
    net = start_net("--close", "instant")
    person = net.person()
    net.control("mode", close="manual")
    builder = net.builder(person).append_payment_op(Keypair.random().public_key, Asset.native(), "1")
    envelope = builder.build()
    envelope.sign(person)
    assert net.send(envelope).status.value == "PENDING"
    assert net.send(envelope).status.value == "DUPLICATE"
    net.control("close")
    assert net.server.get_transaction(envelope.hash_hex()).status.value == "FAILED"
