//! Tests of the share token alone: shares and payouts to the unit, by the only two contracts that may move them.

use soroban_sdk::testutils::{
    Address as _, EnvTestConfig, Ledger as _, LedgerInfo, MockAuth, MockAuthInvoke,
};
use soroban_sdk::{vec, Address, BytesN, Env, IntoVal, String, Val, Vec};
use tenor_common::{CommonError, ShareMetadata};

use crate::{Token, TokenClient, TokenError};

struct Stage {
    env: Env,
    token: TokenClient<'static>,
    escrow: Address,
    distributor: Address,
}

impl Stage {
    fn new() -> Stage {
        let env = Env::new_with_config(EnvTestConfig {
            capture_snapshot_at_drop: false,
        });
        // The public network's figures (h102).
        env.ledger().set(LedgerInfo {
            protocol_version: 28,
            sequence_number: 62_000_000,
            timestamp: 1_795_219_200,
            network_id: [9; 32],
            base_reserve: 5_000_000,
            min_temp_entry_ttl: 17_280,
            min_persistent_entry_ttl: 2_073_600,
            max_entry_ttl: 3_110_400,
        });
        let (escrow, distributor, asset) = (
            Address::generate(&env),
            Address::generate(&env),
            Address::generate(&env),
        );
        let metadata = ShareMetadata {
            name: String::from_str(&env, "Tenor invoice share 01020304"),
            symbol: String::from_str(&env, "TN01020304"),
            decimals: 7,
            restricted: false,
        };
        let id = BytesN::from_array(&env, &[1; 32]);
        let address = env.register(Token, (&escrow, &distributor, id, asset, metadata));
        Stage {
            token: TokenClient::new(&env, &address),
            env: env.clone(),
            escrow,
            distributor,
        }
    }

    fn sign<A: IntoVal<Env, Vec<Val>>>(&self, who: &Address, name: &str, args: A) {
        self.env.mock_auths(&[MockAuth {
            address: who,
            invoke: &MockAuthInvoke {
                contract: &self.token.address,
                fn_name: name,
                args: args.into_val(&self.env),
                sub_invokes: &[],
            },
        }]);
    }

    fn holder(&self, shares: i128) -> Address {
        self.minted(shares, false)
    }

    /// The one whose shares complete the supply.
    fn last_holder(&self, shares: i128) -> Address {
        self.minted(shares, true)
    }

    fn minted(&self, shares: i128, last: bool) -> Address {
        let holder = Address::generate(&self.env);
        self.sign(&self.escrow, "mint", (&holder, shares, last));
        self.token.mint(&holder, &shares, &last);
        holder
    }

    fn accrue(&self, units: i128) {
        self.sign(&self.distributor, "accrue", (units,));
        self.token.accrue(&units);
    }

    fn mark_paid(&self, holder: &Address) -> i128 {
        let holders = vec![&self.env, holder.clone()];
        self.sign(&self.distributor, "mark_paid", (holders.clone(),));
        self.token.mark_paid(&holders).get(0).unwrap()
    }

    fn give(&self, from: &Address, to: &Address, shares: i128) {
        self.sign(from, "transfer", (from, to, shares));
        self.token.transfer(from, to, &shares);
    }
}

#[test]
fn h052_every_holder_accrues_without_doing_anything() {
    let stage = Stage::new();
    let (one, two) = (stage.holder(300), stage.holder(100));
    stage.accrue(1_000);
    let holders = vec![&stage.env, one.clone(), two.clone(), stage.escrow.clone()];
    assert_eq!(
        stage.token.accrued_many(&holders),
        vec![&stage.env, 750, 250, 0]
    );
    assert_eq!(
        (stage.token.accrued(&one), stage.token.accrued(&two)),
        (750, 250)
    );
}

#[test]
fn h033_a_transfer_settles_both_sides_first() {
    let stage = Stage::new();
    let (one, two) = (stage.holder(3), stage.last_holder(4));
    stage.accrue(700);
    stage.give(&one, &two, 3);
    stage.accrue(70);
    // A third does not divide: the floor is paid and the fraction stays with the holder.
    assert_eq!(
        (stage.token.accrued(&one), stage.token.accrued(&two)),
        (300, 470)
    );
    assert_eq!((stage.mark_paid(&one), stage.mark_paid(&two)), (300, 470));
    assert_eq!((stage.mark_paid(&one), stage.mark_paid(&two)), (0, 0));
}

