"""Errors of the contracts as exceptions. Generated from the contracts' specs; never edited."""

from typing import ClassVar


class ContractError(Exception):
    """A contract refused. `code` is what is on the ledger, `sentence` what to tell a person."""

    code: ClassVar[int]
    contract: ClassVar[str]
    sentence: ClassVar[str]

    def __init__(self) -> None:
        super().__init__(self.sentence)


class UnknownInvoice(ContractError):
    code = 101
    contract = "escrow"
    sentence = "There is no invoice with this id. Check the id."


class AlreadyExists(ContractError):
    code = 102
    contract = "escrow"
    sentence = "The seller has already listed an invoice under this reference. Use a new reference."


class RolesCoincide(ContractError):
    code = 103
    contract = "escrow"
    sentence = "Two roles that must be separate have the same address. Give each its own."


class NotAllowlisted(ContractError):
    code = 104
    contract = "escrow"
    sentence = "This account is not approved yet. Complete the verification first."


class AssetNotAllowed(ContractError):
    code = 105
    contract = "escrow"
    sentence = "This asset is not accepted. Choose one of the platform's settlement assets."


class FeeChanged(ContractError):
    code = 106
    contract = "escrow"
    sentence = "The fees have changed since the terms were made. Ask for a new quote."


class AdvanceOutOfBounds(ContractError):
    code = 107
    contract = "escrow"
    sentence = "The advance must be at least one unit and fit 63 bits. Choose another amount."


class ClaimOutOfBounds(ContractError):
    code = 108
    contract = "escrow"
    sentence = "The claim must be at least the advance and at most the face value. Correct the terms."


class FaceOutOfBounds(ContractError):
    code = 109
    contract = "escrow"
    sentence = "The face value must be at least the claim and fit 63 bits. Correct the terms."


class FundingDeadlineOutOfBounds(ContractError):
    code = 110
    contract = "escrow"
    sentence = "The funding deadline must lie in the future, at most 90 days ahead. Choose another date."


class DueOutOfBounds(ContractError):
    code = 111
    contract = "escrow"
    sentence = "The due date must be at least a day after the funding deadline and at most two years ahead. Choose another date."


class MinEarnedDaysOutOfBounds(ContractError):
    code = 112
    contract = "escrow"
    sentence = "The minimum earned days may be at most 730. Choose fewer."


class LateTermsOutOfBounds(ContractError):
    code = 113
    contract = "escrow"
    sentence = "Late charges may be at most 100 basis points a day, for at most 365 days. Choose less."


class GraceOutOfBounds(ContractError):
    code = 114
    contract = "escrow"
    sentence = "The days of grace may be at most 90. Choose fewer."


class MinTicketOutOfBounds(ContractError):
    code = 115
    contract = "escrow"
    sentence = "The smallest investment must be between one unit and the advance. Choose another amount."


class MinPaymentOutOfBounds(ContractError):
    code = 116
    contract = "escrow"
    sentence = "The smallest payment must be between one unit and the face value. Choose another amount."


class Paused(ContractError):
    code = 117
    contract = "escrow"
    sentence = (
        "New invoices or new funding are paused for now. Try again later; payments, refunds and claims still work."
    )


class NotOpen(ContractError):
    code = 118
    contract = "escrow"
    sentence = "The invoice is no longer open. Look at its status for what can be done."


class FundingClosed(ContractError):
    code = 119
    contract = "escrow"
    sentence = "The funding deadline has passed. Take a refund if you have invested."


class NotAttested(ContractError):
    code = 120
    contract = "escrow"
    sentence = "The debtor of this invoice is not verified yet. Wait until the platform has attested it."


class AlreadyAttested(ContractError):
    code = 121
    contract = "escrow"
    sentence = "The debtor of this invoice is attested already. Nothing needs to be done."


class AlreadyAcknowledged(ContractError):
    code = 122
    contract = "escrow"
    sentence = "The debtor has acknowledged this invoice already. Nothing needs to be done."


