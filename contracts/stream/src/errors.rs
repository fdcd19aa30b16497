//! What can be wrong with a call about a stream, with the sentence that people read.

use soroban_sdk::contracterror;

#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq, PartialOrd, Ord)]
#[repr(u32)]
pub enum StreamError {
    /// There is no stream with this id. Check the id.
    UnknownStream = 401,
    /// The payer has already opened a stream under this reference. Use a new reference.
    StreamExists = 402,
    /// A stream must start now (0) or within two years. Choose another start.
    StartOutOfBounds = 403,
    /// A stream must end after its start, at most ten years later. Choose another end.
    EndOutOfBounds = 404,
    /// Payer and recipient are the same. Choose another recipient.
    OwnStream = 405,
    /// A contract of the platform cannot be a party of a stream. Use a person's or company's address, or an invoice's id.
    SystemParty = 406,
    /// This asset is not accepted for streams. Choose one of the platform's settlement assets.
    AssetRefused = 407,
    /// The invoice is settled in another asset. Stream in the invoice's asset.
    AssetDiffers = 408,
    /// The invoice will take no payments any more. Nothing needs to be streamed.
    InvoiceClosed = 409,
    /// Nothing has accrued since the last settlement. Come back later.
    NothingToSettle = 410,
    /// The invoice takes no payments yet. Settle again once it is funded, or cancel the stream.
    InvoiceNotReady = 411,
    /// Less has accrued than the invoice's smallest payment. Settle again later.
    BelowInvoiceMinimum = 412,
    /// The stream is over. Nothing can be changed any more.
    StreamOver = 413,
    /// The stream is paused already. Nothing needs to be done.
    AlreadyPaused = 414,
    /// The stream is not paused. Nothing needs to be done.
    NotPaused = 415,
    /// This stream has a fixed total. Open another one instead of topping it up.
    NotOpenEnded = 416,
    /// Everything in the stream has accrued. Settle it; it cannot be paused or topped up any more.
    UsedUp = 417,
    /// Only the payer and the recipient can cancel a stream. Ask one of them.
    NotPayerOrRecipient = 418,
    /// Nothing waits here for this account in this asset. It may have been paid already.
    NothingHeld = 419,
}
