"""SEP-1 and SEP-10: every MUST of the text, against a real ledger; then the tokens that come out of it."""

import asyncio
import base64
import time
import tomllib
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt
import pytest
from people import LogIn, MovableClock, Person
from sqlalchemy import func, select
from stellar_sdk import (
    Account,
    BumpSequence,
    IdMemo,
    Keypair,
    ManageData,
    MuxedAccount,
    Network,
    SetOptions,
    Signer,
    TextMemo,
    TransactionBuilder,
    TransactionEnvelope,
)

from tenor.accounts import jobs
from tenor.accounts.models import SpentChallenge
from tenor.chain.keys import PlatformKeys
from tenor.db import Maker, transaction
from tenor.settings import Settings
from tenor.world import World


async def challenge(client: httpx.AsyncClient, account: str, **more: str) -> str:
    answer = await client.get("/auth", params={"account": account, **more})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["transaction"])


def signed(envelope_xdr: str, settings: Settings, *wallets: Keypair) -> str:
    envelope = TransactionEnvelope.from_xdr(envelope_xdr, settings.network_passphrase)
    envelope.signatures += [wallet.sign_decorated(envelope.hash()) for wallet in wallets]
    return envelope.to_xdr()


async def answer(client: httpx.AsyncClient, envelope_xdr: str) -> httpx.Response:
    return await client.post("/auth", json={"transaction": envelope_xdr})


async def test_toml_names_what_is_served(client: httpx.AsyncClient, settings: Settings, world: World) -> None:
    found = await client.get("/.well-known/stellar.toml")
    assert found.headers["content-type"].startswith("text/plain")
    assert found.headers["access-control-allow-origin"] == "*"
    toml = tomllib.loads(found.text)
    assert toml["SIGNING_KEY"] == world.signer.address("web_auth")
    assert toml["NETWORK_PASSPHRASE"] == settings.network_passphrase
    assert (toml["TENOR_ESCROW"], toml["TENOR_MARKET"]) == (world.deployment.escrow, world.deployment.market)
    assert urlsplit(toml["WEB_AUTH_ENDPOINT"]).path == "/auth"
    (asset,) = world.deployment.assets
    assert [(c["code"], c["issuer"]) for c in toml["CURRENCIES"]] == [(asset.code, asset.issuer)]
    assert len(found.content) < 100_000


async def test_challenge_has_the_shape_sep10_asks_for(
    client: httpx.AsyncClient, settings: Settings, world: World
) -> None:
    wallet, before = Keypair.random(), int(time.time())
    found = await client.get("/auth", params={"account": wallet.public_key, "memo": "7"})
    after = int(time.time())
    assert found.json().keys() == {"transaction", "network_passphrase"}
    envelope = TransactionEnvelope.from_xdr(found.json()["transaction"], settings.network_passphrase)
    tx = envelope.transaction
    assert (tx.source.account_id, tx.sequence) == (world.signer.address("web_auth"), 0)
    assert tx.preconditions is not None
    assert tx.preconditions.time_bounds is not None
    assert before <= tx.preconditions.time_bounds.min_time <= after
    assert tx.preconditions.time_bounds.max_time == tx.preconditions.time_bounds.min_time + 900
    assert tx.memo == IdMemo(7)
    first, second = tx.operations
    assert isinstance(first, ManageData)
    assert isinstance(second, ManageData)
    assert first.source is not None
    assert second.source is not None
    assert first.source.account_id == wallet.public_key
    assert first.data_name == f"{settings.home_domain} auth"
    assert first.data_value is not None
    assert len(base64.b64decode(first.data_value)) == 48
    assert (second.data_name, second.data_value) == ("web_auth_domain", settings.home_domain.encode())
    assert second.source.account_id == world.signer.address("web_auth")
    (signature,) = envelope.signatures
    Keypair.from_public_key(world.signer.address("web_auth")).verify(envelope.hash(), signature.signature)


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"account": "GABC"},
        {"account": "S" * 56},
        {"account": Keypair.random().public_key, "memo": "x"},
        {"account": Keypair.random().public_key, "memo": str(2**64)},
        {"account": MuxedAccount(Keypair.random().public_key, 3).account_muxed, "memo": "3"},
        {"account": Keypair.random().public_key, "home_domain": "elsewhere.example"},
    ],
)
async def test_a_wrong_challenge_request_is_400_with_an_error(
    client: httpx.AsyncClient, params: dict[str, str]
) -> None:
    found = await client.get("/auth", params=params)
    assert found.status_code == 400
    assert list(found.json()) == ["error"]
    assert found.headers["access-control-allow-origin"] == "*"