#[test]
fn h061_a_leaving_holders_fraction_goes_to_the_others() {
    let stage = Stage::new();
    let (one, two) = (stage.holder(1), stage.last_holder(2));
    stage.accrue(100);
    // 33.33 and 66.67: a third of a unit stays when the first is paid, and becomes everybody's when he leaves.
    assert_eq!(stage.mark_paid(&one), 33);
    stage.give(&one, &two, 1);
    let scale = 1_000_000_000_000_000_000i128;
    assert_eq!(stage.token.invoice().remainder, scale / 3 + 1);
    stage.accrue(1);
    // 66 and two thirds, one, and the other's third: all but two scaled units, which do not divide by three shares.
    assert_eq!(stage.token.accrued(&two), 67);
    assert_eq!(stage.token.invoice().remainder, 2);
}

#[test]
fn h035_without_shares_nothing_accrues() {
    let stage = Stage::new();
    stage.sign(&stage.distributor, "accrue", (5i128,));
    assert_eq!(
        stage.token.try_accrue(&5).err(),
        Some(Ok(TokenError::NoSupply.into()))
    );
}

#[test]
fn h058_h059_amounts_of_nothing_or_less_are_refused() {
    let stage = Stage::new();
    let holder = stage.holder(10);
    for amount in [0, -1, i128::MIN] {
        let refused = Some(Ok(CommonError::AmountNotPositive.into()));
        stage.sign(&stage.escrow, "mint", (&holder, amount, false));
        assert_eq!(
            stage.token.try_mint(&holder, &amount, &false).err(),
            refused
        );
        stage.sign(&stage.escrow, "redeem_for_refund", (&holder, amount));
        assert_eq!(
            stage.token.try_redeem_for_refund(&holder, &amount).err(),
            refused
        );
        stage.sign(&stage.distributor, "accrue", (amount,));
        assert_eq!(stage.token.try_accrue(&amount).err(), refused);
    }
}

#[test]
fn h042_a_redemption_takes_from_the_named_holder_and_no_more_than_he_has() {
    let stage = Stage::new();
    let (one, two) = (stage.holder(10), stage.holder(20));
    stage.sign(&stage.escrow, "redeem_for_refund", (&one, 11i128));
    assert_eq!(
        stage.token.try_redeem_for_refund(&one, &11).err(),
        Some(Ok(TokenError::BalanceTooLow.into()))
    );
    stage.sign(&stage.escrow, "redeem_for_refund", (&one, 10i128));
    stage.token.redeem_for_refund(&one, &10);
    assert_eq!(
        (
            stage.token.balance(&one),
            stage.token.balance(&two),
            stage.token.total_supply()
        ),
        (0, 20, 20)
    );
}

#[test]
fn h054_what_does_not_fit_is_a_typed_error() {
    let stage = Stage::new();
    stage.holder(1);
    stage.sign(&stage.distributor, "accrue", (i128::MAX,));
    assert_eq!(
        stage.token.try_accrue(&i128::MAX).err(),
        Some(Ok(CommonError::Overflow.into()))
    );
    let holder = Address::generate(&stage.env);
    stage.sign(&stage.escrow, "mint", (&holder, i128::MAX, false));
    assert_eq!(
        stage.token.try_mint(&holder, &i128::MAX, &false).err(),
        Some(Ok(CommonError::Overflow.into()))
    );
}

#[test]
fn h125_a_page_ends_at_sixty() {
    let stage = Stage::new();
    let holder = stage.holder(5);
    let page = |n: usize| Vec::from_iter(&stage.env, (0..n).map(|_| holder.clone()));
    assert_eq!(stage.token.accrued_many(&page(60)).len(), 60);
    assert_eq!(
        stage.token.try_accrued_many(&page(61)).err(),
        Some(Ok(TokenError::PageTooLarge.into()))
    );
}

#[test]
fn h118_the_views_say_what_was_deployed() {
    let stage = Stage::new();
    let info = stage.token.invoice();
    assert_eq!(
        (info.escrow, info.distributor),
        (stage.escrow.clone(), stage.distributor.clone())
    );
    assert_eq!(
        (info.unlocked, info.restricted, info.supply),
        (false, false, 0)
    );
    assert_eq!(stage.token.decimals(), 7);
    assert_eq!(
        stage.token.symbol(),
        String::from_str(&stage.env, "TN01020304")
    );
    stage.last_holder(1);
    assert!(stage.token.invoice().unlocked);
    assert!(!stage.token.is_transferable_to(&stage.escrow));
    assert!(stage
        .token
        .is_transferable_to(&Address::generate(&stage.env)));
}