class PartyCannotInvest(ContractError):
    code = 123
    contract = "escrow"
    sentence = "The seller and the debtor cannot invest in their own invoice. Use another investor."


class TermsDiffer(ContractError):
    code = 124
    contract = "escrow"
    sentence = "The invoice's terms are not the ones you agreed to. Read the terms again and confirm them."


class BelowMinTicket(ContractError):
    code = 125
    contract = "escrow"
    sentence = "The amount is below the smallest investment for this invoice. Invest more, or the whole rest."


class BelowMinAmount(ContractError):
    code = 126
    contract = "escrow"
    sentence = "Less is left to invest than the minimum you asked for. Lower your minimum."


class NotSellerOrAdmin(ContractError):
    code = 127
    contract = "escrow"
    sentence = "Only the seller or the admin can cancel this invoice. Ask one of them."


class AlreadyFunded(ContractError):
    code = 128
    contract = "escrow"
    sentence = (
        "Investors have put money in, so the seller cannot cancel any more. Ask the admin, or wait for the deadline."
    )


class NothingToRefund(ContractError):
    code = 129
    contract = "escrow"
    sentence = "This holder has nothing to be refunded. It may have been paid already."


class NotRefundable(ContractError):
    code = 130
    contract = "escrow"
    sentence = "Refunds start when the invoice is cancelled or expires. Wait for that."


class NotPayable(ContractError):
    code = 131
    contract = "escrow"
    sentence = "The invoice does not take payments in its present status. It must be funded first."


class PayerNotAllowed(ContractError):
    code = 132
    contract = "escrow"
    sentence = "Only the platform's operator, the debtor, the seller or a stream can pay this invoice. Pay from one of their accounts."


class AlreadyRecorded(ContractError):
    code = 133
    contract = "escrow"
    sentence = "This payment is recorded already. Nothing was moved; use a new payment id for a new payment."


class BelowMinPayment(ContractError):
    code = 134
    contract = "escrow"
    sentence = "The amount is below the smallest payment for this invoice. Pay more, or the whole rest."


class ExceedsOutstanding(ContractError):
    code = 135
    contract = "escrow"
    sentence = "The amount is more than what is still owed. Pay at most the outstanding amount."


class PayoffAboveMax(ContractError):
    code = 136
    contract = "escrow"
    sentence = "Paying off now costs more than your maximum. Ask for the payoff amount again."


class NothingToPayOff(ContractError):
    code = 137
    contract = "escrow"
    sentence = "The holders are paid in full already. Nothing needs to be paid off."


class GraceNotOver(ContractError):
    code = 138
    contract = "escrow"
    sentence = "The days of grace are not over. A default can be declared afterwards."


class NotDefaultable(ContractError):
    code = 139
    contract = "escrow"
    sentence = "The invoice cannot default in its present status. It must be funded and unpaid."


class NothingOwed(ContractError):
    code = 140
    contract = "escrow"
    sentence = "Nothing is owed to this account in this asset. It may have been paid already."


class NoAdminProposed(ContractError):
    code = 141
    contract = "escrow"
    sentence = "No new admin is proposed. The present admin must propose one first."


class AdminProposalLapsed(ContractError):
    code = 142
    contract = "escrow"
    sentence = "The proposal of a new admin has lapsed. The present admin must propose again."


class TimeBeforeCheckpoint(ContractError):
    code = 143
    contract = "escrow"
    sentence = "The moment asked for lies before the last payment. Ask for a later one."


class EscrowSystemAddress(ContractError):
    code = 144
    contract = "escrow"
    sentence = "A contract of the platform cannot be a party here. Use a person's or company's address."


class DebtorIsSeller(ContractError):
    code = 145
    contract = "escrow"
    sentence = "The debtor cannot be the seller. Name the customer who owes the invoice."


class FeeOutOfBounds(ContractError):
    code = 146
    contract = "escrow"
    sentence = "A fee may be at most 10,000 basis points. Choose a lower fee."


class TooManyInvoices(ContractError):
    code = 147
    contract = "escrow"
    sentence = "The list is too long. Send at most 20 invoices at once."


