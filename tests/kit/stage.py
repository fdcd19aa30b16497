"""A whole platform on a ledger of its own: people act through the API, `settle` plays the worker, time can be moved."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
from patience import PATIENCE_SECONDS, patiently, read_ledger
from people import LogIn, Person
from sqlalchemy import Table, delete, select
from stellar_sdk import Asset, Keypair, TransactionEnvelope

from tenor import projector
from tenor.chain import jobs as chain_jobs
from tenor.chain.direct import Direct, trustline_key
from tenor.chain.eventlog import raw_event
from tenor.chain.index import decoder_of
from tenor.chain.keys import PlatformKeys
from tenor.chain.models import ContractEvent
from tenor.db import Base, Maker, transaction
from tenor.investments import jobs as investment_jobs
from tenor.kernel.money import to_decimal
from tenor.ledger import calls, scval
from tenor.ledger.calls import Accrual, Invocation, Terms
from tenor.up.people import pay
from tenor.world import World

DAY = 86_400
USDC = 10**7
PURSE = 10_000 * USDC


def _projections() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if table.info.get("projection")]


@dataclass
class Stage:
    localnet: str
    world: World
    maker: Maker
    keys: PlatformKeys
    direct: Direct
    log_in: LogIn

    # --- people

    async def person(self, *, purse: int = PURSE, trustline: bool = True, allowed: bool = True) -> Person:
        """A wallet on the ledger with `purse` units, logged in; on the contract's allowlist or not."""
        wallet = Keypair.random()
        await self.direct.ensure_account(wallet.public_key)
        if trustline:
            await self.open_trustline(wallet)
            if purse:
                await pay(self.direct, self.keys.issuer, wallet.public_key, self.asset, purse)
        if allowed:
            await self.invoke(
                self.keys.roles["operator"],
                calls.set_allowed(self.world.deployment.escrow, account=wallet.public_key, allowed=True),
            )
        return await self.log_in(wallet)

    async def give(self, address: str, units: int) -> None:
        """Money from the issuer; a platform account gets a trustline first."""
        for keypair in self.keys.roles.values():
            if keypair.public_key == address:
                await self.open_trustline(keypair)
        await pay(self.direct, self.keys.issuer, address, self.asset, units)

    async def take(self, wallet: Keypair, units: int) -> None:
        """Money back to the issuer."""
        await pay(self.direct, wallet, self.keys.issuer.public_key, self.asset, units)

    async def close_trustline(self, wallet: Keypair) -> None:
        """Sends back what is there, then removes the line."""
        if units := await self.balance(wallet.public_key):
            await self.take(wallet, units)
        await self.direct.submit(wallet, lambda builder: builder.append_change_trust_op(self.asset, limit="0"))

    async def open_trustline(self, wallet: Keypair) -> None:
        await self.direct.ensure_trustline(wallet, self.asset)

    @property
    def asset(self) -> Asset:
        known = self.world.deployment.assets[0]
        return Asset(known.code, known.issuer)

    async def balance(self, address: str) -> int:
        """Units of the settlement asset, from the ledger's own entry; contracts through their view."""
        if address.startswith("C"):
            known = self.world.deployment.assets[0].contract
            return int(await self.native(calls.balance(known, owner=address)))
        entry = await self.direct.entry(trustline_key(address, self.asset))
        return 0 if entry is None else entry.trust_line.balance.int64

    # --- an invoice, straight on the ledger

    async def listed(self, seller: Person, debtor: Person, *, fingerprint: str | None = None, **changes: Any) -> str:
        """An attested invoice: 1,000 face, 930 claim, 900 advance, ten days to fund it, due in sixty. Its id."""
        escrow, reference = self.world.deployment.escrow, uuid4().hex + uuid4().hex
        now = (await self.world.ledger.tip()).closed_at
        terms = Terms(**(self._terms(now) | changes))
        await self.invoke(
            seller.wallet,
            calls.create_escrow(escrow, seller=seller.wallet.public_key, reference=reference, terms=terms),
        )
        chain_id = calls.chain_id(seller.wallet.public_key, reference)
        await self.invoke(
            self.keys.roles["operator"],
            calls.attest(
                escrow,
                chain_id,
                debtor=debtor.wallet.public_key,
                debtor_key=uuid4().hex * 2,
                fingerprint=fingerprint or uuid4().hex * 2,
            ),
        )
        await self.settle()
        return chain_id

    def _terms(self, now: int) -> dict[str, Any]:
        return {
            "asset": self.world.deployment.assets[0].contract,
            "advance": 900 * USDC,
            "claim": 930 * USDC,
            "face": 1_000 * USDC,
            "funding_deadline": now + 10 * DAY,
            "due": now + 60 * DAY,
            "accrual": Accrual.LINEAR,
            "min_earned_days": 7,
            "late_bps_per_day": 5,
            "late_days_max": 90,
            "grace_days": 30,
            "origination_fee_bps": 100,
            "profit_fee_bps": 1_000,
            "min_ticket": 10 * USDC,
            "min_payment": 10 * USDC,
            "recourse": False,
            "restricted": True,
            "document": "cd" * 32,
        }

    async def token(self, chain_id: str) -> str:
        return calls.token_address(self.world.deployment.escrow, chain_id, self.world.ledger.passphrase)

    async def native(self, call: Invocation) -> Any:
        """What a view of a contract answers now."""
        return scval.native((await self.world.ledger.read(call)).to_xdr_bytes())

    async def invoke(self, signer: Keypair, call: Invocation) -> None:
        await self.direct.submit(
            signer,
            lambda builder: builder.append_invoke_contract_function_op(call.contract, call.function, list(call.args)),
            contract=True,
        )

    # --- the worker and the clock

    async def settle(self) -> None:
        """Submit what is due, read the ledger, push what was deposited, until nothing is left to do."""

        async def is_quiet() -> bool:
            await self.submit()
            under_way = await chain_jobs.due(self.maker, self.world)
            await self.read()  # after the question: what is over by now is projected as well
            pushed = await investment_jobs.due(self.maker, self.world)
            for chain_id in pushed:
                await investment_jobs.push(self.maker, self.world, chain_id)
            return not under_way and not pushed

        await patiently(is_quiet, "there was still something to do")

    async def submit(self) -> None:
        for transaction_id in await chain_jobs.due(self.maker, self.world):
            await chain_jobs.submit(self.maker, self.world, projector.finished, transaction_id)

    async def read(self) -> None:
        """The indexer alone, without pushing anything."""
        await read_ledger(self.maker, self.world)

    # --- the projection

    async def projections(self) -> dict[str, list[Any]]:
        """Every row of every projection table."""
        async with transaction(self.maker) as session:
            return {
                table.name: [tuple(row) for row in await session.execute(select(table).order_by(*table.primary_key))]
                for table in _projections()
            }

    async def forget_projections(self) -> None:
        async with transaction(self.maker) as session:
            for table in _projections():
                await session.execute(delete(table))

    async def replay(self) -> None:
        """The raw log through the projector, from the beginning."""
        decoder = decoder_of(self.world)
        async with transaction(self.maker) as session:
            events = []
            for row in await session.scalars(select(ContractEvent).order_by(ContractEvent.id)):
                event = decoder.decode(raw_event(row))
                assert event is not None
                await projector.project(session, event)
                events.append(event)
            await projector.post(session, decoder, events)

    async def advance(self, seconds: int) -> None:
        """Ledger time goes on, and a ledger closes at the new time."""
        async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as http:
            (await http.post(f"{self.localnet}/control/clock", json={"advance_seconds": seconds})).raise_for_status()
            (await http.post(f"{self.localnet}/control/close")).raise_for_status()
        await self.settle()

    # --- wallets

    async def sign(self, person: Person, drafted: httpx.Response, *, settle: bool = True) -> dict[str, Any]:
        """The wallet signs what the API drafted and hands it in; the transaction as it stands afterwards."""
        assert drafted.status_code == 201, drafted.text
        draft: dict[str, Any] = drafted.json()
        envelope = TransactionEnvelope.from_xdr(draft["unsigned_xdr"], self.world.ledger.passphrase)
        envelope.sign(person.wallet)
        path = f"/v1/transactions/{draft['id']}"
        handed = await person.post(f"{path}/signature", json={"signed_xdr": envelope.to_xdr()})
        assert handed.status_code == 200, handed.text
        if settle:
            await self.settle()

        async def is_over() -> bool:
            await self.submit()
            return handed.json()["id"] not in await chain_jobs.due(self.maker, self.world)

        await patiently(is_over, f"{path} is still under way")
        return dict((await person.get(path)).raise_for_status().json())

    async def invest(self, person: Person, chain_id: str, most: int, least: int | None = None) -> dict[str, Any]:
        """Units; signed and applied, and nothing pushed."""
        terms_hash = (await person.get(f"/v1/marketplace/{chain_id}")).raise_for_status().json()["terms_hash"]
        drafted = await person.post(
            "/v1/investments",
            json={
                "chain_id": chain_id,
                "max_amount": to_decimal(most, 7),
                "min_amount": to_decimal(least or most, 7),
                "terms_hash": terms_hash,
            },
        )
        return await self.sign(person, drafted)

    async def pay(self, person: Person, chain_id: str, units: int, *, settle: bool = True) -> dict[str, Any]:
        drafted = await person.post(f"/v1/invoices/{chain_id}/payments", json={"amount": to_decimal(units, 7)})
        return await self.sign(person, drafted, settle=settle)