async def test_the_platforms_own_login_key_is_nobody(client: httpx.AsyncClient, world: World) -> None:
    found = await client.get("/auth", params={"account": world.signer.address("web_auth")})
    assert found.status_code == 400


async def test_token_has_the_claims_of_sep10(client: httpx.AsyncClient, settings: Settings, log_in: LogIn) -> None:
    person = await log_in()
    claims = jwt.decode(person.token, options={"verify_signature": False})
    assert claims["sub"] == person.wallet.public_key
    assert urlsplit(claims["iss"]).scheme in {"http", "https"}
    assert claims["exp"] == claims["iat"] + 900
    assert (await person.get("/v1/me")).json()["address"] == person.wallet.public_key


async def test_login_by_form(client: httpx.AsyncClient, settings: Settings) -> None:
    wallet = Keypair.random()
    envelope = signed(await challenge(client, wallet.public_key), settings, wallet)
    found = await client.post("/auth", data={"transaction": envelope})
    assert found.status_code == 200
    assert found.json()["token"]


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"transaction": 1}', b'{"transaction": "AAAA"}', b"\xff\xfe"])
async def test_a_post_without_a_challenge_is_400(client: httpx.AsyncClient, body: bytes) -> None:
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        found = await client.post("/auth", content=body, headers={"Content-Type": kind})
        assert found.status_code == 400, found.text
        assert list(found.json()) == ["error"]


async def test_p089_a_body_beyond_the_limit_is_413(client: httpx.AsyncClient) -> None:
    found = await client.post("/auth", content=b"{" + b" " * 100_001)
    assert found.status_code == 413


async def test_unsigned_or_foreign_signed_is_400(client: httpx.AsyncClient, settings: Settings) -> None:
    wallet, other = Keypair.random(), Keypair.random()
    envelope = await challenge(client, wallet.public_key)
    assert (await answer(client, envelope)).status_code == 400
    assert (await answer(client, signed(envelope, settings, other))).status_code == 400
    assert (await answer(client, signed(envelope, settings, wallet, other))).status_code == 400
    assert (await answer(client, signed(envelope, settings, wallet, wallet))).status_code == 400
    assert (await answer(client, signed(envelope, settings, wallet))).status_code == 200


def _forged(settings: Settings, world: World, wallet: Keypair, **change: Any) -> str:
    """A challenge with one thing wrong, signed by the client; by the server only where a key of ours is given."""
    now = int(time.time())
    source = change.get("source", world.signer.address("web_auth"))
    builder = TransactionBuilder(
        Account(source, change.get("sequence", 0) - 1), change.get("passphrase", settings.network_passphrase), 100
    )
    start, end = change.get("bounds", (now, now + 900))
    builder.add_time_bounds(start, end)
    name = change.get("name", f"{settings.home_domain} auth")
    nonce = base64.b64encode(bytes(change.get("nonce_bytes", 48)))
    if "memo" in change:
        builder.add_memo(change["memo"])
    if "before" in change:
        builder.append_operation(change["before"])
    builder.append_manage_data_op(name, nonce, source=change.get("client", wallet.public_key))
    builder.append_manage_data_op(
        "web_auth_domain", change.get("domain", settings.home_domain).encode(), source=change.get("extra", source)
    )
    envelope = builder.build()
    if "server" in change:
        envelope.sign(change["server"])
    envelope.sign(wallet)
    return envelope.to_xdr()


async def test_every_other_transaction_is_400(
    client: httpx.AsyncClient, settings: Settings, world: World, keys: PlatformKeys
) -> None:
    """The server's key signs each of them here, so that only the named fault is left to refuse."""
    wallet, stranger, server = Keypair.random(), Keypair.random(), keys.roles["web_auth"]
    now = int(time.time())
    good = _forged(settings, world, wallet, server=server)
    faults: dict[str, dict[str, Any]] = {
        "not signed by the server": {},
        "signed by another server": {"server": stranger},
        "another source": {"server": server, "source": stranger.public_key},
        "a sequence": {"server": server, "sequence": 1},
        "expired": {"server": server, "bounds": (now - 1000, now - 100)},
        "not yet": {"server": server, "bounds": (now + 100, now + 1000)},
        "for ever": {"server": server, "bounds": (now, 0)},
        "another home domain": {"server": server, "name": "elsewhere.example auth"},
        "another web-auth domain": {"server": server, "domain": "elsewhere.example"},
        "another network": {"server": server, "passphrase": Network.TESTNET_NETWORK_PASSPHRASE},
        "a stranger's operation": {"server": server, "extra": stranger.public_key},
        "a memo of another kind": {"server": server, "memo": TextMemo("7")},
        "a memo for a muxed account": {
            "server": server,
            "memo": IdMemo(7),
            "client": MuxedAccount(wallet.public_key, 9).account_muxed,
        },
        "a short nonce": {"server": server, "nonce_bytes": 32},
        "another first operation": {"server": server, "before": BumpSequence(5, source=wallet.public_key)},
        "nobody's first operation": {"server": server, "client": None},
    }
    for fault, change in faults.items():
        found = await answer(client, _forged(settings, world, wallet, **change))
        assert found.status_code == 400, fault
        assert list(found.json()) == ["error"], fault
    assert (await answer(client, good)).status_code == 200


