import {ShareInfo, ShareMetadata, ContractEvent} from './types.js';
import {Spec, AssembledTransaction, Client as ContractClient, ClientOptions as ContractClientOptions, MethodOptions, ExternalExecutableRef} from '@stellar/stellar-sdk/contract';
import {Address, xdr} from '@stellar/stellar-sdk';

export interface Client {
  burn(args: { from: string | Address; amount: bigint }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Escrow only: `amount` new shares for money taken in. The `last` ones complete the supply: shares may move from then on.
   */
  mint(args: { to: string | Address; amount: bigint; last: boolean }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  name(options?: MethodOptions): Promise<AssembledTransaction<string>>;
  /**
   * Distributor only: spreads `amount` units over all shares.
   */
  accrue(args: { amount: bigint }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  symbol(options?: MethodOptions): Promise<AssembledTransaction<string>>;
  /**
   * Whole units of the asset that `holder` can be paid now.
   */
  accrued(args: { holder: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  approve(args: { from: string | Address; spender: string | Address; amount: bigint; live_until_ledger: number }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  balance(args: { id: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * The invoice behind the shares, and their totals. Extends the life of both entries.
   */
  invoice(options?: MethodOptions): Promise<AssembledTransaction<ShareInfo>>;
  decimals(options?: MethodOptions): Promise<AssembledTransaction<number>>;
  transfer(args: { from: string | Address; to: string | Address; amount: bigint }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  allowance(args: { from: string | Address; spender: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  burn_from(args: { spender: string | Address; from: string | Address; amount: bigint }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Distributor only: takes the whole units off each holder because they are being paid; answers how many they were.
   */
  mark_paid(args: { holders: Array<string | Address> }, options?: MethodOptions): Promise<AssembledTransaction<Array<bigint>>>;
  /**
   * The same for up to 60 holders, in the order asked.
   */
  accrued_many(args: { holders: Array<string | Address> }, options?: MethodOptions): Promise<AssembledTransaction<Array<bigint>>>;
  /**
   * Shares in existence, one per unit of the advance.
   */
  total_supply(options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  transfer_from(args: { spender: string | Address; from: string | Address; to: string | Address; amount: bigint }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Escrow only: takes shares away for money that is paid back in the same call.
   */
  redeem_for_refund(args: { from: string | Address; amount: bigint }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Whether a transfer of shares to `addr` would be let through now.
   */
  is_transferable_to(args: { addr: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<boolean>>;
}

export class Client extends ContractClient {
  constructor(public readonly options: ContractClientOptions) {
    super(
      new Spec(["AAAAAQAAAAAAAAAAAAAACVNoYXJlSW5mbwAAAAAAAAkAAAAAAAAABWFzc2V0AAAAAAAAEwAAAAAAAAALZGlzdHJpYnV0b3IAAAAAEwAAAAAAAAAGZXNjcm93AAAAAAATAAAAAAAAAAVpbmRleAAAAAAAAAsAAAAAAAAACmludm9pY2VfaWQAAAAAA+4AAAAgAAAAAAAAAAlyZW1haW5kZXIAAAAAAAALAAAAAAAAAApyZXN0cmljdGVkAAAAAAABAAAAAAAAAAZzdXBwbHkAAAAAAAsAAAAAAAAACHVubG9ja2VkAAAAAQ==", "AAAABAAAAAAAAAAAAAAAClRva2VuRXJyb3IAAAAAAAsAAAA+WW91IGRvIG5vdCBoYXZlIHRoYXQgbWFueSBzaGFyZXMuIENob29zZSBhdCBtb3N0IHlvdXIgYmFsYW5jZS4AAAAAAA1CYWxhbmNlVG9vTG93AAAAAAAAyQAAAFNUaGUgb3duZXIgaGFzIG5vdCBhbGxvd2VkIHlvdSB0byBtb3ZlIHRoYXQgbWFueSBzaGFyZXMuIEFzayBmb3IgYSBsYXJnZXIgYWxsb3dhbmNlLgAAAAAPQWxsb3dhbmNlVG9vTG93AAAAAMoAAABNVGhlIGFsbG93YW5jZSB3b3VsZCBlbmQgaW4gdGhlIHBhc3QuIENob29zZSBhIGxlZGdlciBmcm9tIHRoZSBjdXJyZW50IG9uZSBvbi4AAAAAAAAMRXhwaXJ5SW5QYXN0AAAAywAAAFRUaGUgYWxsb3dhbmNlIHdvdWxkIGxhc3QgbG9uZ2VyIHRoYW4gdGhlIG5ldHdvcmsga2VlcHMgaXQuIENob29zZSBhbiBlYXJsaWVyIGxlZGdlci4AAAAMRXhwaXJ5VG9vRmFyAAAAzAAAAF5TaGFyZXMgY2Fubm90IG1vdmUgYmVmb3JlIHRoZSBpbnZvaWNlIGlzIGZ1bGx5IGZ1bmRlZC4gV2FpdCBmb3IgdGhlIHJlbGVhc2UsIG9yIHRha2UgYSByZWZ1bmQuAAAAAAAMU2hhcmVzTG9ja2VkAAAAzQAAAFhTaGFyZXMgY2Fubm90IGJlIGRlc3Ryb3llZCwgYmVjYXVzZSB0aGVpciBwYXlvdXRzIHdvdWxkIGJlIGxvc3QuIFNlbGwgdGhlbSBvciBrZWVwIHRoZW0uAAAAC0J1cm5SZWZ1c2VkAAAAAM4AAABfQSBjb250cmFjdCBvZiB0aGUgcGxhdGZvcm0gY2Fubm90IGhvbGQgb3Igc3BlbmQgc2hhcmVzLiBDaG9vc2UgYSBwZXJzb24ncyBvciBjb21wYW55J3MgYWRkcmVzcy4AAAAADVN5c3RlbUFkZHJlc3MAAAAAAADPAAAAY1RoZSByZWNlaXZlciBpcyBub3QgYXBwcm92ZWQgdG8gaG9sZCBzaGFyZXMgb2YgdGhpcyBpbnZvaWNlLiBBc2sgdGhlIHJlY2VpdmVyIHRvIGJlIHZlcmlmaWVkIGZpcnN0LgAAAAASUmVjZWl2ZXJOb3RBbGxvd2VkAAAAAADQAAAASlRoZXJlIGFyZSBubyBzaGFyZXMgdG8gcGF5IG9uLiBQYXltZW50cyBzdGFydCBhZnRlciB0aGUgaW52b2ljZSBpcyBmdW5kZWQuAAAAAAAITm9TdXBwbHkAAADRAAAAPVRoZSBsaXN0IG9mIGhvbGRlcnMgaXMgdG9vIGxvbmcuIFNwbGl0IGl0IGludG8gc21hbGxlciBwYWdlcy4AAAAAAAAMUGFnZVRvb0xhcmdlAAAA0gAAAE1UaGUgcmVjZWl2ZXIgd291bGQgaG9sZCBtb3JlIG9mIHRoaXMgaW52b2ljZSB0aGFuIGFsbG93ZWQuIFNlbmQgZmV3ZXIgc2hhcmVzLgAAAAAAABJSZWNlaXZlckFib3ZlTGltaXQAAAAAANM=", "AAAABQAAAAAAAAAAAAAABEJ1cm4AAAABAAAABGJ1cm4AAAACAAAAAAAAAARmcm9tAAAAEwAAAAEAAAAAAAAABmFtb3VudAAAAAAACwAAAAAAAAAA", "AAAABQAAAAAAAAAAAAAABE1pbnQAAAABAAAABG1pbnQAAAACAAAAAAAAAAJ0bwAAAAAAEwAAAAEAAAAAAAAABmFtb3VudAAAAAAACwAAAAAAAAAA", "AAAABQAAAAAAAAAAAAAAB0FwcHJvdmUAAAAAAQAAAAdhcHByb3ZlAAAAAAQAAAAAAAAABGZyb20AAAATAAAAAQAAAAAAAAAHc3BlbmRlcgAAAAATAAAAAQAAAAAAAAAGYW1vdW50AAAAAAALAAAAAAAAAAAAAAARbGl2ZV91bnRpbF9sZWRnZXIAAAAAAAAEAAAAAAAAAAE=", "AAAABQAAAAAAAAAAAAAACFRyYW5zZmVyAAAAAQAAAAh0cmFuc2ZlcgAAAAMAAAAAAAAABGZyb20AAAATAAAAAQAAAAAAAAACdG8AAAAAABMAAAABAAAAAAAAAAZhbW91bnQAAAAAAAsAAAAAAAAAAA==", "AAAABQAAAAAAAAAAAAAAC1NoYXJlc01vdmVkAAAAAAEAAAAMdGVub3Jfc2hhcmVzAAAACAAAAAAAAAAKaW52b2ljZV9pZAAAAAAD7gAAACAAAAABAAAAAAAAAARmcm9tAAAD6AAAABMAAAAAAAAAAAAAAAJ0bwAAAAAD6AAAABMAAAAAAAAAAAAAAAZhbW91bnQAAAAAAAsAAAAAAAAAAAAAAAxmcm9tX2JhbGFuY2UAAAALAAAAAAAAAAAAAAAKdG9fYmFsYW5jZQAAAAAACwAAAAAAAAAAAAAABnN1cHBseQAAAAAACwAAAAAAAAAAAAAABWluZGV4AAAAAAAACwAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAADVBheW91dEFjY3J1ZWQAAAAAAAABAAAADXRlbm9yX2FjY3J1ZWQAAAAAAAAGAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAABmFtb3VudAAAAAAACwAAAAAAAAAAAAAABnN1cHBseQAAAAAACwAAAAAAAAAAAAAADGluZGV4X2JlZm9yZQAAAAsAAAAAAAAAAAAAAAVpbmRleAAAAAAAAAsAAAAAAAAAAAAAAAlyZW1haW5kZXIAAAAAAAALAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAADVRyYW5zZmVyTXV4ZWQAAAAAAAABAAAACHRyYW5zZmVyAAAABAAAAAAAAAAEZnJvbQAAABMAAAABAAAAAAAAAAJ0bwAAAAAAEwAAAAEAAAAAAAAABmFtb3VudAAAAAAACwAAAAAAAAAAAAAAC3RvX211eGVkX2lkAAAAAAYAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAADlNoYXJlc1VubG9ja2VkAAAAAAABAAAADnRlbm9yX3VubG9ja2VkAAAAAAACAAAAAAAAAAppbnZvaWNlX2lkAAAAAAPuAAAAIAAAAAEAAAAAAAAABnN1cHBseQAAAAAACwAAAAAAAAAC", "AAAAAAAAAAAAAAAEYnVybgAAAAIAAAAAAAAABGZyb20AAAATAAAAAAAAAAZhbW91bnQAAAAAAAsAAAAA", "AAAAAAAAAHdFc2Nyb3cgb25seTogYGFtb3VudGAgbmV3IHNoYXJlcyBmb3IgbW9uZXkgdGFrZW4gaW4uIFRoZSBgbGFzdGAgb25lcyBjb21wbGV0ZSB0aGUgc3VwcGx5OiBzaGFyZXMgbWF5IG1vdmUgZnJvbSB0aGVuIG9uLgAAAAAEbWludAAAAAMAAAAAAAAAAnRvAAAAAAATAAAAAAAAAAZhbW91bnQAAAAAAAsAAAAAAAAABGxhc3QAAAABAAAAAA==", "AAAAAAAAAAAAAAAEbmFtZQAAAAAAAAABAAAAEA==", "AAAAAAAAADlEaXN0cmlidXRvciBvbmx5OiBzcHJlYWRzIGBhbW91bnRgIHVuaXRzIG92ZXIgYWxsIHNoYXJlcy4AAAAAAAAGYWNjcnVlAAAAAAABAAAAAAAAAAZhbW91bnQAAAAAAAsAAAAA", "AAAAAAAAAAAAAAAGc3ltYm9sAAAAAAAAAAAAAQAAABA=", "AAAAAAAAADdXaG9sZSB1bml0cyBvZiB0aGUgYXNzZXQgdGhhdCBgaG9sZGVyYCBjYW4gYmUgcGFpZCBub3cuAAAAAAdhY2NydWVkAAAAAAEAAAAAAAAABmhvbGRlcgAAAAAAEwAAAAEAAAAL", "AAAAAAAAAAAAAAAHYXBwcm92ZQAAAAAEAAAAAAAAAARmcm9tAAAAEwAAAAAAAAAHc3BlbmRlcgAAAAATAAAAAAAAAAZhbW91bnQAAAAAAAsAAAAAAAAAEWxpdmVfdW50aWxfbGVkZ2VyAAAAAAAABAAAAAA=", "AAAAAAAAAAAAAAAHYmFsYW5jZQAAAAABAAAAAAAAAAJpZAAAAAAAEwAAAAEAAAAL", "AAAAAAAAAFJUaGUgaW52b2ljZSBiZWhpbmQgdGhlIHNoYXJlcywgYW5kIHRoZWlyIHRvdGFscy4gRXh0ZW5kcyB0aGUgbGlmZSBvZiBib3RoIGVudHJpZXMuAAAAAAAHaW52b2ljZQAAAAAAAAAAAQAAB9AAAAAJU2hhcmVJbmZvAAAA", "AAAAAAAAAAAAAAAIZGVjaW1hbHMAAAAAAAAAAQAAAAQ=", "AAAAAAAAAAAAAAAIdHJhbnNmZXIAAAADAAAAAAAAAARmcm9tAAAAEwAAAAAAAAACdG8AAAAAABQAAAAAAAAABmFtb3VudAAAAAAACwAAAAA=", "AAAAAAAAAAAAAAAJYWxsb3dhbmNlAAAAAAAAAgAAAAAAAAAEZnJvbQAAABMAAAAAAAAAB3NwZW5kZXIAAAAAEwAAAAEAAAAL", "AAAAAAAAAAAAAAAJYnVybl9mcm9tAAAAAAAAAwAAAAAAAAAHc3BlbmRlcgAAAAATAAAAAAAAAARmcm9tAAAAEwAAAAAAAAAGYW1vdW50AAAAAAALAAAAAA==", "AAAAAAAAAHBEaXN0cmlidXRvciBvbmx5OiB0YWtlcyB0aGUgd2hvbGUgdW5pdHMgb2ZmIGVhY2ggaG9sZGVyIGJlY2F1c2UgdGhleSBhcmUgYmVpbmcgcGFpZDsgYW5zd2VycyBob3cgbWFueSB0aGV5IHdlcmUuAAAACW1hcmtfcGFpZAAAAAAAAAEAAAAAAAAAB2hvbGRlcnMAAAAD6gAAABMAAAABAAAD6gAAAAs=", "AAAAAAAAADJUaGUgc2FtZSBmb3IgdXAgdG8gNjAgaG9sZGVycywgaW4gdGhlIG9yZGVyIGFza2VkLgAAAAAADGFjY3J1ZWRfbWFueQAAAAEAAAAAAAAAB2hvbGRlcnMAAAAD6gAAABMAAAABAAAD6gAAAAs=", "AAAAAAAAADFTaGFyZXMgaW4gZXhpc3RlbmNlLCBvbmUgcGVyIHVuaXQgb2YgdGhlIGFkdmFuY2UuAAAAAAAADHRvdGFsX3N1cHBseQAAAAAAAAABAAAACw==", "AAAAAAAAADJDYWxsZWQgb25jZSwgYnkgdGhlIGVzY3JvdyB0aGF0IGRlcGxveXMgdGhlIHRva2VuLgAAAAAADV9fY29uc3RydWN0b3IAAAAAAAAFAAAAAAAAAAZlc2Nyb3cAAAAAABMAAAAAAAAAC2Rpc3RyaWJ1dG9yAAAAABMAAAAAAAAACmludm9pY2VfaWQAAAAAA+4AAAAgAAAAAAAAAAVhc3NldAAAAAAAABMAAAAAAAAACG1ldGFkYXRhAAAH0AAAAA1TaGFyZU1ldGFkYXRhAAAAAAAAAA==", "AAAAAAAAAAAAAAANdHJhbnNmZXJfZnJvbQAAAAAAAAQAAAAAAAAAB3NwZW5kZXIAAAAAEwAAAAAAAAAEZnJvbQAAABMAAAAAAAAAAnRvAAAAAAATAAAAAAAAAAZhbW91bnQAAAAAAAsAAAAA", "AAAAAAAAAExFc2Nyb3cgb25seTogdGFrZXMgc2hhcmVzIGF3YXkgZm9yIG1vbmV5IHRoYXQgaXMgcGFpZCBiYWNrIGluIHRoZSBzYW1lIGNhbGwuAAAAEXJlZGVlbV9mb3JfcmVmdW5kAAAAAAAAAgAAAAAAAAAEZnJvbQAAABMAAAAAAAAABmFtb3VudAAAAAAACwAAAAA=", "AAAAAAAAAEBXaGV0aGVyIGEgdHJhbnNmZXIgb2Ygc2hhcmVzIHRvIGBhZGRyYCB3b3VsZCBiZSBsZXQgdGhyb3VnaCBub3cuAAAAEmlzX3RyYW5zZmVyYWJsZV90bwAAAAAAAQAAAAAAAAAEYWRkcgAAABMAAAABAAAAAQ==", "AAAABAAAACVFcnJvcnMgdGhhdCBldmVyeSBjb250cmFjdCBjYW4gcmFpc2UuAAAAAAAAAAAAAAtDb21tb25FcnJvcgAAAAADAAAAPlRoZSBhbW91bnQgbXVzdCBiZSBhdCBsZWFzdCBvbmUgdW5pdC4gRW50ZXIgYSBwb3NpdGl2ZSBhbW91bnQuAAAAAAARQW1vdW50Tm90UG9zaXRpdmUAAAAAAAOFAAAATVRoZSBudW1iZXJzIGFyZSB0b28gbGFyZ2UgdG8gY2FsY3VsYXRlIHdpdGguIFVzZSBhbiBhbW91bnQgdGhhdCBmaXRzIDYzIGJpdHMuAAAAAAAACE92ZXJmbG93AAADhgAAADJBbiBhbW91bnQgbWF5IG5vdCBiZSBuZWdhdGl2ZS4gRW50ZXIgemVybyBvciBtb3JlLgAAAAAADkFtb3VudE5lZ2F0aXZlAAAAAAOH", "AAAAAQAAAGRXaGF0IGEgc2hhcmUgdG9rZW4gc2hvd3Mgb2YgaXRzZWxmLiBHZW5lcmljIHdvcmRzIGFuZCBhIHNob3J0IGlkOiBuZXZlciBhIG5hbWUgb3IgYW4gaW52b2ljZSBudW1iZXIuAAAAAAAAAA1TaGFyZU1ldGFkYXRhAAAAAAAABAAAAB5UaG9zZSBvZiB0aGUgc2V0dGxlbWVudCBhc3NldC4AAAAAAAhkZWNpbWFscwAAAAQAAAAAAAAABG5hbWUAAAAQAAAAKkhvbGRlcnMgbXVzdCBiZSBvbiB0aGUgZXNjcm93J3MgYWxsb3dsaXN0LgAAAAAACnJlc3RyaWN0ZWQAAAAAAAEAAAAAAAAABnN5bWJvbAAAAAAAEA=="]),
      options
    );
  }

   static deploy<T = Client>(args: { escrow: string | Address; distributor: string | Address; invoice_id: Uint8Array; asset: string | Address; metadata: ShareMetadata }, options: MethodOptions & Omit<ContractClientOptions, 'contractId'> & { salt?: Uint8Array; address?: string; } & ({ wasmHash: Uint8Array | string; format?: "hex" | "base64"; externalRef?: never; } | { externalRef: ExternalExecutableRef; wasmHash?: never; format?: never; })): Promise<AssembledTransaction<T>> {
    return ContractClient.deploy(args, options);
  }
  public readonly fromJson = {
    burn : this.txFromJson<void>,  mint : this.txFromJson<void>,  name : this.txFromJson<string>,  accrue : this.txFromJson<void>,  symbol : this.txFromJson<string>,  accrued : this.txFromJson<bigint>,  approve : this.txFromJson<void>,  balance : this.txFromJson<bigint>,  invoice : this.txFromJson<ShareInfo>,  decimals : this.txFromJson<number>,  transfer : this.txFromJson<void>,  allowance : this.txFromJson<bigint>,  burn_from : this.txFromJson<void>,  mark_paid : this.txFromJson<Array<bigint>>,  accrued_many : this.txFromJson<Array<bigint>>,  total_supply : this.txFromJson<bigint>,  transfer_from : this.txFromJson<void>,  redeem_for_refund : this.txFromJson<void>,  is_transferable_to : this.txFromJson<boolean>
  };

  /** @deprecated Use fromJson instead. */
  public readonly fromJSON = this.fromJson;

  /**
   * Parse a raw contract event (topics + data) into a typed {@link ContractEvent}.
   */
  parseEvent(topics: xdr.ScVal[] | string[], data: xdr.ScVal | string): ContractEvent | undefined {
    return this.spec.parseEvent(topics, data) as ContractEvent | undefined;
  }
  /**
   * Build a topics filter row for the "Burn" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  burnEventFilter(topicValues?: { from?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Burn", topicValues);
  }
  /**
   * Build a topics filter row for the "Mint" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  mintEventFilter(topicValues?: { to?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Mint", topicValues);
  }
  /**
   * Build a topics filter row for the "Approve" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  approveEventFilter(topicValues?: { from?: string | Address; spender?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Approve", topicValues);
  }
  /**
   * Build a topics filter row for the "Transfer" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  transferEventFilter(topicValues?: { from?: string | Address; to?: string | Address }): string[] {
    return this.spec.eventTopicFilter("Transfer", topicValues);
  }
  /**
   * Build a topics filter row for the "SharesMoved" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  sharesMovedEventFilter(topicValues?: { invoice_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("SharesMoved", topicValues);
  }
  /**
   * Build a topics filter row for the "PayoutAccrued" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  payoutAccruedEventFilter(topicValues?: { invoice_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("PayoutAccrued", topicValues);
  }
  /**
   * Build a topics filter row for the "TransferMuxed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  transferMuxedEventFilter(topicValues?: { from?: string | Address; to?: string | Address }): string[] {
    return this.spec.eventTopicFilter("TransferMuxed", topicValues);
  }
  /**
   * Build a topics filter row for the "SharesUnlocked" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  sharesUnlockedEventFilter(topicValues?: { invoice_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("SharesUnlocked", topicValues);
  }
}