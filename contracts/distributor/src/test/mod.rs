//! Tests of the distributor's own rules. Paying holders is tested with the whole set, beside the escrow.

use soroban_sdk::testutils::{Address as _, EnvTestConfig, Ledger as _, MockAuth, MockAuthInvoke};
use soroban_sdk::{vec, Address, BytesN, Env, IntoVal, Val, Vec};
use tenor_common::CommonError;

use crate::{Distributor, DistributorClient, DistributorError};

struct Stage {
    env: Env,
    distributor: DistributorClient<'static>,
    escrow: Address,
}

impl Stage {
    fn new() -> Stage {
        let env = Env::new_with_config(EnvTestConfig {
            capture_snapshot_at_drop: false,
        });
        // The public network's lives of entries (h102).
        env.ledger().with_mut(|ledger| {
            (ledger.sequence_number, ledger.timestamp) = (62_000_000, 1_795_219_200);
            (ledger.min_persistent_entry_ttl, ledger.max_entry_ttl) = (2_073_600, 3_110_400);
        });
        let escrow = Address::generate(&env);
        let address = env.register(Distributor, (&escrow,));
        Stage {
            distributor: DistributorClient::new(&env, &address),
            env: env.clone(),
            escrow,
        }
    }

    fn sign<A: IntoVal<Env, Vec<Val>>>(&self, name: &str, args: A) {
        self.env.mock_auths(&[MockAuth {
            address: &self.escrow,
            invoke: &MockAuthInvoke {
                contract: &self.distributor.address,
                fn_name: name,
                args: args.into_val(&self.env),
                sub_invokes: &[],
            },
        }]);
    }
}

#[test]
fn h115_a_token_is_registered_once() {
    let stage = Stage::new();
    let (token, asset) = (Address::generate(&stage.env), Address::generate(&stage.env));
    stage.sign("register", (&token, &asset));
    stage.distributor.register(&token, &asset);
    stage.sign("register", (&token, &asset));
    let again = stage.distributor.try_register(&token, &asset);
    assert_eq!(
        again.err(),
        Some(Ok(DistributorError::AlreadyRegistered.into()))
    );
}

#[test]
fn h058_h059_h114_deposits_are_positive_and_for_known_tokens() {
    let stage = Stage::new();
    let (token, key) = (
        Address::generate(&stage.env),
        BytesN::from_array(&stage.env, &[3; 32]),
    );
    for amount in [0, -1, i128::MIN] {
        stage.sign("deposit", (&token, amount, &key));
        let answer = stage.distributor.try_deposit(&token, &amount, &key);
        assert_eq!(
            answer.err(),
            Some(Ok(CommonError::AmountNotPositive.into()))
        );
    }
    stage.sign("deposit", (&token, 5i128, &key));
    let answer = stage.distributor.try_deposit(&token, &5, &key);
    assert_eq!(
        answer.err(),
        Some(Ok(DistributorError::UnknownToken.into()))
    );
}

#[test]
fn h125_lists_are_bounded_before_anything_is_called() {
    let stage = Stage::new();
    let someone = Address::generate(&stage.env);
    let list = |n: usize| Vec::from_iter(&stage.env, (0..n).map(|_| someone.clone()));
    let too_long = Some(Ok(DistributorError::PageTooLarge.into()));
    assert_eq!(
        stage.distributor.try_distribute(&someone, &list(61)).err(),
        too_long
    );
    assert_eq!(
        stage.distributor.try_claim_many(&someone, &list(11)).err(),
        too_long
    );
    assert_eq!(
        stage
            .distributor
            .claim_many(&someone, &vec![&stage.env])
            .len(),
        0
    );
}
