import {Page, Deposit, Summary, ContractEvent} from './types.js';
import {Spec, AssembledTransaction, Client as ContractClient, ClientOptions as ContractClientOptions, MethodOptions, ExternalExecutableRef} from '@stellar/stellar-sdk/contract';
import {Address, xdr} from '@stellar/stellar-sdk';

export interface Client {
  /**
   * Pays `holder` everything accrued on `token`. Anyone may call; only the holder is paid.
   */
  claim(args: { token: string | Address; holder: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * Escrow only, after it has sent `amount` units: spreads them over the token's holders.
   */
  deposit(args: { token: string | Address; amount: bigint; payment_id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Escrow only: payouts of `token` are made in `asset`.
   */
  register(args: { token: string | Address; asset: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * What `claim` would pay now, in units.
   */
  calculate(args: { token: string | Address; holder: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * Pays `holder` on up to 10 tokens; answers what was paid on each.
   */
  claim_many(args: { holder: string | Address; tokens: Array<string | Address> }, options?: MethodOptions): Promise<AssembledTransaction<Array<bigint>>>;
  /**
   * Pushes payouts to a page of up to 60 holders. Who cannot be paid is deferred and blocks nobody.
   */
  distribute(args: { token: string | Address; holders: Array<string | Address> }, options?: MethodOptions): Promise<AssembledTransaction<Page>>;
  /**
   * A deposit by its payment key, or nothing.
   */
  get_payment(args: { token: string | Address; payment_id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<Deposit | null>>;
  /**
   * What came in for a token's holders, what went out and what lies here. Extends the life of both accounts.
   */
  get_summary(args: { token: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<Summary>>;
}

export class Client extends ContractClient {
  constructor(public readonly options: ContractClientOptions) {
    super(
      new Spec(["AAAAAQAAAAAAAAAAAAAABFBhZ2UAAAADAAAAAAAAAAhkZWZlcnJlZAAAA+oAAAfQAAAACERlZmVycmFsAAAAAAAAAARwYWlkAAAACwAAAAAAAAAKcGFpZF9jb3VudAAAAAAABA==", "AAAAAQAAAAAAAAAAAAAAB0RlcG9zaXQAAAAAAgAAAAAAAAAGYW1vdW50AAAAAAALAAAAAAAAAAJhdAAAAAAABg==", "AAAAAQAAAAAAAAAAAAAAB1N1bW1hcnkAAAAABQAAAAAAAAAFYXNzZXQAAAAAAAATAAAAAAAAAARoZWxkAAAACwAAAAAAAAAEcGFpZAAAAAsAAAAAAAAACHJlY2VpdmVkAAAACwAAAAAAAAAQcmVtYWluZGVyX3NjYWxlZAAAAAs=", "AAAAAQAAAAAAAAAAAAAACERlZmVycmFsAAAAAgAAAAAAAAAGaG9sZGVyAAAAAAATAAAAAAAAAAZyZWFzb24AAAAAAAQ=", "AAAABAAAAAAAAAAAAAAAEERpc3RyaWJ1dG9yRXJyb3IAAAAHAAAATlRoaXMgc2hhcmUgdG9rZW4gaXMgbm90IG9uZSBvZiB0aGUgcGxhdGZvcm0ncy4gQ2hlY2sgdGhlIGFkZHJlc3Mgb2YgdGhlIHRva2VuLgAAAAAADFVua25vd25Ub2tlbgAAAS0AAABBVGhpcyBzaGFyZSB0b2tlbiBpcyByZWdpc3RlcmVkIGFscmVhZHkuIE5vdGhpbmcgbmVlZHMgdG8gYmUgZG9uZS4AAAAAAAARQWxyZWFkeVJlZ2lzdGVyZWQAAAAAAAEuAAAANlRoaXMgcGF5bWVudCB3YXMgZGVwb3NpdGVkIGFscmVhZHkuIE5vdGhpbmcgd2FzIG1vdmVkLgAAAAAAEEFscmVhZHlEZXBvc2l0ZWQAAAEvAAAAQFRoZXJlIGlzIG5vdGhpbmcgdG8gY2xhaW0gbm93LiBDb21lIGJhY2sgYWZ0ZXIgdGhlIG5leHQgcGF5bWVudC4AAAAOTm90aGluZ1RvQ2xhaW0AAAAAATAAAABMTW9yZSB3b3VsZCBiZSBwYWlkIHRoYW4gd2FzIHJlY2VpdmVkLiBOb3RoaW5nIHdhcyBtb3ZlZDsgcGxlYXNlIHJlcG9ydCB0aGlzLgAAABFQYWlkQWJvdmVSZWNlaXZlZAAAAAAAATEAAABDVGhlIGxpc3QgaXMgdG9vIGxvbmcuIFNlbmQgYXQgbW9zdCA2MCBob2xkZXJzIG9yIDEwIHRva2VucyBhdCBvbmNlLgAAAAAMUGFnZVRvb0xhcmdlAAABMgAAAFpUaGUgYW1vdW50cyBjaGFuZ2VkIHdoaWxlIHRoZSBwYWdlIHdhcyBiZWluZyBwYWlkLiBOb3RoaW5nIHdhcyBtb3ZlZDsgc2VuZCB0aGUgcGFnZSBhZ2Fpbi4AAAAAAAxBY2NydWFsTW92ZWQAAAEz", "AAAABQAAAAAAAAAAAAAAC1BheW91dFBhZ2VkAAAAAAEAAAAMcGF5b3V0X3BhZ2VkAAAABQAAAAAAAAAFdG9rZW4AAAAAAAATAAAAAQAAAAAAAAAKcGFpZF9jb3VudAAAAAAABAAAAAAAAAAAAAAADmRlZmVycmVkX2NvdW50AAAAAAAEAAAAAAAAAAAAAAALcGFpZF9iZWZvcmUAAAAACwAAAAAAAAAAAAAACnBhaWRfYWZ0ZXIAAAAAAAsAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAADVBheW91dENsYWltZWQAAAAAAAABAAAADnBheW91dF9jbGFpbWVkAAAAAAAFAAAAAAAAAAV0b2tlbgAAAAAAABMAAAABAAAAAAAAAAZob2xkZXIAAAAAABMAAAABAAAAAAAAAAZhbW91bnQAAAAAAAsAAAAAAAAAAAAAAAtwYWlkX2JlZm9yZQAAAAALAAAAAAAAAAAAAAAKcGFpZF9hZnRlcgAAAAAACwAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAAD1BheW91dERlcG9zaXRlZAAAAAABAAAAEHBheW91dF9kZXBvc2l0ZWQAAAAFAAAAAAAAAAV0b2tlbgAAAAAAABMAAAABAAAAAAAAAApwYXltZW50X2lkAAAAAAPuAAAAIAAAAAAAAAAAAAAABmFtb3VudAAAAAAACwAAAAAAAAAAAAAAD3JlY2VpdmVkX2JlZm9yZQAAAAALAAAAAAAAAAAAAAAOcmVjZWl2ZWRfYWZ0ZXIAAAAAAAsAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAAD1Rva2VuUmVnaXN0ZXJlZAAAAAABAAAAEHRva2VuX3JlZ2lzdGVyZWQAAAACAAAAAAAAAAV0b2tlbgAAAAAAABMAAAABAAAAAAAAAAVhc3NldAAAAAAAABMAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAAFkRpc3RyaWJ1dG9yQ29uc3RydWN0ZWQAAAAAAAEAAAAXZGlzdHJpYnV0b3JfY29uc3RydWN0ZWQAAAAAAQAAAAAAAAAGZXNjcm93AAAAAAATAAAAAAAAAAI=", "AAAAAAAAAFZQYXlzIGBob2xkZXJgIGV2ZXJ5dGhpbmcgYWNjcnVlZCBvbiBgdG9rZW5gLiBBbnlvbmUgbWF5IGNhbGw7IG9ubHkgdGhlIGhvbGRlciBpcyBwYWlkLgAAAAAABWNsYWltAAAAAAAAAgAAAAAAAAAFdG9rZW4AAAAAAAATAAAAAAAAAAZob2xkZXIAAAAAABMAAAABAAAACw==", "AAAAAAAAAFVFc2Nyb3cgb25seSwgYWZ0ZXIgaXQgaGFzIHNlbnQgYGFtb3VudGAgdW5pdHM6IHNwcmVhZHMgdGhlbSBvdmVyIHRoZSB0b2tlbidzIGhvbGRlcnMuAAAAAAAAB2RlcG9zaXQAAAAAAwAAAAAAAAAFdG9rZW4AAAAAAAATAAAAAAAAAAZhbW91bnQAAAAAAAsAAAAAAAAACnBheW1lbnRfaWQAAAAAA+4AAAAgAAAAAA==", "AAAAAAAAADRFc2Nyb3cgb25seTogcGF5b3V0cyBvZiBgdG9rZW5gIGFyZSBtYWRlIGluIGBhc3NldGAuAAAACHJlZ2lzdGVyAAAAAgAAAAAAAAAFdG9rZW4AAAAAAAATAAAAAAAAAAVhc3NldAAAAAAAABMAAAAA", "AAAAAAAAACVXaGF0IGBjbGFpbWAgd291bGQgcGF5IG5vdywgaW4gdW5pdHMuAAAAAAAACWNhbGN1bGF0ZQAAAAAAAAIAAAAAAAAABXRva2VuAAAAAAAAEwAAAAAAAAAGaG9sZGVyAAAAAAATAAAAAQAAAAs=", "AAAAAAAAAEBQYXlzIGBob2xkZXJgIG9uIHVwIHRvIDEwIHRva2VuczsgYW5zd2VycyB3aGF0IHdhcyBwYWlkIG9uIGVhY2guAAAACmNsYWltX21hbnkAAAAAAAIAAAAAAAAABmhvbGRlcgAAAAAAEwAAAAAAAAAGdG9rZW5zAAAAAAPqAAAAEwAAAAEAAAPqAAAACw==", "AAAAAAAAAF9QdXNoZXMgcGF5b3V0cyB0byBhIHBhZ2Ugb2YgdXAgdG8gNjAgaG9sZGVycy4gV2hvIGNhbm5vdCBiZSBwYWlkIGlzIGRlZmVycmVkIGFuZCBibG9ja3Mgbm9ib2R5LgAAAAAKZGlzdHJpYnV0ZQAAAAAAAgAAAAAAAAAFdG9rZW4AAAAAAAATAAAAAAAAAAdob2xkZXJzAAAAA+oAAAATAAAAAQAAB9AAAAAEUGFnZQ==", "AAAAAAAAAClBIGRlcG9zaXQgYnkgaXRzIHBheW1lbnQga2V5LCBvciBub3RoaW5nLgAAAAAAAAtnZXRfcGF5bWVudAAAAAACAAAAAAAAAAV0b2tlbgAAAAAAABMAAAAAAAAACnBheW1lbnRfaWQAAAAAA+4AAAAgAAAAAQAAA+gAAAfQAAAAB0RlcG9zaXQA", "AAAAAAAAAGhXaGF0IGNhbWUgaW4gZm9yIGEgdG9rZW4ncyBob2xkZXJzLCB3aGF0IHdlbnQgb3V0IGFuZCB3aGF0IGxpZXMgaGVyZS4gRXh0ZW5kcyB0aGUgbGlmZSBvZiBib3RoIGFjY291bnRzLgAAAAtnZXRfc3VtbWFyeQAAAAABAAAAAAAAAAV0b2tlbgAAAAAAABMAAAABAAAH0AAAAAdTdW1tYXJ5AA==", "AAAAAAAAADxUaGUgZXNjcm93J3MgYWRkcmVzcyBpcyBrbm93biBiZWZvcmUgZWl0aGVyIGNvbnRyYWN0IGV4aXN0cy4AAAANX19jb25zdHJ1Y3RvcgAAAAAAAAEAAAAAAAAABmVzY3JvdwAAAAAAEwAAAAA=", "AAAABAAAACVFcnJvcnMgdGhhdCBldmVyeSBjb250cmFjdCBjYW4gcmFpc2UuAAAAAAAAAAAAAAtDb21tb25FcnJvcgAAAAADAAAAPlRoZSBhbW91bnQgbXVzdCBiZSBhdCBsZWFzdCBvbmUgdW5pdC4gRW50ZXIgYSBwb3NpdGl2ZSBhbW91bnQuAAAAAAARQW1vdW50Tm90UG9zaXRpdmUAAAAAAAOFAAAATVRoZSBudW1iZXJzIGFyZSB0b28gbGFyZ2UgdG8gY2FsY3VsYXRlIHdpdGguIFVzZSBhbiBhbW91bnQgdGhhdCBmaXRzIDYzIGJpdHMuAAAAAAAACE92ZXJmbG93AAADhgAAADJBbiBhbW91bnQgbWF5IG5vdCBiZSBuZWdhdGl2ZS4gRW50ZXIgemVybyBvciBtb3JlLgAAAAAADkFtb3VudE5lZ2F0aXZlAAAAAAOH"]),
      options
    );
  }

   static deploy<T = Client>(args: { escrow: string | Address }, options: MethodOptions & Omit<ContractClientOptions, 'contractId'> & { salt?: Uint8Array; address?: string; } & ({ wasmHash: Uint8Array | string; format?: "hex" | "base64"; externalRef?: never; } | { externalRef: ExternalExecutableRef; wasmHash?: never; format?: never; })): Promise<AssembledTransaction<T>> {
    return ContractClient.deploy(args, options);
  }
  public readonly fromJson = {
    claim : this.txFromJson<bigint>,  deposit : this.txFromJson<void>,  register : this.txFromJson<void>,  calculate : this.txFromJson<bigint>,  claim_many : this.txFromJson<Array<bigint>>,  distribute : this.txFromJson<Page>,  get_payment : this.txFromJson<Deposit | null>,  get_summary : this.txFromJson<Summary>
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
   * Build a topics filter row for the "PayoutPaged" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  payoutPagedEventFilter(topicValues?: { token?: string | Address }): string[] {
    return this.spec.eventTopicFilter("PayoutPaged", topicValues);
  }
  /**
   * Build a topics filter row for the "PayoutClaimed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  payoutClaimedEventFilter(topicValues?: { token?: string | Address; holder?: string | Address }): string[] {
    return this.spec.eventTopicFilter("PayoutClaimed", topicValues);
  }
  /**
   * Build a topics filter row for the "PayoutDeposited" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  payoutDepositedEventFilter(topicValues?: { token?: string | Address }): string[] {
    return this.spec.eventTopicFilter("PayoutDeposited", topicValues);
  }
  /**
   * Build a topics filter row for the "TokenRegistered" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  tokenRegisteredEventFilter(topicValues?: { token?: string | Address }): string[] {
    return this.spec.eventTopicFilter("TokenRegistered", topicValues);
  }
  /**
   * Build a topics filter row for the "DistributorConstructed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  distributorConstructedEventFilter(): string[] {
    return this.spec.eventTopicFilter("DistributorConstructed");
  }
}