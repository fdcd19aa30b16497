import {Address} from '@stellar/stellar-sdk';

    /**
 * Struct: Flow
 */
export interface Flow {
  asset: string;
  deposit: bigint;
  rate_per_second: bigint;
  recipient: Recipient;
  start: bigint;
}

/**
 * Struct: Plan
 */
export interface Plan {
  asset: string;
  end: bigint;
  recipient: Recipient;
  start: bigint;
  total: bigint;
}

/**
 * Tuple Struct: Config
 */
export type Config = readonly [string, string];

/**
 * Enum: Status
 */
export enum Status {
  /**
   * Enum Case: Active
   */
  Active = 0,
  /**
   * Enum Case: Paused
   */
  Paused = 1,
  /**
   * Enum Case: Cancelled
   */
  Cancelled = 2,
  /**
   * Enum Case: Completed
   */
  Completed = 3
}

/**
 * Struct: Stream
 */
export interface Stream {
  asset: string;
  deposited: bigint;
  paid: bigint;
  payer: string;
  ran_seconds: bigint;
  recipient: Recipient;
  seconds: bigint;
  since: bigint;
  status: Status;
  units: bigint;
}

/**
 * Union: Recipient
 */
 export type Recipient =
  { tag: "Account"; values: readonly [string] } |
  { tag: "Invoice"; values: readonly [Uint8Array] };

/**
 * Error Enum: StreamError
 */
export const StreamError = {
  /**
   * There is no stream with this id. Check the id.
   */
  401 : { message: "UnknownStream" },
  /**
   * The payer has already opened a stream under this reference. Use a new reference.
   */
  402 : { message: "StreamExists" },
  /**
   * A stream must start now (0) or within two years. Choose another start.
   */
  403 : { message: "StartOutOfBounds" },
  /**
   * A stream must end after its start, at most ten years later. Choose another end.
   */
  404 : { message: "EndOutOfBounds" },
  /**
   * Payer and recipient are the same. Choose another recipient.
   */
  405 : { message: "OwnStream" },
  /**
   * A contract of the platform cannot be a party of a stream. Use a person's or company's address, or an invoice's id.
   */
  406 : { message: "SystemParty" },
  /**
   * This asset is not accepted for streams. Choose one of the platform's settlement assets.
   */
  407 : { message: "AssetRefused" },
  /**
   * The invoice is settled in another asset. Stream in the invoice's asset.
   */
  408 : { message: "AssetDiffers" },
  /**
   * The invoice will take no payments any more. Nothing needs to be streamed.
   */
  409 : { message: "InvoiceClosed" },
  /**
   * Nothing has accrued since the last settlement. Come back later.
   */
  410 : { message: "NothingToSettle" },
  /**
   * The invoice takes no payments yet. Settle again once it is funded, or cancel the stream.
   */
  411 : { message: "InvoiceNotReady" },
  /**
   * Less has accrued than the invoice's smallest payment. Settle again later.
   */
  412 : { message: "BelowInvoiceMinimum" },
  /**
   * The stream is over. Nothing can be changed any more.
   */
  413 : { message: "StreamOver" },
  /**
   * The stream is paused already. Nothing needs to be done.
   */
  414 : { message: "AlreadyPaused" },
  /**
   * The stream is not paused. Nothing needs to be done.
   */
  415 : { message: "NotPaused" },
  /**
   * This stream has a fixed total. Open another one instead of topping it up.
   */
  416 : { message: "NotOpenEnded" },
  /**
   * Everything in the stream has accrued. Settle it; it cannot be paused or topped up any more.
   */
  417 : { message: "UsedUp" },
  /**
   * Only the payer and the recipient can cancel a stream. Ask one of them.
   */
  418 : { message: "NotPayerOrRecipient" },
  /**
   * Nothing waits here for this account in this asset. It may have been paid already.
   */
  419 : { message: "NothingHeld" }
}

/**
 * Event: StreamEnded
 */
export interface StreamEndedEvent {
  name: "StreamEnded";
  data: {
    stream_id: Uint8Array;
    status?: Status;
    paid?: bigint;
    returned?: bigint;
    at?: bigint;
  };
}

/**
 * Event: StreamPaused
 */
export interface StreamPausedEvent {
  name: "StreamPaused";
  data: {
    stream_id: Uint8Array;
    ran_seconds?: bigint;
    at?: bigint;
  };
}

/**
 * Event: StreamCreated
 */
export interface StreamCreatedEvent {
  name: "StreamCreated";
  data: {
    stream_id: Uint8Array;
    payer: string;
    recipient?: Recipient;
    asset?: string;
    deposited?: bigint;
    units?: bigint;
    seconds?: bigint;
    start?: bigint;
  };
}

/**
 * Event: StreamResumed
 */
export interface StreamResumedEvent {
  name: "StreamResumed";
  data: {
    stream_id: Uint8Array;
    ran_seconds?: bigint;
    since?: bigint;
  };
}

/**
 * Event: StreamSettled
 */
export interface StreamSettledEvent {
  name: "StreamSettled";
  data: {
    stream_id: Uint8Array;
    paid_before?: bigint;
    paid_after?: bigint;
    at?: bigint;
  };
}

/**
 * Event: StreamToppedUp
 */
export interface StreamToppedUpEvent {
  name: "StreamToppedUp";
  data: {
    stream_id: Uint8Array;
    deposited_before?: bigint;
    deposited_after?: bigint;
  };
}

/**
 * Event: StreamOwedChanged
 */
export interface StreamOwedChangedEvent {
  name: "StreamOwedChanged";
  data: {
    owner: string;
    asset: string;
    before?: bigint;
    after?: bigint;
  };
}

/**
 * Event: StreamsConstructed
 */
export interface StreamsConstructedEvent {
  name: "StreamsConstructed";
  data: {
    escrow?: string;
    distributor?: string;
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
    export type ContractEvent = StreamEndedEvent | StreamPausedEvent | StreamCreatedEvent | StreamResumedEvent | StreamSettledEvent | StreamToppedUpEvent | StreamOwedChangedEvent | StreamsConstructedEvent;
    