class DisputeOpen(ContractError):
    code = 148
    contract = "escrow"
    sentence = "A dispute is open. Wait until it is resolved or has lapsed."


class NoDispute(ContractError):
    code = 149
    contract = "escrow"
    sentence = "No dispute is open. It was resolved or has lapsed."


class DisputesExhausted(ContractError):
    code = 150
    contract = "escrow"
    sentence = "The 60 days of dispute that an invoice can have are used up. The invoice goes on as agreed."


class NotDisputable(ContractError):
    code = 151
    contract = "escrow"
    sentence = "Only a funded invoice can be disputed. Look at its status for what can be done."


class NotDebtorOrOperator(ContractError):
    code = 152
    contract = "escrow"
    sentence = "Only the debtor or the platform's operator can open a dispute. Ask one of them."


class ExceedsRecourse(ContractError):
    code = 153
    contract = "escrow"
    sentence = "The amount is more than the seller has to bring in. Pay at most the recourse that is due."


class NotScheduled(ContractError):
    code = 154
    contract = "escrow"
    sentence = "This change is not scheduled. Schedule it first."


class AlreadyScheduled(ContractError):
    code = 155
    contract = "escrow"
    sentence = "This change is scheduled already. Wait until it is ready."


class NotReady(ContractError):
    code = 156
    contract = "escrow"
    sentence = "The two days in which everybody can see the change coming are not over. Execute it later."


class OperationLapsed(ContractError):
    code = 157
    contract = "escrow"
    sentence = "The change was not executed in time. Schedule it again."


class AdminByProposal(ContractError):
    code = 158
    contract = "escrow"
    sentence = "The admin is changed by a proposal that the new admin accepts. Leave the admin as it is."


class DebtorLimitReached(ContractError):
    code = 159
    contract = "escrow"
    sentence = "The limit for this debtor is used up. Wait until other invoices of the debtor are paid, or ask the admin for a higher limit."


class SellerLimitReached(ContractError):
    code = 160
    contract = "escrow"
    sentence = "The limit for this seller is used up. Wait until other invoices of the seller are paid, or ask the admin for a higher limit."


class ShareLimitReached(ContractError):
    code = 161
    contract = "escrow"
    sentence = "That is more of one invoice than this investor may hold. Invest less, or in another invoice."


class LimitOutOfBounds(ContractError):
    code = 162
    contract = "escrow"
    sentence = "A limit must be zero or more units; an investor's at most 10,000 basis points. Choose another limit."


class NothingToFree(ContractError):
    code = 163
    contract = "escrow"
    sentence = "The invoice counts towards no limit that could be freed now. Nothing needs to be done."


class BalanceTooLow(ContractError):
    code = 201
    contract = "token"
    sentence = "You do not have that many shares. Choose at most your balance."


class AllowanceTooLow(ContractError):
    code = 202
    contract = "token"
    sentence = "The owner has not allowed you to move that many shares. Ask for a larger allowance."


class ExpiryInPast(ContractError):
    code = 203
    contract = "token"
    sentence = "The allowance would end in the past. Choose a ledger from the current one on."


class ExpiryTooFar(ContractError):
    code = 204
    contract = "token"
    sentence = "The allowance would last longer than the network keeps it. Choose an earlier ledger."


class SharesLocked(ContractError):
    code = 205
    contract = "token"
    sentence = "Shares cannot move before the invoice is fully funded. Wait for the release, or take a refund."


class BurnRefused(ContractError):
    code = 206
    contract = "token"
    sentence = "Shares cannot be destroyed, because their payouts would be lost. Sell them or keep them."


class TokenSystemAddress(ContractError):
    code = 207
    contract = "token"
    sentence = "A contract of the platform cannot hold or spend shares. Choose a person's or company's address."


class ReceiverNotAllowed(ContractError):
    code = 208
    contract = "token"
    sentence = "The receiver is not approved to hold shares of this invoice. Ask the receiver to be verified first."


class NoSupply(ContractError):
    code = 209
    contract = "token"
    sentence = "There are no shares to pay on. Payments start after the invoice is funded."


