//! Every entry point of a compiled spec against every role: missing, wrong and replayed authorisation.
//! Holds no table of its own; an entry point without a row, or a row without an entry point, fails.

use std::collections::BTreeSet;

use soroban_sdk::testutils::{MockAuth, MockAuthInvoke};
use soroban_sdk::xdr::{ScErrorType, ScSpecEntry};
use soroban_sdk::{Address, Env, Error, IntoVal, InvokeError, Symbol, Val, Vec};

use crate::{entries, wasm};

/// Whose signatures an entry point needs.
#[derive(Clone, Debug)]
pub enum Need {
    /// All of these, each of exactly this call; with a transfer also of that below it.
    Signed(std::vec::Vec<Address>, Option<Transfer>),
    /// Another of our contracts: nobody can sign for it, so every person is refused.
    Ours,
    /// No signature at all, whoever calls.
    Nobody,
}

/// Money that the signer sends in the same call.
#[derive(Clone, Debug)]
pub struct Transfer {
    pub asset: Address,
    pub to: Address,
    pub units: i128,
}

pub struct Row {
    /// The crate's name as its wasm has it, `tenor_escrow`.
    pub contract: &'static str,
    pub at: Address,
    pub name: &'static str,
    pub args: Vec<Val>,
    pub need: Need,
}

/// A ledger on which every call of the rows can succeed, with everybody who could try.
pub struct Table<'a> {
    pub env: &'a Env,
    pub people: std::vec::Vec<(&'static str, Address)>,
    pub rows: std::vec::Vec<Row>,
}

impl Table<'_> {
    /// The rows are the entry points of these contracts' compiled specs: none is missing, none is too many.
    pub fn is_complete(&self, contracts: &[&str]) {
        let rows: BTreeSet<(String, String)> = self
            .rows
            .iter()
            .map(|row| (row.contract.to_string(), row.name.to_string()))
            .collect();
        let mut specs = BTreeSet::new();
        for contract in contracts {
            for entry in soroban_spec::read::from_wasm(&wasm(contract)).expect("a spec") {
                if let ScSpecEntry::FunctionV0(function) = entry {
                    specs.insert((contract.to_string(), function.name.to_string()));
                }
            }
        }
        assert_eq!(rows, specs);
    }

    /// Unsigned, signed by each other role, and with one signature of several missing: refused, and nothing changes.
    pub fn no_role_can_do_anothers_work(&self) {
        for row in &self.rows {
            let (signers, transfer) = match &row.need {
                Need::Nobody => continue,
                Need::Ours => (&[][..], None),
                Need::Signed(signers, transfer) => (signers.as_slice(), transfer.as_ref()),
            };
            self.env.set_auths(&[]);
            self.refused(row, "unsigned");
            for (role, person) in &self.people {
                if !signers.contains(person) {
                    self.sign(row, &[person], &row.args, transfer);
                    self.refused(row, role);
                }
            }
            if signers.len() > 1 {
                for signer in signers {
                    self.sign(row, &[signer], &row.args, transfer);
                    self.refused(row, "with one of its signatures");
                }
            }
        }
    }

    /// The places of the rows that somebody signs; each is tried on a ledger of its own.
    pub fn signed(&self) -> std::vec::Vec<usize> {
        let is_signed = |row: &Row| matches!(row.need, Need::Signed(..));
        (0..self.rows.len())
            .filter(|place| is_signed(&self.rows[*place]))
            .collect()
    }

    /// A signature is for these arguments, this transfer, this call, once.
    pub fn is_signed_for_one_call(&self, place: usize) {
        let row = &self.rows[place];
        let Need::Signed(signers, transfer) = &row.need else {
            return;
        };
        let who: std::vec::Vec<&Address> = signers.iter().collect();
        let mut other = row.args.clone();
        other.pop_back();
        other.push_back(77u32.into_val(self.env));
        self.sign(row, &who, &other, transfer.as_ref());
        self.refused(row, "with another argument");
        if transfer.is_some() {
            self.sign(row, &who, &row.args, None);
            self.refused(row, "without the transfer below it");
        }
        self.sign(row, &who, &row.args, transfer.as_ref());
        let answer = self.call(row);
        assert!(answer.is_ok(), "{} rightly signed: {answer:?}", row.name);
        let asked = self.env.auths();
        assert_eq!(asked.len(), signers.len(), "{}", row.name);
        assert!(
            asked.iter().all(|(who, _)| signers.contains(who)),
            "{}",
            row.name
        );
        self.refused(row, "a second time on the same signature");
    }

    /// What needs no signature asks for none; it may be refused for a reason of its own, with its own code.
    pub fn what_needs_no_signature_asks_for_none(&self) {
        for row in &self.rows {
            if !matches!(row.need, Need::Nobody) {
                continue;
            }
            self.env.set_auths(&[]);
            match self.call(row) {
                Ok(()) => assert_eq!(self.env.auths(), [], "{}", row.name),
                Err(Some(error)) => assert!(
                    error.is_type(ScErrorType::Contract),
                    "{}: {error:?}",
                    row.name
                ),
                Err(None) => panic!("{} ended without a code", row.name),
            }
        }
    }

    fn refused(&self, row: &Row, why: &str) {
        let before = entries(self.env);
        assert!(self.call(row).is_err(), "{} {why}", row.name);
        assert!(
            before == entries(self.env),
            "{} {why} changed the ledger",
            row.name
        );
    }

    fn call(&self, row: &Row) -> Result<(), Option<Error>> {
        let name = Symbol::new(self.env, row.name);
        let answer = self
            .env
            .try_invoke_contract::<Val, Error>(&row.at, &name, row.args.clone());
        match answer {
            Ok(_) => Ok(()),
            Err(Ok(error)) => Err(Some(error)),
            Err(Err(InvokeError::Contract(code))) => Err(Some(Error::from_contract_error(code))),
            Err(Err(InvokeError::Abort)) => Err(None),
        }
    }

    /// `who` sign the call with `args`, which need not be those of the row.
    fn sign(&self, row: &Row, who: &[&Address], args: &Vec<Val>, transfer: Option<&Transfer>) {
        let trees: std::vec::Vec<MockAuthInvoke> = who
            .iter()
            .flat_map(|payer| transfer.map(|transfer| (payer, transfer)))
            .map(|(payer, transfer)| MockAuthInvoke {
                contract: &transfer.asset,
                fn_name: "transfer",
                args: (*payer, &transfer.to, transfer.units).into_val(self.env),
                sub_invokes: &[],
            })
            .collect();
        let calls: std::vec::Vec<MockAuthInvoke> = (0..who.len())
            .map(|place| MockAuthInvoke {
                contract: &row.at,
                fn_name: row.name,
                args: args.clone(),
                sub_invokes: trees.get(place).map_or(&[], std::slice::from_ref),
            })
            .collect();
        let signed: std::vec::Vec<MockAuth> = who
            .iter()
            .zip(&calls)
            .map(|(address, invoke)| MockAuth { address, invoke })
            .collect();
        self.env.mock_auths(&signed);
    }
}
