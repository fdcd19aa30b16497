import {Address} from '@stellar/stellar-sdk';

    /**
 * Struct: Page
 */
export interface Page {
  deferred: Array<Deferral>;
  paid: bigint;
  paid_count: number;
}

/**
 * Struct: Deposit
 */
export interface Deposit {
  amount: bigint;
  at: bigint;
}

/**
 * Struct: Summary
 */
export interface Summary {
  asset: string;
  held: bigint;
  paid: bigint;
  received: bigint;
  remainder_scaled: bigint;
}

/**
 * Struct: Deferral
 */
export interface Deferral {
  holder: string;
  reason: number;
}

/**
 * Error Enum: DistributorError
 */
export const DistributorError = {
  /**
   * This share token is not one of the platform's. Check the address of the token.
   */
  301 : { message: "UnknownToken" },
  /**
   * This share token is registered already. Nothing needs to be done.
   */
  302 : { message: "AlreadyRegistered" },
  /**
   * This payment was deposited already. Nothing was moved.
   */
  303 : { message: "AlreadyDeposited" },
  /**
   * There is nothing to claim now. Come back after the next payment.
   */
  304 : { message: "NothingToClaim" },
  /**
   * More would be paid than was received. Nothing was moved; please report this.
   */
  305 : { message: "PaidAboveReceived" },
  /**
   * The list is too long. Send at most 60 holders or 10 tokens at once.
   */
  306 : { message: "PageTooLarge" },
  /**
   * The amounts changed while the page was being paid. Nothing was moved; send the page again.
   */
  307 : { message: "AccrualMoved" }
}

/**
 * Event: PayoutPaged
 */
export interface PayoutPagedEvent {
  name: "PayoutPaged";
  data: {
    token: string;
    paid_count?: number;
    deferred_count?: number;
    paid_before?: bigint;
    paid_after?: bigint;
  };
}

/**
 * Event: PayoutClaimed
 */
export interface PayoutClaimedEvent {
  name: "PayoutClaimed";
  data: {
    token: string;
    holder: string;
    amount?: bigint;
    paid_before?: bigint;
    paid_after?: bigint;
  };
}

/**
 * Event: PayoutDeposited
 */
export interface PayoutDepositedEvent {
  name: "PayoutDeposited";
  data: {
    token: string;
    payment_id?: Uint8Array;
    amount?: bigint;
    received_before?: bigint;
    received_after?: bigint;
  };
}

/**
 * Event: TokenRegistered
 */
export interface TokenRegisteredEvent {
  name: "TokenRegistered";
  data: {
    token: string;
    asset?: string;
  };
}

/**
 * Event: DistributorConstructed
 */
export interface DistributorConstructedEvent {
  name: "DistributorConstructed";
  data: {
    escrow?: string;
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
    export type ContractEvent = PayoutPagedEvent | PayoutClaimedEvent | PayoutDepositedEvent | TokenRegisteredEvent | DistributorConstructedEvent;
    