class TokenPageTooLarge(ContractError):
    code = 210
    contract = "token"
    sentence = "The list of holders is too long. Split it into smaller pages."


class ReceiverAboveLimit(ContractError):
    code = 211
    contract = "token"
    sentence = "The receiver would hold more of this invoice than allowed. Send fewer shares."


class UnknownToken(ContractError):
    code = 301
    contract = "distributor"
    sentence = "This share token is not one of the platform's. Check the address of the token."


class AlreadyRegistered(ContractError):
    code = 302
    contract = "distributor"
    sentence = "This share token is registered already. Nothing needs to be done."


class AlreadyDeposited(ContractError):
    code = 303
    contract = "distributor"
    sentence = "This payment was deposited already. Nothing was moved."


class NothingToClaim(ContractError):
    code = 304
    contract = "distributor"
    sentence = "There is nothing to claim now. Come back after the next payment."


class PaidAboveReceived(ContractError):
    code = 305
    contract = "distributor"
    sentence = "More would be paid than was received. Nothing was moved; please report this."


class DistributorPageTooLarge(ContractError):
    code = 306
    contract = "distributor"
    sentence = "The list is too long. Send at most 60 holders or 10 tokens at once."


class AccrualMoved(ContractError):
    code = 307
    contract = "distributor"
    sentence = "The amounts changed while the page was being paid. Nothing was moved; send the page again."


class UnknownStream(ContractError):
    code = 401
    contract = "stream"
    sentence = "There is no stream with this id. Check the id."


class StreamExists(ContractError):
    code = 402
    contract = "stream"
    sentence = "The payer has already opened a stream under this reference. Use a new reference."


class StartOutOfBounds(ContractError):
    code = 403
    contract = "stream"
    sentence = "A stream must start now (0) or within two years. Choose another start."


class EndOutOfBounds(ContractError):
    code = 404
    contract = "stream"
    sentence = "A stream must end after its start, at most ten years later. Choose another end."


class OwnStream(ContractError):
    code = 405
    contract = "stream"
    sentence = "Payer and recipient are the same. Choose another recipient."


class SystemParty(ContractError):
    code = 406
    contract = "stream"
    sentence = "A contract of the platform cannot be a party of a stream. Use a person's or company's address, or an invoice's id."


class AssetRefused(ContractError):
    code = 407
    contract = "stream"
    sentence = "This asset is not accepted for streams. Choose one of the platform's settlement assets."


class AssetDiffers(ContractError):
    code = 408
    contract = "stream"
    sentence = "The invoice is settled in another asset. Stream in the invoice's asset."


class InvoiceClosed(ContractError):
    code = 409
    contract = "stream"
    sentence = "The invoice will take no payments any more. Nothing needs to be streamed."


class NothingToSettle(ContractError):
    code = 410
    contract = "stream"
    sentence = "Nothing has accrued since the last settlement. Come back later."


class InvoiceNotReady(ContractError):
    code = 411
    contract = "stream"
    sentence = "The invoice takes no payments yet. Settle again once it is funded, or cancel the stream."


class BelowInvoiceMinimum(ContractError):
    code = 412
    contract = "stream"
    sentence = "Less has accrued than the invoice's smallest payment. Settle again later."


class StreamOver(ContractError):
    code = 413
    contract = "stream"
    sentence = "The stream is over. Nothing can be changed any more."


class AlreadyPaused(ContractError):
    code = 414
    contract = "stream"
    sentence = "The stream is paused already. Nothing needs to be done."


class NotPaused(ContractError):
    code = 415
    contract = "stream"
    sentence = "The stream is not paused. Nothing needs to be done."


class NotOpenEnded(ContractError):
    code = 416
    contract = "stream"
    sentence = "This stream has a fixed total. Open another one instead of topping it up."


class UsedUp(ContractError):
    code = 417
    contract = "stream"
    sentence = "Everything in the stream has accrued. Settle it; it cannot be paused or topped up any more."


