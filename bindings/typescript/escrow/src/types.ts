import {Address} from '@stellar/stellar-sdk';

    /**
 * Struct: Fees
 */
export interface Fees {
  origination_bps: number;
  profit_bps: number;
}

/**
 * Struct: Limit
 */
export interface Limit {
  most: bigint | null;
  used: bigint;
}

/**
 * Struct: Money
 */
export interface Money {
  checkpoint_at: bigint;
  dispute_from: bigint;
  dispute_until: bigint;
  dispute_used: bigint;
  disputed_seconds: bigint;
  earned: bigint;
  face: bigint;
  fee_taken: bigint;
  funded_at: bigint;
  holders_gross: bigint;
  late: bigint;
  late_days_charged: number;
  received: bigint;
  recourse_paid: bigint;
}

/**
 * Struct: Roles
 */
export interface Roles {
  admin: string;
  operator: string;
  pauser: string;
  resolver: string;
  treasury: string;
}

/**
 * Enum: Scope
 */
export enum Scope {
  /**
   * Enum Case: Create
   */
  Create = 0,
  /**
   * Enum Case: Fund
   */
  Fund = 1
}

/**
 * Struct: Split
 */
export interface Split {
  claim: bigint;
  fee: bigint;
  holders_gross: bigint;
  settles: boolean;
  to_holders: bigint;
  to_seller: bigint;
}

/**
 * Struct: Terms
 */
export interface Terms {
  accrual: Accrual;
  advance: bigint;
  asset: string;
  claim: bigint;
  document: Uint8Array;
  due: bigint;
  face: bigint;
  funding_deadline: bigint;
  grace_days: number;
  late_bps_per_day: number;
  late_days_max: number;
  min_earned_days: number;
  min_payment: bigint;
  min_ticket: bigint;
  origination_fee_bps: number;
  profit_fee_bps: number;
  recourse: boolean;
  restricted: boolean;
}

/**
 * Struct: Config
 */
export interface Config {
  addresses: Addresses;
  admin_candidate: string | null;
  admin_deadline: bigint;
  create_paused: boolean;
  fees: Fees;
  fund_paused: boolean;
  roles: Roles;
  token_wasm: Uint8Array;
}

/**
 * Struct: Escrow
 */
export interface Escrow {
  acknowledged_at: bigint | null;
  debtor: string | null;
  debtor_key: Uint8Array | null;
  fingerprint: Uint8Array | null;
  funded: bigint;
  money: Money;
  reference: Uint8Array;
  refunded: bigint;
  seller: string;
  status: Status;
  terms: Terms;
  terms_hash: Uint8Array;
  token: string;
  treasury: string;
}

/**
 * Enum: Status
 */
export enum Status {
  /**
   * Enum Case: Open
   */
  Open = 0,
  /**
   * Enum Case: Funded
   */
  Funded = 1,
  /**
   * Enum Case: Settled
   */
  Settled = 2,
  /**
   * Enum Case: Cancelled
   */
  Cancelled = 3,
  /**
   * Enum Case: Expired
   */
  Expired = 4,
  /**
   * Enum Case: Defaulted
   */
  Defaulted = 5
}

/**
 * Enum: Accrual
 */
export enum Accrual {
  /**
   * Enum Case: Flat
   */
  Flat = 0,
  /**
   * Enum Case: Linear
   */
  Linear = 1
}

/**
 * Union: Outcome
 */
 export type Outcome =
  { tag: "Rejected"; values: void } |
  { tag: "Upheld"; values: readonly [bigint] };

/**
 * What one payment may be: the asset, the least (but for the whole rest), the most, and whether none will ever be taken again.
 */
export type Payable = readonly [string, bigint, bigint, boolean];

/**
 * Struct: Payment
 */
export interface Payment {
  amount: bigint;
  at: bigint;
  fee: bigint;
  to_holders: bigint;
  to_seller: bigint;
}

/**
 * Union: Subject
 */
 export type Subject =
  { tag: "Debtor"; values: readonly [Uint8Array, string] } |
  { tag: "Seller"; values: readonly [string, string] } |
  { tag: "Investor"; values: readonly [string] };

/**
 * Struct: Addresses
 */
export interface Addresses {
  distributor: string;
  registry: string | null;
  stream: string | null;
}

