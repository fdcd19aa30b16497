// Walks the local network with the official JavaScript SDK: what it cannot parse or does not expect ends the walk.
// usage: node judge.mjs <url> <contract.wasm>; prints one line per step, the last one is "done <steps>".

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  Account, Address, Asset, BASE_FEE, Contract, Horizon, Keypair, Networks, NotFoundError, Operation, TransactionBuilder,
  authorizeEntry, nativeToScVal, rpc, scValToNative, xdr,
} from "@stellar/stellar-sdk";

const [url, wasmPath] = process.argv.slice(2);
const PASSPHRASE = Networks.STANDALONE;
const server = new rpc.Server(`${url}/rpc`, { allowHttp: true });
const horizon = new Horizon.Server(url, { allowHttp: true });
const owner = Keypair.random(), other = Keypair.random();
let steps = 0;

async function step(name, run) {
  try {
    await run();
  } catch (error) {
    console.error(`${name}: ${error.stack ?? JSON.stringify(error)}`);
    console.error(JSON.stringify(error?.response?.data ?? null));
    process.exit(1);
  }
  steps += 1;
  console.log(name);
}

const builder = async (key, fee = BASE_FEE) => {
  const source = await server.getAccount(key.publicKey());
  return new TransactionBuilder(source, { fee, networkPassphrase: PASSPHRASE }).setTimeout(300);
};

async function apply(tx, ...signers) {
  tx.sign(...signers);
  const sent = await server.sendTransaction(tx);
  assert.equal(sent.status, "PENDING", JSON.stringify(sent));
  const told = await server.pollTransaction(sent.hash, { attempts: 50, sleepStrategy: () => 50 });
  assert.equal(told.status, rpc.Api.GetTransactionStatus.SUCCESS, JSON.stringify(told));
  return told;
}

const invoke = async (key, operation) => server.prepareTransaction((await builder(key)).addOperation(operation).build());
const put = (contract, who, name, number) => contract.call(
  "put", new Address(who).toScVal(), xdr.ScVal.scvSymbol(name), nativeToScVal(number, { type: "u32" }));

await step("health, network, version, latest ledger, fee stats", async () => {
  assert.equal((await server.getHealth()).status, "healthy");
  const network = await server.getNetwork();
  assert.equal(network.passphrase, PASSPHRASE);
  assert.ok(network.friendbotUrl.endsWith("/friendbot"));
  assert.equal(Number((await server.getVersionInfo()).protocolVersion), Number(network.protocolVersion));
  assert.ok((await server.getLatestLedger()).sequence >= 2);
  assert.ok(Number((await server.getFeeStats()).inclusionFee.ledgerCount) > 0);
});

await step("friendbot funds two accounts", async () => {
  for (const key of [owner, other]) await server.fundAddress(key.publicKey());
  assert.ok(BigInt((await server.getAccount(owner.publicKey())).sequenceNumber()) > 0n);
});

let wasmId, contract;
await step("a contract is uploaded and created", async () => {
  const uploaded = await apply(await invoke(owner, Operation.uploadContractWasm({ wasm: readFileSync(wasmPath) })), owner);
  wasmId = scValToNative(uploaded.returnValue);
  const created = await apply(await invoke(owner, Operation.createCustomContract({
    address: new Address(owner.publicKey()), wasmHash: wasmId })), owner);
  contract = new Contract(scValToNative(created.returnValue));
  assert.deepEqual(Buffer.from(await server.getContractWasmByContractId(contract.contractId())), readFileSync(wasmPath));
});

let firstLedger;
await step("a call stores, emits, and is found with its events", async () => {
  const told = await apply(await invoke(owner, put(contract, owner.publicKey(), "k", 7)), owner);
  assert.equal(scValToNative(told.returnValue), 7);
  assert.equal(told.events.contractEventsXdr.flat().length, 1);
  firstLedger = told.ledger;
  const data = await server.getContractData(contract, xdr.ScVal.scvSymbol("k"));
  assert.equal(scValToNative(data.val.contractData.val), 7);
  assert.ok(data.liveUntilLedgerSeq > told.ledger);
});

await step("another signer authorises with address credentials", async () => {
  const tx = (await builder(owner)).addOperation(put(contract, other.publicKey(), "k", 8)).build();
  const trial = await server.simulateTransaction(tx);
  assert.ok(rpc.Api.isSimulationSuccess(trial));
  const signed = await authorizeEntry(trial.result.auth[0], other, trial.latestLedger + 100, PASSPHRASE);
  const operation = Operation.invokeHostFunction({ func: tx.operations[0].func, auth: [signed] });
  const told = await apply(await invoke(owner, operation), owner);
  assert.equal(scValToNative(told.returnValue), 8);
});

await step("a failing call is told by simulation", async () => {
  const trial = await server.simulateTransaction((await builder(owner)).addOperation(contract.call("trap")).build());
  assert.ok(rpc.Api.isSimulationError(trial));
  assert.ok(trial.error.includes("HostError"));
});