class NotPayerOrRecipient(ContractError):
    code = 418
    contract = "stream"
    sentence = "Only the payer and the recipient can cancel a stream. Ask one of them."


class NothingHeld(ContractError):
    code = 419
    contract = "stream"
    sentence = "Nothing waits here for this account in this asset. It may have been paid already."


class UnknownOffer(ContractError):
    code = 501
    contract = "market"
    sentence = "There is no such offer. It may be sold out or cancelled."


class OfferExists(ContractError):
    code = 502
    contract = "market"
    sentence = "The same offer stands already. Cancel it first, or use a new reference."


class ExpiresOutOfBounds(ContractError):
    code = 503
    contract = "market"
    sentence = "An offer must end in the future, at most 365 days ahead. Choose another moment."


class OfferExpired(ContractError):
    code = 504
    contract = "market"
    sentence = "The offer has expired. Ask the seller for a new one."


class NotNamedBuyer(ContractError):
    code = 505
    contract = "market"
    sentence = "The offer is made to somebody else. Choose an open one."


class OwnOffer(ContractError):
    code = 506
    contract = "market"
    sentence = "Buyer and seller are the same. Cancel the offer instead."


class NotEnoughLeft(ContractError):
    code = 507
    contract = "market"
    sentence = "Fewer shares are left than you want. Ask for fewer."


class PriceAboveMax(ContractError):
    code = 508
    contract = "market"
    sentence = "The shares cost more than your maximum. Ask for the price again."


class OfferOutOfDate(ContractError):
    code = 509
    contract = "market"
    sentence = "The shares have been paid something since the offer was made, so its price is out of date. Ask the seller for a new one."


class NoShares(ContractError):
    code = 510
    contract = "market"
    sentence = "There are no shares of this invoice. Check the invoice's id."


class AssetNotAccepted(ContractError):
    code = 511
    contract = "market"
    sentence = "This asset is not accepted for payment. Choose one of the platform's settlement assets."


class MarketIsNoParty(ContractError):
    code = 512
    contract = "market"
    sentence = "The market itself cannot buy or sell. Use a person's or company's address."


class NotMember(ContractError):
    code = 601
    contract = "registry"
    sentence = "This platform is not a member of the registry. Ask the registry's admin for admission."


class FingerprintTaken(ContractError):
    code = 602
    contract = "registry"
    sentence = "This invoice is financed already, or is being financed. Do not finance it a second time."


class FingerprintFree(ContractError):
    code = 603
    contract = "registry"
    sentence = "Nobody holds this fingerprint now. It was never reserved, was released or has lapsed."


class NotHolder(ContractError):
    code = 604
    contract = "registry"
    sentence = "Another platform holds this fingerprint. Only that platform can change it."


class FingerprintFinal(ContractError):
    code = 605
    contract = "registry"
    sentence = "The invoice is financed, so its fingerprint is held for ever. Nothing can be changed."


class UntilOutOfBounds(ContractError):
    code = 606
    contract = "registry"
    sentence = "A reservation must end in the future, at most 90 days ahead. Choose another moment."


class NoCandidate(ContractError):
    code = 607
    contract = "registry"
    sentence = "No successor of the registry's admin is proposed. The present admin must propose one first."


class CandidacyLapsed(ContractError):
    code = 608
    contract = "registry"
    sentence = "The seven days to take over the registry have passed. The present admin must propose again."


class OwnAddress(ContractError):
    code = 609
    contract = "registry"
    sentence = "The registry cannot be its own member or admin. Use a platform's address."


class AmountNotPositive(ContractError):
    code = 901
    contract = "escrow"
    sentence = "The amount must be at least one unit. Enter a positive amount."


class Overflow(ContractError):
    code = 902
    contract = "escrow"
    sentence = "The numbers are too large to calculate with. Use an amount that fits 63 bits."


class AmountNegative(ContractError):
    code = 903
    contract = "escrow"
    sentence = "An amount may not be negative. Enter zero or more."


