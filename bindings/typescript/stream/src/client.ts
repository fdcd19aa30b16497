import {Plan, Config, Stream, Flow, ContractEvent} from './types.js';
import {Spec, AssembledTransaction, Client as ContractClient, ClientOptions as ContractClientOptions, MethodOptions, ExternalExecutableRef} from '@stellar/stellar-sdk/contract';
import {Address, xdr} from '@stellar/stellar-sdk';

export interface Client {
  /**
   * Units of `asset` that wait here for `owner`.
   */
  owed(args: { owner: string | Address; asset: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * Payer: nothing accrues until `resume`; the end moves accordingly.
   */
  pause(args: { id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Payer or recipient: ends the stream. What has accrued is paid, where it can be taken; the rest goes back to the payer
   * in the same call. Answers what went back.
   */
  cancel(args: { by: string | Address; id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * Payer: locks a total that accrues evenly between two moments. Answers the id: sha256 of payer and reference.
   */
  create(args: { payer: string | Address; reference: Uint8Array; plan: Plan }, options?: MethodOptions): Promise<AssembledTransaction<Uint8Array>>;
  /**
   * Payer: accrues again from now on.
   */
  resume(args: { id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<void>>;
  /**
   * Anyone: pays the recipient what has accrued and is not paid. An invoice takes at most what it is owed, and at least
   * its smallest payment; when it will never take more, the rest goes back to the payer. Answers what the recipient got.
   */
  settle(args: { id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * Payer: adds units to an open-ended stream that is not used up. Answers what is deposited in all.
   */
  top_up(args: { id: Uint8Array; amount: bigint }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * Units accrued in all at `at`, settled or not. A moment before the last pause or resume counts as that one.
   */
  accrued(args: { id: Uint8Array; at: bigint }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
  /**
   * The escrow and the distributor of the set.
   */
  get_config(options?: MethodOptions): Promise<AssembledTransaction<Config>>;
  /**
   * Everything about one stream.
   */
  get_stream(args: { id: Uint8Array }, options?: MethodOptions): Promise<AssembledTransaction<Stream>>;
  /**
   * Payer: locks a deposit that accrues at a rate per second until it is used up. Answers the id.
   */
  open_ended(args: { payer: string | Address; reference: Uint8Array; flow: Flow }, options?: MethodOptions): Promise<AssembledTransaction<Uint8Array>>;
  /**
   * Anyone: pays `owner` what could not be sent before. Answers the amount.
   */
  withdraw_owed(args: { owner: string | Address; asset: string | Address }, options?: MethodOptions): Promise<AssembledTransaction<bigint>>;
}

export class Client extends ContractClient {
  constructor(public readonly options: ContractClientOptions) {
    super(
      new Spec(["AAAAAQAAAAAAAAAAAAAABEZsb3cAAAAFAAAAAAAAAAVhc3NldAAAAAAAABMAAAAAAAAAB2RlcG9zaXQAAAAACwAAAAAAAAAPcmF0ZV9wZXJfc2Vjb25kAAAAAAsAAAAAAAAACXJlY2lwaWVudAAAAAAAB9AAAAAJUmVjaXBpZW50AAAAAAAAAAAAAAVzdGFydAAAAAAAAAY=", "AAAAAQAAAAAAAAAAAAAABFBsYW4AAAAFAAAAAAAAAAVhc3NldAAAAAAAABMAAAAAAAAAA2VuZAAAAAAGAAAAAAAAAAlyZWNpcGllbnQAAAAAAAfQAAAACVJlY2lwaWVudAAAAAAAAAAAAAAFc3RhcnQAAAAAAAAGAAAAAAAAAAV0b3RhbAAAAAAAAAs=", "AAAAAQAAAAAAAAAAAAAABkNvbmZpZwAAAAAAAgAAAAAAAAABMAAAAAAAABMAAAAAAAAAATEAAAAAAAAT", "AAAAAwAAAAAAAAAAAAAABlN0YXR1cwAAAAAABAAAAAAAAAAGQWN0aXZlAAAAAAAAAAAAAAAAAAZQYXVzZWQAAAAAAAEAAAAAAAAACUNhbmNlbGxlZAAAAAAAAAIAAAAAAAAACUNvbXBsZXRlZAAAAAAAAAM=", "AAAAAQAAAAAAAAAAAAAABlN0cmVhbQAAAAAACgAAAAAAAAAFYXNzZXQAAAAAAAATAAAAAAAAAAlkZXBvc2l0ZWQAAAAAAAALAAAAAAAAAARwYWlkAAAACwAAAAAAAAAFcGF5ZXIAAAAAAAATAAAAAAAAAAtyYW5fc2Vjb25kcwAAAAAGAAAAAAAAAAlyZWNpcGllbnQAAAAAAAfQAAAACVJlY2lwaWVudAAAAAAAAAAAAAAHc2Vjb25kcwAAAAAGAAAAAAAAAAVzaW5jZQAAAAAAAAYAAAAAAAAABnN0YXR1cwAAAAAH0AAAAAZTdGF0dXMAAAAAAAAAAAAFdW5pdHMAAAAAAAAL", "AAAAAgAAAAAAAAAAAAAACVJlY2lwaWVudAAAAAAAAAIAAAABAAAAAAAAAAdBY2NvdW50AAAAAAEAAAATAAAAAQAAAAAAAAAHSW52b2ljZQAAAAABAAAD7gAAACA=", "AAAABAAAAAAAAAAAAAAAC1N0cmVhbUVycm9yAAAAABMAAAAuVGhlcmUgaXMgbm8gc3RyZWFtIHdpdGggdGhpcyBpZC4gQ2hlY2sgdGhlIGlkLgAAAAAADVVua25vd25TdHJlYW0AAAAAAAGRAAAAUFRoZSBwYXllciBoYXMgYWxyZWFkeSBvcGVuZWQgYSBzdHJlYW0gdW5kZXIgdGhpcyByZWZlcmVuY2UuIFVzZSBhIG5ldyByZWZlcmVuY2UuAAAADFN0cmVhbUV4aXN0cwAAAZIAAABGQSBzdHJlYW0gbXVzdCBzdGFydCBub3cgKDApIG9yIHdpdGhpbiB0d28geWVhcnMuIENob29zZSBhbm90aGVyIHN0YXJ0LgAAAAAAEFN0YXJ0T3V0T2ZCb3VuZHMAAAGTAAAAT0Egc3RyZWFtIG11c3QgZW5kIGFmdGVyIGl0cyBzdGFydCwgYXQgbW9zdCB0ZW4geWVhcnMgbGF0ZXIuIENob29zZSBhbm90aGVyIGVuZC4AAAAADkVuZE91dE9mQm91bmRzAAAAAAGUAAAAO1BheWVyIGFuZCByZWNpcGllbnQgYXJlIHRoZSBzYW1lLiBDaG9vc2UgYW5vdGhlciByZWNpcGllbnQuAAAAAAlPd25TdHJlYW0AAAAAAAGVAAAAckEgY29udHJhY3Qgb2YgdGhlIHBsYXRmb3JtIGNhbm5vdCBiZSBhIHBhcnR5IG9mIGEgc3RyZWFtLiBVc2UgYSBwZXJzb24ncyBvciBjb21wYW55J3MgYWRkcmVzcywgb3IgYW4gaW52b2ljZSdzIGlkLgAAAAAAC1N5c3RlbVBhcnR5AAAAAZYAAABXVGhpcyBhc3NldCBpcyBub3QgYWNjZXB0ZWQgZm9yIHN0cmVhbXMuIENob29zZSBvbmUgb2YgdGhlIHBsYXRmb3JtJ3Mgc2V0dGxlbWVudCBhc3NldHMuAAAAAAxBc3NldFJlZnVzZWQAAAGXAAAAR1RoZSBpbnZvaWNlIGlzIHNldHRsZWQgaW4gYW5vdGhlciBhc3NldC4gU3RyZWFtIGluIHRoZSBpbnZvaWNlJ3MgYXNzZXQuAAAAAAxBc3NldERpZmZlcnMAAAGYAAAASVRoZSBpbnZvaWNlIHdpbGwgdGFrZSBubyBwYXltZW50cyBhbnkgbW9yZS4gTm90aGluZyBuZWVkcyB0byBiZSBzdHJlYW1lZC4AAAAAAAANSW52b2ljZUNsb3NlZAAAAAAAAZkAAAA/Tm90aGluZyBoYXMgYWNjcnVlZCBzaW5jZSB0aGUgbGFzdCBzZXR0bGVtZW50LiBDb21lIGJhY2sgbGF0ZXIuAAAAAA9Ob3RoaW5nVG9TZXR0bGUAAAABmgAAAFhUaGUgaW52b2ljZSB0YWtlcyBubyBwYXltZW50cyB5ZXQuIFNldHRsZSBhZ2FpbiBvbmNlIGl0IGlzIGZ1bmRlZCwgb3IgY2FuY2VsIHRoZSBzdHJlYW0uAAAAD0ludm9pY2VOb3RSZWFkeQAAAAGbAAAASUxlc3MgaGFzIGFjY3J1ZWQgdGhhbiB0aGUgaW52b2ljZSdzIHNtYWxsZXN0IHBheW1lbnQuIFNldHRsZSBhZ2FpbiBsYXRlci4AAAAAAAATQmVsb3dJbnZvaWNlTWluaW11bQAAAAGcAAAANFRoZSBzdHJlYW0gaXMgb3Zlci4gTm90aGluZyBjYW4gYmUgY2hhbmdlZCBhbnkgbW9yZS4AAAAKU3RyZWFtT3ZlcgAAAAABnQAAADdUaGUgc3RyZWFtIGlzIHBhdXNlZCBhbHJlYWR5LiBOb3RoaW5nIG5lZWRzIHRvIGJlIGRvbmUuAAAAAA1BbHJlYWR5UGF1c2VkAAAAAAABngAAADNUaGUgc3RyZWFtIGlzIG5vdCBwYXVzZWQuIE5vdGhpbmcgbmVlZHMgdG8gYmUgZG9uZS4AAAAACU5vdFBhdXNlZAAAAAAAAZ8AAABJVGhpcyBzdHJlYW0gaGFzIGEgZml4ZWQgdG90YWwuIE9wZW4gYW5vdGhlciBvbmUgaW5zdGVhZCBvZiB0b3BwaW5nIGl0IHVwLgAAAAAAAAxOb3RPcGVuRW5kZWQAAAGgAAAAW0V2ZXJ5dGhpbmcgaW4gdGhlIHN0cmVhbSBoYXMgYWNjcnVlZC4gU2V0dGxlIGl0OyBpdCBjYW5ub3QgYmUgcGF1c2VkIG9yIHRvcHBlZCB1cCBhbnkgbW9yZS4AAAAABlVzZWRVcAAAAAABoQAAAEZPbmx5IHRoZSBwYXllciBhbmQgdGhlIHJlY2lwaWVudCBjYW4gY2FuY2VsIGEgc3RyZWFtLiBBc2sgb25lIG9mIHRoZW0uAAAAAAATTm90UGF5ZXJPclJlY2lwaWVudAAAAAGiAAAAUU5vdGhpbmcgd2FpdHMgaGVyZSBmb3IgdGhpcyBhY2NvdW50IGluIHRoaXMgYXNzZXQuIEl0IG1heSBoYXZlIGJlZW4gcGFpZCBhbHJlYWR5LgAAAAAAAAtOb3RoaW5nSGVsZAAAAAGj", "AAAABQAAAAAAAAAAAAAAC1N0cmVhbUVuZGVkAAAAAAEAAAAMc3RyZWFtX2VuZGVkAAAABQAAAAAAAAAJc3RyZWFtX2lkAAAAAAAD7gAAACAAAAABAAAAAAAAAAZzdGF0dXMAAAAAB9AAAAAGU3RhdHVzAAAAAAAAAAAAAAAAAARwYWlkAAAACwAAAAAAAAAAAAAACHJldHVybmVkAAAACwAAAAAAAAAAAAAAAmF0AAAAAAAGAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAADFN0cmVhbVBhdXNlZAAAAAEAAAANc3RyZWFtX3BhdXNlZAAAAAAAAAMAAAAAAAAACXN0cmVhbV9pZAAAAAAAA+4AAAAgAAAAAQAAAAAAAAALcmFuX3NlY29uZHMAAAAABgAAAAAAAAAAAAAAAmF0AAAAAAAGAAAAAAAAAAI=", "AAAABQAAAAAAAAAAAAAADVN0cmVhbUNyZWF0ZWQAAAAAAAABAAAADnN0cmVhbV9jcmVhdGVkAAAAAAAIAAAAAAAAAAlzdHJlYW1faWQAAAAAAAPuAAAAIAAAAAEAAAAAAAAABXBheWVyAAAAAAAAEwAAAAEAAAAAAAAACXJlY2lwaWVudAAAAAAAB9AAAAAJUmVjaXBpZW50AAAAAAAAAAAAAAAAAAAFYXNzZXQAAAAAAAATAAAAAAAAAAAAAAAJZGVwb3NpdGVkAAAAAAAACwAAAAAAAAAAAAAABXVuaXRzAAAAAAAACwAAAAAAAAAAAAAAB3NlY29uZHMAAAAABgAAAAAAAAAAAAAABXN0YXJ0AAAAAAAABgAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAADVN0cmVhbVJlc3VtZWQAAAAAAAABAAAADnN0cmVhbV9yZXN1bWVkAAAAAAADAAAAAAAAAAlzdHJlYW1faWQAAAAAAAPuAAAAIAAAAAEAAAAAAAAAC3Jhbl9zZWNvbmRzAAAAAAYAAAAAAAAAAAAAAAVzaW5jZQAAAAAAAAYAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAADVN0cmVhbVNldHRsZWQAAAAAAAABAAAADnN0cmVhbV9zZXR0bGVkAAAAAAAEAAAAAAAAAAlzdHJlYW1faWQAAAAAAAPuAAAAIAAAAAEAAAAAAAAAC3BhaWRfYmVmb3JlAAAAAAsAAAAAAAAAAAAAAApwYWlkX2FmdGVyAAAAAAALAAAAAAAAAAAAAAACYXQAAAAAAAYAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAADlN0cmVhbVRvcHBlZFVwAAAAAAABAAAAEHN0cmVhbV90b3BwZWRfdXAAAAADAAAAAAAAAAlzdHJlYW1faWQAAAAAAAPuAAAAIAAAAAEAAAAAAAAAEGRlcG9zaXRlZF9iZWZvcmUAAAALAAAAAAAAAAAAAAAPZGVwb3NpdGVkX2FmdGVyAAAAAAsAAAAAAAAAAg==", "AAAABQAAAAAAAAAAAAAAEVN0cmVhbU93ZWRDaGFuZ2VkAAAAAAAAAQAAABNzdHJlYW1fb3dlZF9jaGFuZ2VkAAAAAAQAAAAAAAAABW93bmVyAAAAAAAAEwAAAAEAAAAAAAAABWFzc2V0AAAAAAAAEwAAAAEAAAAAAAAABmJlZm9yZQAAAAAACwAAAAAAAAAAAAAABWFmdGVyAAAAAAAACwAAAAAAAAAC", "AAAABQAAAAAAAAAAAAAAElN0cmVhbXNDb25zdHJ1Y3RlZAAAAAAAAQAAABNzdHJlYW1zX2NvbnN0cnVjdGVkAAAAAAIAAAAAAAAABmVzY3JvdwAAAAAAEwAAAAAAAAAAAAAAC2Rpc3RyaWJ1dG9yAAAAABMAAAAAAAAAAg==", "AAAAAAAAACxVbml0cyBvZiBgYXNzZXRgIHRoYXQgd2FpdCBoZXJlIGZvciBgb3duZXJgLgAAAARvd2VkAAAAAgAAAAAAAAAFb3duZXIAAAAAAAATAAAAAAAAAAVhc3NldAAAAAAAABMAAAABAAAACw==", "AAAAAAAAAEFQYXllcjogbm90aGluZyBhY2NydWVzIHVudGlsIGByZXN1bWVgOyB0aGUgZW5kIG1vdmVzIGFjY29yZGluZ2x5LgAAAAAAAAVwYXVzZQAAAAAAAAEAAAAAAAAAAmlkAAAAAAPuAAAAIAAAAAA=", "AAAAAAAAAJ9QYXllciBvciByZWNpcGllbnQ6IGVuZHMgdGhlIHN0cmVhbS4gV2hhdCBoYXMgYWNjcnVlZCBpcyBwYWlkLCB3aGVyZSBpdCBjYW4gYmUgdGFrZW47IHRoZSByZXN0IGdvZXMgYmFjayB0byB0aGUgcGF5ZXIKaW4gdGhlIHNhbWUgY2FsbC4gQW5zd2VycyB3aGF0IHdlbnQgYmFjay4AAAAABmNhbmNlbAAAAAAAAgAAAAAAAAACYnkAAAAAABMAAAAAAAAAAmlkAAAAAAPuAAAAIAAAAAEAAAAL", "AAAAAAAAAGxQYXllcjogbG9ja3MgYSB0b3RhbCB0aGF0IGFjY3J1ZXMgZXZlbmx5IGJldHdlZW4gdHdvIG1vbWVudHMuIEFuc3dlcnMgdGhlIGlkOiBzaGEyNTYgb2YgcGF5ZXIgYW5kIHJlZmVyZW5jZS4AAAAGY3JlYXRlAAAAAAADAAAAAAAAAAVwYXllcgAAAAAAABMAAAAAAAAACXJlZmVyZW5jZQAAAAAAA+4AAAAgAAAAAAAAAARwbGFuAAAH0AAAAARQbGFuAAAAAQAAA+4AAAAg", "AAAAAAAAACFQYXllcjogYWNjcnVlcyBhZ2FpbiBmcm9tIG5vdyBvbi4AAAAAAAAGcmVzdW1lAAAAAAABAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAA", "AAAAAAAAAOhBbnlvbmU6IHBheXMgdGhlIHJlY2lwaWVudCB3aGF0IGhhcyBhY2NydWVkIGFuZCBpcyBub3QgcGFpZC4gQW4gaW52b2ljZSB0YWtlcyBhdCBtb3N0IHdoYXQgaXQgaXMgb3dlZCwgYW5kIGF0IGxlYXN0Cml0cyBzbWFsbGVzdCBwYXltZW50OyB3aGVuIGl0IHdpbGwgbmV2ZXIgdGFrZSBtb3JlLCB0aGUgcmVzdCBnb2VzIGJhY2sgdG8gdGhlIHBheWVyLiBBbnN3ZXJzIHdoYXQgdGhlIHJlY2lwaWVudCBnb3QuAAAABnNldHRsZQAAAAAAAQAAAAAAAAACaWQAAAAAA+4AAAAgAAAAAQAAAAs=", "AAAAAAAAAGBQYXllcjogYWRkcyB1bml0cyB0byBhbiBvcGVuLWVuZGVkIHN0cmVhbSB0aGF0IGlzIG5vdCB1c2VkIHVwLiBBbnN3ZXJzIHdoYXQgaXMgZGVwb3NpdGVkIGluIGFsbC4AAAAGdG9wX3VwAAAAAAACAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAAAAAABmFtb3VudAAAAAAACwAAAAEAAAAL", "AAAAAAAAAGpVbml0cyBhY2NydWVkIGluIGFsbCBhdCBgYXRgLCBzZXR0bGVkIG9yIG5vdC4gQSBtb21lbnQgYmVmb3JlIHRoZSBsYXN0IHBhdXNlIG9yIHJlc3VtZSBjb3VudHMgYXMgdGhhdCBvbmUuAAAAAAAHYWNjcnVlZAAAAAACAAAAAAAAAAJpZAAAAAAD7gAAACAAAAAAAAAAAmF0AAAAAAAGAAAAAQAAAAs=", "AAAAAAAAACpUaGUgZXNjcm93IGFuZCB0aGUgZGlzdHJpYnV0b3Igb2YgdGhlIHNldC4AAAAAAApnZXRfY29uZmlnAAAAAAAAAAAAAQAAB9AAAAAGQ29uZmlnAAA=", "AAAAAAAAABxFdmVyeXRoaW5nIGFib3V0IG9uZSBzdHJlYW0uAAAACmdldF9zdHJlYW0AAAAAAAEAAAAAAAAAAmlkAAAAAAPuAAAAIAAAAAEAAAfQAAAABlN0cmVhbQAA", "AAAAAAAAAF1QYXllcjogbG9ja3MgYSBkZXBvc2l0IHRoYXQgYWNjcnVlcyBhdCBhIHJhdGUgcGVyIHNlY29uZCB1bnRpbCBpdCBpcyB1c2VkIHVwLiBBbnN3ZXJzIHRoZSBpZC4AAAAAAAAKb3Blbl9lbmRlZAAAAAAAAwAAAAAAAAAFcGF5ZXIAAAAAAAATAAAAAAAAAAlyZWZlcmVuY2UAAAAAAAPuAAAAIAAAAAAAAAAEZmxvdwAAB9AAAAAERmxvdwAAAAEAAAPuAAAAIA==", "AAAAAAAAAD9TdHJlYW1zIGhlcmUgcGF5IGluIHRoaXMgZXNjcm93J3MgYXNzZXRzIGFuZCBpbnRvIGl0cyBpbnZvaWNlcy4AAAAADV9fY29uc3RydWN0b3IAAAAAAAACAAAAAAAAAAZlc2Nyb3cAAAAAABMAAAAAAAAAC2Rpc3RyaWJ1dG9yAAAAABMAAAAA", "AAAAAAAAAEdBbnlvbmU6IHBheXMgYG93bmVyYCB3aGF0IGNvdWxkIG5vdCBiZSBzZW50IGJlZm9yZS4gQW5zd2VycyB0aGUgYW1vdW50LgAAAAANd2l0aGRyYXdfb3dlZAAAAAAAAAIAAAAAAAAABW93bmVyAAAAAAAAEwAAAAAAAAAFYXNzZXQAAAAAAAATAAAAAQAAAAs=", "AAAABAAAACVFcnJvcnMgdGhhdCBldmVyeSBjb250cmFjdCBjYW4gcmFpc2UuAAAAAAAAAAAAAAtDb21tb25FcnJvcgAAAAADAAAAPlRoZSBhbW91bnQgbXVzdCBiZSBhdCBsZWFzdCBvbmUgdW5pdC4gRW50ZXIgYSBwb3NpdGl2ZSBhbW91bnQuAAAAAAARQW1vdW50Tm90UG9zaXRpdmUAAAAAAAOFAAAATVRoZSBudW1iZXJzIGFyZSB0b28gbGFyZ2UgdG8gY2FsY3VsYXRlIHdpdGguIFVzZSBhbiBhbW91bnQgdGhhdCBmaXRzIDYzIGJpdHMuAAAAAAAACE92ZXJmbG93AAADhgAAADJBbiBhbW91bnQgbWF5IG5vdCBiZSBuZWdhdGl2ZS4gRW50ZXIgemVybyBvciBtb3JlLgAAAAAADkFtb3VudE5lZ2F0aXZlAAAAAAOH"]),
      options
    );
  }

   static deploy<T = Client>(args: { escrow: string | Address; distributor: string | Address }, options: MethodOptions & Omit<ContractClientOptions, 'contractId'> & { salt?: Uint8Array; address?: string; } & ({ wasmHash: Uint8Array | string; format?: "hex" | "base64"; externalRef?: never; } | { externalRef: ExternalExecutableRef; wasmHash?: never; format?: never; })): Promise<AssembledTransaction<T>> {
    return ContractClient.deploy(args, options);
  }
  public readonly fromJson = {
    owed : this.txFromJson<bigint>,  pause : this.txFromJson<void>,  cancel : this.txFromJson<bigint>,  create : this.txFromJson<Uint8Array>,  resume : this.txFromJson<void>,  settle : this.txFromJson<bigint>,  top_up : this.txFromJson<bigint>,  accrued : this.txFromJson<bigint>,  get_config : this.txFromJson<Config>,  get_stream : this.txFromJson<Stream>,  open_ended : this.txFromJson<Uint8Array>,  withdraw_owed : this.txFromJson<bigint>
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
   * Build a topics filter row for the "StreamEnded" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  streamEndedEventFilter(topicValues?: { stream_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("StreamEnded", topicValues);
  }
  /**
   * Build a topics filter row for the "StreamPaused" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  streamPausedEventFilter(topicValues?: { stream_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("StreamPaused", topicValues);
  }
  /**
   * Build a topics filter row for the "StreamCreated" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  streamCreatedEventFilter(topicValues?: { stream_id?: Uint8Array; payer?: string | Address }): string[] {
    return this.spec.eventTopicFilter("StreamCreated", topicValues);
  }
  /**
   * Build a topics filter row for the "StreamResumed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  streamResumedEventFilter(topicValues?: { stream_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("StreamResumed", topicValues);
  }
  /**
   * Build a topics filter row for the "StreamSettled" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  streamSettledEventFilter(topicValues?: { stream_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("StreamSettled", topicValues);
  }
  /**
   * Build a topics filter row for the "StreamToppedUp" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  streamToppedUpEventFilter(topicValues?: { stream_id?: Uint8Array }): string[] {
    return this.spec.eventTopicFilter("StreamToppedUp", topicValues);
  }
  /**
   * Build a topics filter row for the "StreamOwedChanged" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  streamOwedChangedEventFilter(topicValues?: { owner?: string | Address; asset?: string | Address }): string[] {
    return this.spec.eventTopicFilter("StreamOwedChanged", topicValues);
  }
  /**
   * Build a topics filter row for the "StreamsConstructed" event, for use in `Api.EventFilter.topics` when calling `server.getEvents`. Omitted fields match any value.
   */
  streamsConstructedEventFilter(): string[] {
    return this.spec.eventTopicFilter("StreamsConstructed");
  }
}