/**
 * Union: Operation
 */
 export type Operation =
  { tag: "Upgrade"; values: readonly [Uint8Array] } |
  { tag: "SetFees"; values: readonly [Fees] } |
  { tag: "SetRoles"; values: readonly [Roles] } |
  { tag: "SetTokenWasm"; values: readonly [Uint8Array] };

/**
 * Error Enum: EscrowError
 */
export const EscrowError = {
  /**
   * There is no invoice with this id. Check the id.
   */
  101 : { message: "UnknownInvoice" },
  /**
   * The seller has already listed an invoice under this reference. Use a new reference.
   */
  102 : { message: "AlreadyExists" },
  /**
   * Two roles that must be separate have the same address. Give each its own.
   */
  103 : { message: "RolesCoincide" },
  /**
   * This account is not approved yet. Complete the verification first.
   */
  104 : { message: "NotAllowlisted" },
  /**
   * This asset is not accepted. Choose one of the platform's settlement assets.
   */
  105 : { message: "AssetNotAllowed" },
  /**
   * The fees have changed since the terms were made. Ask for a new quote.
   */
  106 : { message: "FeeChanged" },
  /**
   * The advance must be at least one unit and fit 63 bits. Choose another amount.
   */
  107 : { message: "AdvanceOutOfBounds" },
  /**
   * The claim must be at least the advance and at most the face value. Correct the terms.
   */
  108 : { message: "ClaimOutOfBounds" },
  /**
   * The face value must be at least the claim and fit 63 bits. Correct the terms.
   */
  109 : { message: "FaceOutOfBounds" },
  /**
   * The funding deadline must lie in the future, at most 90 days ahead. Choose another date.
   */
  110 : { message: "FundingDeadlineOutOfBounds" },
  /**
   * The due date must be at least a day after the funding deadline and at most two years ahead. Choose another date.
   */
  111 : { message: "DueOutOfBounds" },
  /**
   * The minimum earned days may be at most 730. Choose fewer.
   */
  112 : { message: "MinEarnedDaysOutOfBounds" },
  /**
   * Late charges may be at most 100 basis points a day, for at most 365 days. Choose less.
   */
  113 : { message: "LateTermsOutOfBounds" },
  /**
   * The days of grace may be at most 90. Choose fewer.
   */
  114 : { message: "GraceOutOfBounds" },
  /**
   * The smallest investment must be between one unit and the advance. Choose another amount.
   */
  115 : { message: "MinTicketOutOfBounds" },
  /**
   * The smallest payment must be between one unit and the face value. Choose another amount.
   */
  116 : { message: "MinPaymentOutOfBounds" },
  /**
   * New invoices or new funding are paused for now. Try again later; payments, refunds and claims still work.
   */
  117 : { message: "Paused" },
  /**
   * The invoice is no longer open. Look at its status for what can be done.
   */
  118 : { message: "NotOpen" },
  /**
   * The funding deadline has passed. Take a refund if you have invested.
   */
  119 : { message: "FundingClosed" },
  /**
   * The debtor of this invoice is not verified yet. Wait until the platform has attested it.
   */
  120 : { message: "NotAttested" },
  /**
   * The debtor of this invoice is attested already. Nothing needs to be done.
   */
  121 : { message: "AlreadyAttested" },
  /**
   * The debtor has acknowledged this invoice already. Nothing needs to be done.
   */
  122 : { message: "AlreadyAcknowledged" },
  /**
   * The seller and the debtor cannot invest in their own invoice. Use another investor.
   */
  123 : { message: "PartyCannotInvest" },
  /**
   * The invoice's terms are not the ones you agreed to. Read the terms again and confirm them.
   */
  124 : { message: "TermsDiffer" },
  /**
   * The amount is below the smallest investment for this invoice. Invest more, or the whole rest.
   */
  125 : { message: "BelowMinTicket" },
  /**
   * Less is left to invest than the minimum you asked for. Lower your minimum.
   */
  126 : { message: "BelowMinAmount" },
  /**
   * Only the seller or the admin can cancel this invoice. Ask one of them.
   */
  127 : { message: "NotSellerOrAdmin" },
  /**
   * Investors have put money in, so the seller cannot cancel any more. Ask the admin, or wait for the deadline.
   */
  128 : { message: "AlreadyFunded" },
  /**
   * This holder has nothing to be refunded. It may have been paid already.
   */
  129 : { message: "NothingToRefund" },
  /**
   * Refunds start when the invoice is cancelled or expires. Wait for that.
   */
  130 : { message: "NotRefundable" },
  /**
   * The invoice does not take payments in its present status. It must be funded first.
   */
  131 : { message: "NotPayable" },
  /**
   * Only the platform's operator, the debtor, the seller or a stream can pay this invoice. Pay from one of their accounts.
   */
  132 : { message: "PayerNotAllowed" },
  /**
   * This payment is recorded already. Nothing was moved; use a new payment id for a new payment.
   */
  133 : { message: "AlreadyRecorded" },
  /**
   * The amount is below the smallest payment for this invoice. Pay more, or the whole rest.
   */
  134 : { message: "BelowMinPayment" },
  /**
   * The amount is more than what is still owed. Pay at most the outstanding amount.
   */
  135 : { message: "ExceedsOutstanding" },
  /**
   * Paying off now costs more than your maximum. Ask for the payoff amount again.
   */
  136 : { message: "PayoffAboveMax" },
  /**
   * The holders are paid in full already. Nothing needs to be paid off.
   */
  137 : { message: "NothingToPayOff" },
  /**
   * The days of grace are not over. A default can be declared afterwards.
   */
  138 : { message: "GraceNotOver" },
  /**
   * The invoice cannot default in its present status. It must be funded and unpaid.
   */
  139 : { message: "NotDefaultable" },
  /**
   * Nothing is owed to this account in this asset. It may have been paid already.
   */
  140 : { message: "NothingOwed" },
  /**
   * No new admin is proposed. The present admin must propose one first.
   */
  141 : { message: "NoAdminProposed" },
  /**
   * The proposal of a new admin has lapsed. The present admin must propose again.
   */
  142 : { message: "AdminProposalLapsed" },
  /**
   * The moment asked for lies before the last payment. Ask for a later one.
   */
  143 : { message: "TimeBeforeCheckpoint" },
  /**
   * A contract of the platform cannot be a party here. Use a person's or company's address.
   */
  144 : { message: "SystemAddress" },
  /**
   * The debtor cannot be the seller. Name the customer who owes the invoice.
   */
  145 : { message: "DebtorIsSeller" },
  /**
   * A fee may be at most 10,000 basis points. Choose a lower fee.
   */
  146 : { message: "FeeOutOfBounds" },
  /**
   * The list is too long. Send at most 20 invoices at once.
   */
  147 : { message: "TooManyInvoices" },
  /**
   * A dispute is open. Wait until it is resolved or has lapsed.
   */
  148 : { message: "DisputeOpen" },
  /**
   * No dispute is open. It was resolved or has lapsed.
   */
  149 : { message: "NoDispute" },
  /**
   * The 60 days of dispute that an invoice can have are used up. The invoice goes on as agreed.
   */
  150 : { message: "DisputesExhausted" },
  /**
   * Only a funded invoice can be disputed. Look at its status for what can be done.
   */
  151 : { message: "NotDisputable" },
  /**
   * Only the debtor or the platform's operator can open a dispute. Ask one of them.
   */
  152 : { message: "NotDebtorOrOperator" },
  /**
   * The amount is more than the seller has to bring in. Pay at most the recourse that is due.
   */
  153 : { message: "ExceedsRecourse" },
  /**
   * This change is not scheduled. Schedule it first.
   */
  154 : { message: "NotScheduled" },
  /**
   * This change is scheduled already. Wait until it is ready.
   */
  155 : { message: "AlreadyScheduled" },
  /**
   * The two days in which everybody can see the change coming are not over. Execute it later.
   */
  156 : { message: "NotReady" },
  /**
   * The change was not executed in time. Schedule it again.
   */
  157 : { message: "OperationLapsed" },
  /**
   * The admin is changed by a proposal that the new admin accepts. Leave the admin as it is.
   */
  158 : { message: "AdminByProposal" },
  /**
   * The limit for this debtor is used up. Wait until other invoices of the debtor are paid, or ask the admin for a higher limit.
   */
  159 : { message: "DebtorLimitReached" },
  /**
   * The limit for this seller is used up. Wait until other invoices of the seller are paid, or ask the admin for a higher limit.
   */
  160 : { message: "SellerLimitReached" },
  /**
   * That is more of one invoice than this investor may hold. Invest less, or in another invoice.
   */
  161 : { message: "ShareLimitReached" },
  /**
   * A limit must be zero or more units; an investor's at most 10,000 basis points. Choose another limit.
   */
  162 : { message: "LimitOutOfBounds" },
  /**
   * The invoice counts towards no limit that could be freed now. Nothing needs to be done.
   */
  163 : { message: "NothingToFree" }
}