ERRORS: dict[int, type[ContractError]] = {
    101: UnknownInvoice,
    102: AlreadyExists,
    103: RolesCoincide,
    104: NotAllowlisted,
    105: AssetNotAllowed,
    106: FeeChanged,
    107: AdvanceOutOfBounds,
    108: ClaimOutOfBounds,
    109: FaceOutOfBounds,
    110: FundingDeadlineOutOfBounds,
    111: DueOutOfBounds,
    112: MinEarnedDaysOutOfBounds,
    113: LateTermsOutOfBounds,
    114: GraceOutOfBounds,
    115: MinTicketOutOfBounds,
    116: MinPaymentOutOfBounds,
    117: Paused,
    118: NotOpen,
    119: FundingClosed,
    120: NotAttested,
    121: AlreadyAttested,
    122: AlreadyAcknowledged,
    123: PartyCannotInvest,
    124: TermsDiffer,
    125: BelowMinTicket,
    126: BelowMinAmount,
    127: NotSellerOrAdmin,
    128: AlreadyFunded,
    129: NothingToRefund,
    130: NotRefundable,
    131: NotPayable,
    132: PayerNotAllowed,
    133: AlreadyRecorded,
    134: BelowMinPayment,
    135: ExceedsOutstanding,
    136: PayoffAboveMax,
    137: NothingToPayOff,
    138: GraceNotOver,
    139: NotDefaultable,
    140: NothingOwed,
    141: NoAdminProposed,
    142: AdminProposalLapsed,
    143: TimeBeforeCheckpoint,
    144: EscrowSystemAddress,
    145: DebtorIsSeller,
    146: FeeOutOfBounds,
    147: TooManyInvoices,
    148: DisputeOpen,
    149: NoDispute,
    150: DisputesExhausted,
    151: NotDisputable,
    152: NotDebtorOrOperator,
    153: ExceedsRecourse,
    154: NotScheduled,
    155: AlreadyScheduled,
    156: NotReady,
    157: OperationLapsed,
    158: AdminByProposal,
    159: DebtorLimitReached,
    160: SellerLimitReached,
    161: ShareLimitReached,
    162: LimitOutOfBounds,
    163: NothingToFree,
    201: BalanceTooLow,
    202: AllowanceTooLow,
    203: ExpiryInPast,
    204: ExpiryTooFar,
    205: SharesLocked,
    206: BurnRefused,
    207: TokenSystemAddress,
    208: ReceiverNotAllowed,
    209: NoSupply,
    210: TokenPageTooLarge,
    211: ReceiverAboveLimit,
    301: UnknownToken,
    302: AlreadyRegistered,
    303: AlreadyDeposited,
    304: NothingToClaim,
    305: PaidAboveReceived,
    306: DistributorPageTooLarge,
    307: AccrualMoved,
    401: UnknownStream,
    402: StreamExists,
    403: StartOutOfBounds,
    404: EndOutOfBounds,
    405: OwnStream,
    406: SystemParty,
    407: AssetRefused,
    408: AssetDiffers,
    409: InvoiceClosed,
    410: NothingToSettle,
    411: InvoiceNotReady,
    412: BelowInvoiceMinimum,
    413: StreamOver,
    414: AlreadyPaused,
    415: NotPaused,
    416: NotOpenEnded,
    417: UsedUp,
    418: NotPayerOrRecipient,
    419: NothingHeld,
    501: UnknownOffer,
    502: OfferExists,
    503: ExpiresOutOfBounds,
    504: OfferExpired,
    505: NotNamedBuyer,
    506: OwnOffer,
    507: NotEnoughLeft,
    508: PriceAboveMax,
    509: OfferOutOfDate,
    510: NoShares,
    511: AssetNotAccepted,
    512: MarketIsNoParty,
    601: NotMember,
    602: FingerprintTaken,
    603: FingerprintFree,
    604: NotHolder,
    605: FingerprintFinal,
    606: UntilOutOfBounds,
    607: NoCandidate,
    608: CandidacyLapsed,
    609: OwnAddress,
    901: AmountNotPositive,
    902: Overflow,
    903: AmountNegative,
}
