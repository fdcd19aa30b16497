//! Every settlement path with every entry archived in turn (GR16). The network restores what a footprint names.

use std::vec::Vec as List;

use soroban_sdk::testutils::EnvTestConfig;
use soroban_sdk::xdr::LedgerKey;
use soroban_sdk::{vec, Address, BytesN, Env};
use tenor_distributor::DistributorClient;
use tenor_token::TokenClient as ShareTokenClient;

use super::stage::{Code, Stage, ADVANCE, DAY, FACE};
use crate::types::{Outcome, Status};
use crate::EscrowContractClient;

/// Addresses as text: they outlive the environment that made them.
struct Cast {
    names: [std::string::String; 8],
    ids: [[u8; 32]; 3],
}

struct Set<'a> {
    env: &'a Env,
    escrow: EscrowContractClient<'a>,
    distributor: DistributorClient<'a>,
    asset: Address,
    people: [Address; 5],
    ids: [BytesN<32>; 3],
}

fn on<'a>(env: &'a Env, cast: &Cast) -> Set<'a> {
    let [escrow, distributor, asset, people @ ..] =
        cast.names.clone().map(|name| Address::from_str(env, &name));
    Set {
        env,
        escrow: EscrowContractClient::new(env, &escrow),
        distributor: DistributorClient::new(env, &distributor),
        asset,
        people,
        ids: cast.ids.map(|id| BytesN::from_array(env, &id)),
    }
}

/// A life's end on every road: paid and disputed, paged, claimed, moved; refunded; defaulted and recovered; withdrawn.
fn finish(set: &Set) -> [i128; 6] {
    let Set {
        env,
        escrow,
        distributor,
        people: [debtor, seller, one, two, three],
        ids: [running, doomed, late],
        ..
    } = set;
    // Who must sign is proved elsewhere; here only archived entries are in question.
    env.mock_all_auths();
    let key = BytesN::from_array(env, &[7; 32]);
    escrow.resolve_dispute(running, &Outcome::Rejected);
    escrow.record_payment(debtor, running, &(FACE - FACE / 4), &key);
    assert_eq!(escrow.get_status(running), Status::Settled);
    let token = escrow.get_escrow(running).token;
    let claimed = distributor.claim(&token, one);
    let page = distributor.distribute(&token, &vec![env, two.clone(), three.clone()]);
    ShareTokenClient::new(env, &token).transfer(one, two, &5);
    let refunded = escrow.refund(one, doomed);
    escrow.declare_default(late);
    let split = escrow.pay_off(debtor, late, &FACE, &key);
    let withdrawn = escrow.withdraw_owed(seller, &set.asset);
    [
        claimed,
        page.paid,
        refunded,
        split.to_holders,
        split.fee,
        withdrawn,
    ]
}

#[test]
fn h091_h097_every_road_is_passable_with_every_entry_archived_in_turn() {
    let stage = Stage::on(Code::Wasm);
    let terms = stage.terms();
    let running = stage.funded(&terms);
    stage.pay(&stage.debtor, &running, FACE / 4, 1);
    let doomed = stage.create(2, &terms);
    stage.attest(&doomed);
    stage.fund(&stage.investors[0], &doomed, ADVANCE / 2);
    let late = stage.create(3, &terms);
    stage.attest(&late);
    // The seller's money of the third invoice could not be sent, and waits in the escrow.
    stage.freeze(&stage.seller, true);
    stage.fund(&stage.investors[0], &late, ADVANCE);
    stage.freeze(&stage.seller, false);
    stage.wait_until(terms.due + 21 * DAY);
    stage.dispute(&running);
    stage.wait(DAY);

    let text = |address: &Address| {
        std::string::ToString::to_string(&soroban_sdk::xdr::ScAddress::from(address))
    };
    let cast = Cast {
        names: [
            text(&stage.escrow.address),
            text(&stage.distributor.address),
            text(&stage.asset.address),
            text(&stage.debtor),
            text(&stage.seller),
            text(&stage.investors[0]),
            text(&stage.investors[1]),
            text(&stage.investors[2]),
        ],
        ids: [&running, &doomed, &late].map(BytesN::to_array),
    };
    let snapshot = stage.env.to_ledger_snapshot();
    let places: List<usize> = snapshot
        .ledger_entries
        .iter()
        .enumerate()
        .filter(|(_, (key, (_, until)))| {
            until.is_some()
                && !matches!(**key, LedgerKey::ContractData(ref data) if is_temporary(data))
        })
        .map(|(place, _)| place)
        .collect();
    assert!(places.len() > 20, "{}", places.len());
    let mut expected = None;
    for archived in std::iter::once(None).chain(places.into_iter().map(Some)) {
        let mut snapshot = snapshot.clone();
        if let Some(place) = archived {
            snapshot.ledger_entries[place].1 .1 = Some(snapshot.sequence_number - 1);
        }
        let mut env = Env::from_ledger_snapshot(snapshot);
        env.set_config(EnvTestConfig {
            capture_snapshot_at_drop: false,
        });
        let moved = finish(&on(&env, &cast));
        assert_eq!(
            *expected.get_or_insert(moved),
            moved,
            "archived: {archived:?}"
        );
    }
}

fn is_temporary(data: &soroban_sdk::xdr::LedgerKeyContractData) -> bool {
    data.durability == soroban_sdk::xdr::ContractDataDurability::Temporary
}