async def test_p078_a_challenge_makes_one_token(client: httpx.AsyncClient, settings: Settings, database: Maker) -> None:
    wallet = Keypair.random()
    envelope = signed(await challenge(client, wallet.public_key), settings, wallet)
    found = await asyncio.gather(*(answer(client, envelope) for _ in range(8)))
    assert sorted(response.status_code for response in found) == [200] + [400] * 7
    assert (await answer(client, envelope)).status_code == 400
    async with transaction(database) as session:
        assert await session.scalar(select(func.count()).select_from(SpentChallenge)) == 1


async def test_what_has_expired_is_forgotten_and_nothing_else(
    log_in: LogIn, database: Maker, world: World, clock: MovableClock
) -> None:
    person = await log_in()
    assert await jobs.forget(database, world) == 0
    clock.ahead = 901
    assert await jobs.forget(database, world) == 1
    assert (await _refresh(person)).status_code == 200
    clock.ahead = 61 * 86_400
    assert await jobs.forget(database, world) == 3, "two refresh tokens and their session"


async def test_a_challenge_expires(client: httpx.AsyncClient, settings: Settings, clock: MovableClock) -> None:
    wallet = Keypair.random()
    envelope = signed(await challenge(client, wallet.public_key), settings, wallet)
    clock.ahead = 901
    assert (await answer(client, envelope)).status_code == 400


def _account_of(settings: Settings, localnet: str, wallet: Keypair, *operations: SetOptions) -> None:
    """Creates the account by friendbot and applies `operations` to it."""
    httpx.get(f"{localnet}/friendbot", params={"addr": wallet.public_key}, timeout=20).raise_for_status()
    from stellar_sdk import SorobanServer

    with SorobanServer(settings.rpc_url) as server:
        builder = TransactionBuilder(server.load_account(wallet.public_key), settings.network_passphrase, 10_000)
        builder.set_timeout(60)
        for operation in operations:
            builder.append_operation(operation)
        if operations:
            envelope = builder.build()
            envelope.sign(wallet)
            sent = server.send_transaction(envelope)
            assert str(server.poll_transaction(sent.hash).status).endswith("SUCCESS")


async def test_weight_of_current_signers_must_reach_the_medium_threshold(
    client: httpx.AsyncClient, settings: Settings, localnet: str
) -> None:
    wallet, one, two, stranger = (Keypair.random() for _ in range(4))
    signers = [SetOptions(signer=Signer.ed25519_public_key(key.public_key, 1)) for key in (one, two)]
    limits = SetOptions(master_weight=0, low_threshold=1, med_threshold=2, high_threshold=3)
    await asyncio.to_thread(_account_of, settings, localnet, wallet, *signers, limits)

    async def attempt(*who: Keypair) -> int:
        envelope = signed(await challenge(client, wallet.public_key), settings, *who)
        return (await answer(client, envelope)).status_code

    assert await attempt(wallet) == 400, "the master key has no weight any more"
    assert await attempt(one) == 400, "weight 1 is below medium"
    assert await attempt(one, one) == 400, "one signer counts once"
    assert await attempt(one, two, stranger) == 400, "a signature of nobody"
    assert await attempt(one, two) == 200


async def test_an_existing_account_logs_in_by_its_master_key(
    client: httpx.AsyncClient, settings: Settings, localnet: str
) -> None:
    wallet = Keypair.random()
    await asyncio.to_thread(_account_of, settings, localnet, wallet)
    envelope = signed(await challenge(client, wallet.public_key), settings, wallet)
    assert (await answer(client, envelope)).status_code == 200