/**
 * Event: FaceReduced
 */
export interface FaceReducedEvent {
  name: "FaceReduced";
  data: {
    invoice_id: Uint8Array;
    reduction?: bigint;
    face_before?: bigint;
    face_after?: bigint;
    shortfall?: bigint;
    at?: bigint;
  };
}

/**
 * Event: OwedChanged
 */
export interface OwedChangedEvent {
  name: "OwedChanged";
  data: {
    owner: string;
    asset: string;
    before?: bigint;
    after?: bigint;
  };
}

/**
 * Event: AdminChanged
 */
export interface AdminChangedEvent {
  name: "AdminChanged";
  data: {
    before?: string;
    after?: string;
  };
}

/**
 * Event: AssetAllowed
 */
export interface AssetAllowedEvent {
  name: "AssetAllowed";
  data: {
    asset: string;
    allowed_before?: boolean;
    allowed?: boolean;
  };
}

/**
 * Event: LimitChanged
 */
export interface LimitChangedEvent {
  name: "LimitChanged";
  data: {
    subject?: Subject;
    before?: bigint | null;
    after?: bigint | null;
    used?: bigint;
  };
}

/**
 * Event: PauseChanged
 */
export interface PauseChangedEvent {
  name: "PauseChanged";
  data: {
    scope: Scope;
    paused_before?: boolean;
    paused?: boolean;
  };
}

