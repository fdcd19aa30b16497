"""Commands on files of one's own: what is read in an invoice, how well many are read, what a proof proves.

Never a database.
"""

import asyncio
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from tenor.kernel.pages import DocumentText

if TYPE_CHECKING:
    from stellar_sdk import xdr

    from tenor.invoices.proofs import Place, Proven

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="What the API answers, as JSON.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page with the boxes drawn.")
def read(file: Path, *, as_json: bool, html: Path | None) -> None:
    """Read an invoice the way an upload is read: confined, field by field, with what is doubtful."""
    from tenor.documents.reader import SandboxedReader
    from tenor.invoices.extract import extract
    from tenor.invoices.intake import stored_form
    from tenor.invoices.review_page import review_page
    from tenor.invoices.wire import reading_view

    data, reader = file.read_bytes(), SandboxedReader()
    if html is None:
        pictures: tuple[bytes, ...] = ()
        text = asyncio.run(reader.read(data))
    else:
        text, pictures = asyncio.run(reader.read_with_pictures(data))
    found = extract(text)
    if html is not None:
        html.write_text(review_page(file.name, text, found, pictures), encoding="utf-8")
    view = reading_view(stored_form(found, text), [])
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(view), indent=1))
        return
    click.echo(_heading(text))
    for name, field in view.fields.items():
        mark = "?" if field.doubtful else " "
        others = "".join(f"  or {other.value}" for other in field.alternatives)
        click.echo(f"{mark} {name:<14} {field.value or '-':<40} {field.source or '':<5}{others}".rstrip())
    for finding in view.findings:
        click.echo(f"{finding.severity}: {finding.sentence}")
    if html is not None:
        click.echo(f"wrote {html}")


@click.command("read-eval")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
def read_eval(directory: Path) -> None:
    """Read a folder of files that have their truth beside them (NAME.truth.json), and print how well: three tables."""
    from tenor.invoices import evaluation

    if evaluation.main(str(directory)):
        raise click.UsageError("There is nothing to compare: put NAME.truth.json beside NAME.pdf.")


@click.command()
@click.argument("proof_file", metavar="PROOF", type=_FILE)
@click.option("--rpc", envvar="RPC_URL", required=True, help="A Stellar RPC server of your choice.")
@click.option("--file", type=_FILE, help="The invoice itself: is it the one that was committed?")
@click.option("--escrow", help="The escrow contract you trust; a proof that names another is refused.")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
def proof(proof_file: Path, *, rpc: str, file: Path | None, escrow: str | None, as_json: bool) -> None:
    """Check what a PROOF shows against the ledger's own entry. Asks that RPC server, and nobody else."""
    from tenor.invoices.commitment import ProofInvalid
    from tenor.invoices.proofs import place_of, proven

    try:
        told = proof_file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ProofInvalid(f"{proof_file} is no proof: it is not even text.") from None
    place = place_of(told)
    if escrow is not None and escrow != place.escrow:
        raise ProofInvalid(f"The proof speaks of the escrow contract {place.escrow}, which is not the one you trust.")
    entry = asyncio.run(_entry(rpc, place))
    digest = None if file is None else hashlib.sha256(file.read_bytes()).digest()
    found = proven(told, entry, file_sha256=digest)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=1))
        return
    for line in _told(found, trusted=escrow is not None):
        click.echo(line)


COMMANDS = (read, read_eval)


async def _entry(rpc: str, place: "Place") -> "xdr.LedgerEntryData | None":
    from tenor.chain.direct import Direct

    async with Direct(rpc_url=rpc, network_passphrase=place.network, friendbot_url=None) as direct:
        await direct.check_network()
        return await direct.entry(place.key)


def _told(found: "Proven", *, trusted: bool) -> Iterator[str]:
    from tenor.invoices.proofs import readable

    for name, value in readable(found.shown).items():
        yield f"{name:<16} {''.join(c if c.isprintable() else '?' for c in value)}"
    due = datetime.fromtimestamp(found.due_at, UTC).date()
    debtor = "not named" if not found.is_attested else "attested" + (", acknowledged" if found.is_acknowledged else "")
    yield f"proven           under {found.document}, the document of invoice {found.place.invoice}"
    yield f"on the ledger    {found.status}: {found.face_units} units of {found.asset} due {due}, debtor {debtor}"
    yield f"seller           {found.seller}"
    if found.is_file_checked:
        yield "file             is the one that was committed"
    yield f"escrow contract  {found.place.escrow}" + ("" if trusted else " (compare it with the one Tenor publishes)")


def _heading(text: DocumentText) -> str:
    pages = f"{len(text.pages)} page{'' if len(text.pages) == 1 else 's'}"
    return f"{text.kind}, {pages}{', with an e-invoice' if text.xml is not None and text.kind != 'xml' else ''}"
