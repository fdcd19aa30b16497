"""Throw-away people over HTTP, on a local demo network only; and the page that guides them. Decides nothing."""

from typing import Annotated

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.status_codes import HTTP_200_OK
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.console import demo
from tenor.console.rendering import page
from tenor.console.visitor import Visitor
from tenor.kernel.actor import Actor
from tenor.settings import Settings
from tenor.world import World


class PurseRequest(msgspec.Struct, forbid_unknown_fields=True):
    address: Annotated[str, msgspec.Meta(max_length=60)]


class PurseView(msgspec.Struct):
    """`unsigned_xdr`: for the throw-away key to sign; null when the address has its play money already."""

    unsigned_xdr: str | None
    network_passphrase: str


class SignedPurse(msgspec.Struct, forbid_unknown_fields=True):
    signed_xdr: Annotated[str, msgspec.Meta(max_length=20_000)]


class Done(msgspec.Struct):
    done: bool


@post("/purses", status_code=HTTP_200_OK, security=[{}], summary="Play money for a throw-away address")
async def purse(
    world: NamedDependency[World], settings: NamedDependency[Settings], data: JSONBody[PurseRequest]
) -> PurseView:
    """An account by friendbot, and a transaction that opens its trustline and fills it. Local demo network only."""
    return PurseView(await demo.purse(world, settings, data.address), settings.network_passphrase)


@post("/purses/signature", status_code=HTTP_200_OK, security=[{}], summary="Send the signed play money")
async def fill(settings: NamedDependency[Settings], data: JSONBody[SignedPurse]) -> Done:
    """Answers once the ledger has it."""
    await demo.fill(settings, data.signed_xdr)
    return Done(done=True)


@post("/verification", status_code=HTTP_200_OK, summary="Approve my own KYC details")
async def verify(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    settings: NamedDependency[Settings],
    actor: NamedDependency[Actor],
) -> Done:
    """As a reviewer would. Local demo network only."""
    await demo.verify(session, world, settings, actor)
    return Done(done=True)


@post("/appointment", status_code=HTTP_200_OK, summary="Become one of the platform's people")
async def appoint(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    settings: NamedDependency[Settings],
    actor: NamedDependency[Actor],
) -> Done:
    """Admin and operator. Local demo network only."""
    await demo.appoint(session, world, settings, actor)
    return Done(done=True)


@get("/demo")
async def guide(visitor: NamedDependency[Visitor], settings: NamedDependency[Settings]) -> Response[str]:
    demo.check_here(settings)
    return page(visitor, "demo.html")


PAGES = (guide,)
v1 = Router("/demo", route_handlers=[purse, fill, verify, appoint], tags=["demo"])
