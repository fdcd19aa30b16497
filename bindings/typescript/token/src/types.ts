import {Address} from '@stellar/stellar-sdk';

    /**
 * Struct: ShareInfo
 */
export interface ShareInfo {
  asset: string;
  distributor: string;
  escrow: string;
  index: bigint;
  invoice_id: Uint8Array;
  remainder: bigint;
  restricted: boolean;
  supply: bigint;
  unlocked: boolean;
}

/**
 * Error Enum: TokenError
 */
export const TokenError = {
  /**
   * You do not have that many shares. Choose at most your balance.
   */
  201 : { message: "BalanceTooLow" },
  /**
   * The owner has not allowed you to move that many shares. Ask for a larger allowance.
   */
  202 : { message: "AllowanceTooLow" },
  /**
   * The allowance would end in the past. Choose a ledger from the current one on.
   */
  203 : { message: "ExpiryInPast" },
  /**
   * The allowance would last longer than the network keeps it. Choose an earlier ledger.
   */
  204 : { message: "ExpiryTooFar" },
  /**
   * Shares cannot move before the invoice is fully funded. Wait for the release, or take a refund.
   */
  205 : { message: "SharesLocked" },
  /**
   * Shares cannot be destroyed, because their payouts would be lost. Sell them or keep them.
   */
  206 : { message: "BurnRefused" },
  /**
   * A contract of the platform cannot hold or spend shares. Choose a person's or company's address.
   */
  207 : { message: "SystemAddress" },
  /**
   * The receiver is not approved to hold shares of this invoice. Ask the receiver to be verified first.
   */
  208 : { message: "ReceiverNotAllowed" },
  /**
   * There are no shares to pay on. Payments start after the invoice is funded.
   */
  209 : { message: "NoSupply" },
  /**
   * The list of holders is too long. Split it into smaller pages.
   */
  210 : { message: "PageTooLarge" },
  /**
   * The receiver would hold more of this invoice than allowed. Send fewer shares.
   */
  211 : { message: "ReceiverAboveLimit" }
}

/**
 * Event: Burn
 */
export interface BurnEvent {
  name: "Burn";
  data: {
    from: string;
    amount: bigint;
  };
}

/**
 * Event: Mint
 */
export interface MintEvent {
  name: "Mint";
  data: {
    to: string;
    amount: bigint;
  };
}

/**
 * Event: Approve
 */
export interface ApproveEvent {
  name: "Approve";
  data: {
    from: string;
    spender: string;
    amount: bigint;
    live_until_ledger: number;
  };
}

/**
 * Event: Transfer
 */
export interface TransferEvent {
  name: "Transfer";
  data: {
    from: string;
    to: string;
    amount: bigint;
  };
}

/**
 * Event: SharesMoved
 */
export interface SharesMovedEvent {
  name: "SharesMoved";
  data: {
    invoice_id: Uint8Array;
    from?: string | null;
    to?: string | null;
    amount?: bigint;
    from_balance?: bigint;
    to_balance?: bigint;
    supply?: bigint;
    index?: bigint;
  };
}

/**
 * Event: PayoutAccrued
 */
export interface PayoutAccruedEvent {
  name: "PayoutAccrued";
  data: {
    invoice_id: Uint8Array;
    amount?: bigint;
    supply?: bigint;
    index_before?: bigint;
    index?: bigint;
    remainder?: bigint;
  };
}

/**
 * Event: TransferMuxed
 */
export interface TransferMuxedEvent {
  name: "TransferMuxed";
  data: {
    from: string;
    to: string;
    amount?: bigint;
    to_muxed_id?: bigint;
  };
}

/**
 * Event: SharesUnlocked
 */
export interface SharesUnlockedEvent {
  name: "SharesUnlocked";
  data: {
    invoice_id: Uint8Array;
    supply?: bigint;
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

/**
 * What a share token shows of itself. Generic words and a short id: never a name or an invoice number.
 */
export interface ShareMetadata {
  /**
   * Those of the settlement asset.
   */
  decimals: number;
  name: string;
  /**
   * Holders must be on the escrow's allowlist.
   */
  restricted: boolean;
  symbol: string;
}
    export type ContractEvent = BurnEvent | MintEvent | ApproveEvent | TransferEvent | SharesMovedEvent | PayoutAccruedEvent | TransferMuxedEvent | SharesUnlockedEvent;
    