/**
 * Event: AdminProposed
 */
export interface AdminProposedEvent {
  name: "AdminProposed";
  data: {
    admin?: string;
    candidate?: string;
    deadline?: bigint;
  };
}

/**
 * Event: DisputeOpened
 */
export interface DisputeOpenedEvent {
  name: "DisputeOpened";
  data: {
    invoice_id: Uint8Array;
    by?: string;
    reason?: Uint8Array;
    opened_at?: bigint;
    lapses_at?: bigint;
  };
}

/**
 * Event: InvoiceFunded
 */
export interface InvoiceFundedEvent {
  name: "InvoiceFunded";
  data: {
    invoice_id: Uint8Array;
    investor: string;
    amount?: bigint;
    funded_before?: bigint;
    funded_after?: bigint;
    advance?: bigint;
  };
}

/**
 * Event: AccountAllowed
 */
export interface AccountAllowedEvent {
  name: "AccountAllowed";
  data: {
    account: string;
    allowed_before?: boolean;
    allowed?: boolean;
  };
}

/**
 * Event: InvoiceCreated
 */
export interface InvoiceCreatedEvent {
  name: "InvoiceCreated";
  data: {
    invoice_id: Uint8Array;
    seller: string;
    reference?: Uint8Array;
    token?: string;
    treasury?: string;
    terms?: Terms;
    terms_hash?: Uint8Array;
  };
}

/**
 * Event: InvoiceSettled
 */
export interface InvoiceSettledEvent {
  name: "InvoiceSettled";
  data: {
    invoice_id: Uint8Array;
    claim?: bigint;
    at?: bigint;
  };
}

/**
 * Event: DisputeResolved
 */
export interface DisputeResolvedEvent {
  name: "DisputeResolved";
  data: {
    invoice_id: Uint8Array;
    upheld?: boolean;
    disputed_seconds?: bigint;
    dispute_used?: bigint;
    at?: bigint;
  };
}

/**
 * Event: ExposureChanged
 */
export interface ExposureChangedEvent {
  name: "ExposureChanged";
  data: {
    invoice_id: Uint8Array;
    status?: Status;
    debtor_before?: bigint;
    debtor_after?: bigint;
    seller_before?: bigint;
    seller_after?: bigint;
  };
}

/**
 * Event: InvoiceAttested
 */
export interface InvoiceAttestedEvent {
  name: "InvoiceAttested";
  data: {
    invoice_id: Uint8Array;
    debtor?: string;
    debtor_key?: Uint8Array;
    fingerprint?: Uint8Array;
  };
}