await step("events by contract and topic, page by page", async () => {
  const filters = [{ type: "contract", contractIds: [contract.contractId()],
    topics: [[xdr.ScVal.scvSymbol("k").toXDR("base64")]] }];
  const first = await server.getEvents({ startLedger: firstLedger, filters, limit: 1 });
  const second = await server.getEvents({ cursor: first.cursor, filters, limit: 10 });
  assert.deepEqual([...first.events, ...second.events].map(e => scValToNative(e.value)), [7, 8]);
  assert.equal(first.events[0].contractId.contractId(), contract.contractId());
});

await step("ledgers and transactions are listed", async () => {
  const ledgers = await server.getLedgers({ startLedger: firstLedger, pagination: { limit: 2 } });
  assert.equal(ledgers.ledgers[0].sequence, firstLedger);
  assert.ok(ledgers.ledgers[0].metadataXdr);
  const listed = await server.getTransactions({ startLedger: firstLedger, pagination: { limit: 5 } });
  assert.equal(listed.transactions[0].ledger, firstLedger);
});

await step("lifetimes are extended", async () => {
  const key = contract.getFootprint();
  const data = new (await import("@stellar/stellar-sdk")).SorobanDataBuilder().setReadOnly([key]).build();
  const tx = (await builder(owner)).addOperation(Operation.extendFootprintTtl({ extendTo: 3_000_000 }))
    .setSorobanData(data).build();
  const told = await apply(await server.prepareTransaction(tx), owner);
  const [entry] = (await server.getLedgerEntries(key)).entries;
  assert.equal(entry.liveUntilLedgerSeq, told.ledger + 3_000_000);
});

await step("an asset's contract is deployed and its money moved", async () => {
  const asset = new Asset("JS", owner.publicKey());
  await apply(await invoke(owner, Operation.createStellarAssetContract({ asset })), owner);
  await apply((await builder(other)).addOperation(Operation.changeTrust({ asset })).build(), other);
  const token = new Contract(asset.contractId(PASSPHRASE));
  const told = await apply(await invoke(owner, token.call("transfer", new Address(owner.publicKey()).toScVal(),
    new Address(other.publicKey()).toScVal(), nativeToScVal(50_000_000n, { type: "i128" }))), owner);
  assert.equal(told.returnValue.type, "scvVoid");
  const balances = (await horizon.loadAccount(other.publicKey())).balances;
  assert.equal(balances.find(b => b.asset_code === "JS").balance, "5.0000000");
});

await step("a fee bump is found by both hashes", async () => {
  const inner = (await builder(other)).addOperation(Operation.bumpSequence({ bumpTo: "1" })).build();
  inner.sign(other);
  const bump = TransactionBuilder.buildFeeBumpTransaction(owner, "200", inner, PASSPHRASE);
  const told = await apply(bump, owner);
  assert.equal(told.feeBump, true);
  assert.equal((await server.getTransaction(Buffer.from(inner.hash()).toString("hex"))).ledger, told.ledger);
});

await step("a refused transaction carries its result", async () => {
  const late = new Account(owner.publicKey(), "1");
  const tx = new TransactionBuilder(late, { fee: BASE_FEE, networkPassphrase: PASSPHRASE })
    .addOperation(Operation.bumpSequence({ bumpTo: "1" })).setTimeout(300).build();
  tx.sign(owner);
  const sent = await server.sendTransaction(tx);
  assert.equal(sent.status, "ERROR");
  assert.equal(sent.errorResult.result.type, "txBadSeq");
});

await step("Horizon: submit, list, stream, fees, ledgers, problems", async () => {
  const news = new Promise((resolve, reject) => {
    const close = horizon.payments().forAccount(other.publicKey()).cursor("now").stream({
      onmessage: payment => { close(); resolve(payment); }, onerror: reject });
  });
  await new Promise(resolve => setTimeout(resolve, 500));
  const source = await horizon.loadAccount(owner.publicKey());
  const tx = new TransactionBuilder(source, { fee: BASE_FEE, networkPassphrase: PASSPHRASE })
    .addOperation(Operation.payment({ destination: other.publicKey(), asset: Asset.native(), amount: "2" }))
    .setTimeout(300).build();
  tx.sign(owner);
  const told = await horizon.submitTransaction(tx);
  assert.equal(told.successful, true);
  assert.equal((await news).amount, "2.0000000");
  const page = await horizon.payments().forAccount(other.publicKey()).limit(2).call();
  assert.equal(page.records.length, 2);
  assert.ok((await page.next()).records.length > 0);
  assert.equal((await horizon.transactions().transaction(told.hash).call()).hash, told.hash);
  assert.equal((await horizon.feeStats()).last_ledger_base_fee, "100");
  assert.equal((await horizon.ledgers().order("desc").limit(1).call()).records.length, 1);
  assert.equal((await horizon.assets().forCode("JS").call()).records[0].asset_issuer, owner.publicKey());
  await assert.rejects(horizon.loadAccount(Keypair.random().publicKey()), NotFoundError);
});

console.log(`done ${steps}`);
process.exit(0);
