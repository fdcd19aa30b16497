//! What more than one contract shows in its interface: the 9xx errors and the metadata of a share token.

use soroban_sdk::{contracterror, contracttype, String};

/// Errors that every contract can raise.
#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq, PartialOrd, Ord)]
#[repr(u32)]
pub enum CommonError {
    /// The amount must be at least one unit. Enter a positive amount.
    AmountNotPositive = 901,
    /// The numbers are too large to calculate with. Use an amount that fits 63 bits.
    Overflow = 902,
    /// An amount may not be negative. Enter zero or more.
    AmountNegative = 903,
}

/// What a share token shows of itself. Generic words and a short id: never a name or an invoice number.
#[contracttype]
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ShareMetadata {
    pub name: String,
    pub symbol: String,
    /// Those of the settlement asset.
    pub decimals: u32,
    /// Holders must be on the escrow's allowlist.
    pub restricted: bool,
}
