//! What can be wrong with a call to the market, with the sentence that people read.

use soroban_sdk::contracterror;

#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq, PartialOrd, Ord)]
#[repr(u32)]
pub enum MarketError {
    /// There is no such offer. It may be sold out or cancelled.
    UnknownOffer = 501,
    /// The same offer stands already. Cancel it first, or use a new reference.
    OfferExists = 502,
    /// An offer must end in the future, at most 365 days ahead. Choose another moment.
    ExpiresOutOfBounds = 503,
    /// The offer has expired. Ask the seller for a new one.
    OfferExpired = 504,
    /// The offer is made to somebody else. Choose an open one.
    NotNamedBuyer = 505,
    /// Buyer and seller are the same. Cancel the offer instead.
    OwnOffer = 506,
    /// Fewer shares are left than you want. Ask for fewer.
    NotEnoughLeft = 507,
    /// The shares cost more than your maximum. Ask for the price again.
    PriceAboveMax = 508,
    /// The shares have been paid something since the offer was made, so its price is out of date. Ask the seller for a new one.
    OfferOutOfDate = 509,
    /// There are no shares of this invoice. Check the invoice's id.
    NoShares = 510,
    /// This asset is not accepted for payment. Choose one of the platform's settlement assets.
    AssetNotAccepted = 511,
    /// The market itself cannot buy or sell. Use a person's or company's address.
    MarketIsNoParty = 512,
}