async def test_p080_two_memos_of_one_account_are_two_users(client: httpx.AsyncClient, settings: Settings) -> None:
    wallet = Keypair.random()
    muxed = MuxedAccount(wallet.public_key, 9).account_muxed
    assert muxed is not None
    found = {}
    for name, account, more in (
        ("plain", wallet.public_key, {}),
        ("memo 1", wallet.public_key, {"memo": "1"}),
        ("memo 2", wallet.public_key, {"memo": "2"}),
        ("muxed", muxed, {}),
    ):
        envelope = signed(await challenge(client, account, **more), settings, wallet)
        token = (await answer(client, envelope)).json()["token"]
        found[name] = (await client.get("/v1/me", headers={"Authorization": f"Bearer {token}"})).json()
    assert len({me["id"] for me in found.values()}) == 4
    assert {me["address"] for me in found.values()} == {wallet.public_key}
    assert found["memo 1"]["subject"] == f"{wallet.public_key}:1"
    assert found["muxed"]["subject"] == muxed


async def test_p080_tokens_of_others_are_refused(
    client: httpx.AsyncClient, log_in: LogIn, keys: PlatformKeys, clock: MovableClock
) -> None:
    person = await log_in()
    key = keys.secrets.token_key
    claims = jwt.decode(person.token, options={"verify_signature": False})
    public_pem = "-----BEGIN PUBLIC KEY-----"
    for fault, token in {
        "another key": jwt.encode(claims, b"k" * 32, algorithm="HS256"),
        "no signature": jwt.encode(claims, None, algorithm="none"),
        "another algorithm": jwt.encode(claims, key + key, algorithm="HS512"),
        "another audience": jwt.encode(claims | {"aud": "https://elsewhere.example"}, key, algorithm="HS256"),
        "another issuer": jwt.encode(claims | {"iss": "https://elsewhere.example/auth"}, key, algorithm="HS256"),
        "no id": jwt.encode({k: v for k, v in claims.items() if k != "jti"}, key, algorithm="HS256"),
        "no expiry": jwt.encode({k: v for k, v in claims.items() if k != "exp"}, key, algorithm="HS256"),
        "another account": jwt.encode(claims | {"acc": claims["sid"]}, key, algorithm="HS256"),
        "no token at all": public_pem,
    }.items():
        found = await client.get("/v1/me", headers={"Authorization": f"Bearer {token}"})
        assert found.status_code == 401, fault
        assert found.json()["code"] == "not-logged-in", fault
    clock.ahead = 900
    assert (await person.get("/v1/me")).status_code == 401


async def _refresh(person: Person, token: str | None = None) -> httpx.Response:
    return await person.client.post("/v1/sessions/refresh", json={"refresh_token": token or person.refresh_token})


async def test_refreshing_rotates_and_reuse_ends_the_session(log_in: LogIn) -> None:
    person = await log_in()
    fresh = (await _refresh(person)).json()
    renewed = Person(person.client, person.wallet, fresh["token"], fresh["refresh_token"])
    assert (await renewed.get("/v1/me")).status_code == 200
    assert (await _refresh(person)).status_code == 401, "the first refresh token has been used"
    assert (await renewed.get("/v1/me")).status_code == 401, "its reuse ended the session, access token included"
    assert (await _refresh(renewed)).status_code == 401


async def test_two_refreshes_at_once_give_one_pair(log_in: LogIn) -> None:
    person = await log_in()
    found = await asyncio.gather(*(_refresh(person) for _ in range(5)))
    assert sorted(response.status_code for response in found) == [200] + [401] * 4


async def test_a_session_ends_with_its_time(log_in: LogIn, clock: MovableClock) -> None:
    person = await log_in()
    clock.ahead = 30 * 86_400
    assert (await _refresh(person)).status_code == 401


async def test_sessions_are_listed_and_ended_one_by_one(log_in: LogIn) -> None:
    first = await log_in()
    second = await log_in(first.wallet)
    stranger = await log_in()
    listed = (await first.get("/v1/sessions")).json()
    assert [item["current"] for item in listed] == [False, True]
    other = listed[0]["id"]
    assert (await stranger.delete(f"/v1/sessions/{other}")).status_code == 404
    assert (await second.get("/v1/me")).status_code == 200
    assert (await first.delete(f"/v1/sessions/{other}")).status_code == 204
    assert (await second.get("/v1/me")).status_code == 401
    assert (await first.get("/v1/me")).status_code == 200


async def test_preflight_is_answered_for_wallets_in_browsers(client: httpx.AsyncClient) -> None:
    for path in ("/auth", "/.well-known/stellar.toml"):
        found = await client.options(
            path, headers={"Origin": "https://wallet.example", "Access-Control-Request-Method": "POST"}
        )
        assert found.status_code == 204
        assert found.headers["access-control-allow-origin"] == "*"
        assert "content-type" in found.headers["access-control-allow-headers"].lower()