/**
 * Event: InvoiceRefunded
 */
export interface InvoiceRefundedEvent {
  name: "InvoiceRefunded";
  data: {
    invoice_id: Uint8Array;
    holder: string;
    amount?: bigint;
    refunded_before?: bigint;
    refunded_after?: bigint;
  };
}

/**
 * Event: InvoiceReleased
 */
export interface InvoiceReleasedEvent {
  name: "InvoiceReleased";
  data: {
    invoice_id: Uint8Array;
    funded_at?: bigint;
    to_seller?: bigint;
    origination_fee?: bigint;
    earned?: bigint;
  };
}

/**
 * Event: PaymentRecorded
 */
export interface PaymentRecordedEvent {
  name: "PaymentRecorded";
  data: {
    invoice_id: Uint8Array;
    payer: string;
    payment_id?: Uint8Array;
    payment_key?: Uint8Array;
    amount?: bigint;
    to_holders?: bigint;
    fee?: bigint;
    to_seller?: bigint;
    received_before?: bigint;
    received_after?: bigint;
    holders_gross_before?: bigint;
    holders_gross_after?: bigint;
    fee_taken?: bigint;
    earned?: bigint;
    late?: bigint;
    late_days_charged?: number;
    checkpoint_at?: bigint;
    recourse_paid?: bigint;
    claim?: bigint;
    status_before?: Status;
    status_after?: Status;
    at?: bigint;
  };
}

/**
 * Event: InvoiceCancelled
 */
export interface InvoiceCancelledEvent {
  name: "InvoiceCancelled";
  data: {
    invoice_id: Uint8Array;
    by?: string;
    funded?: bigint;
  };
}

/**
 * Event: InvoiceDefaulted
 */
export interface InvoiceDefaultedEvent {
  name: "InvoiceDefaulted";
  data: {
    invoice_id: Uint8Array;
    claim?: bigint;
    holders_gross?: bigint;
    received?: bigint;
    at?: bigint;
  };
}

/**
 * Event: EscrowConstructed
 */
export interface EscrowConstructedEvent {
  name: "EscrowConstructed";
  data: {
    config?: Config;
  };
}

/**
 * Event: OperationExecuted
 */
export interface OperationExecutedEvent {
  name: "OperationExecuted";
  data: {
    operation_id: Uint8Array;
    operation?: Operation;
  };
}

/**
 * Event: OperationScheduled
 */
export interface OperationScheduledEvent {
  name: "OperationScheduled";
  data: {
    operation_id: Uint8Array;
    operation?: Operation;
    ready_at?: bigint;
    lapses_at?: bigint;
  };
}

/**
 * Event: OperationWithdrawn
 */
export interface OperationWithdrawnEvent {
  name: "OperationWithdrawn";
  data: {
    operation_id: Uint8Array;
  };
}

/**
 * Event: InvoiceAcknowledged
 */
export interface InvoiceAcknowledgedEvent {
  name: "InvoiceAcknowledged";
  data: {
    invoice_id: Uint8Array;
    debtor?: string;
    face?: bigint;
    due?: bigint;
    at?: bigint;
  };
}

/**
 * Errors that every contract can raise.
 */
export const CommonError = {
  /**
   * The amount must be at least one unit. Enter a positive amount.
   */
  901 : { message: "AmountNotPositive" },
  /**
   * The numbers are too large to calculate with. Use an amount that fits 63 bits.
   */
  902 : { message: "Overflow" },
  /**
   * An amount may not be negative. Enter zero or more.
   */
  903 : { message: "AmountNegative" }
}
    export type ContractEvent = FaceReducedEvent | OwedChangedEvent | AdminChangedEvent | AssetAllowedEvent | LimitChangedEvent | PauseChangedEvent | AdminProposedEvent | DisputeOpenedEvent | InvoiceFundedEvent | AccountAllowedEvent | InvoiceCreatedEvent | InvoiceSettledEvent | DisputeResolvedEvent | ExposureChangedEvent | InvoiceAttestedEvent | InvoiceRefundedEvent | InvoiceReleasedEvent | PaymentRecordedEvent | InvoiceCancelledEvent | InvoiceDefaultedEvent | EscrowConstructedEvent | OperationExecutedEvent | OperationScheduledEvent | OperationWithdrawnEvent | InvoiceAcknowledgedEvent;
    