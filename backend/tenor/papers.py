"""Commands on files of one's own: what Tenor reads in an invoice, and how well it reads many. Never a database."""

import asyncio
from pathlib import Path

import click
import msgspec

from tenor.kernel.pages import DocumentText

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


COMMANDS = (read, read_eval)


def _heading(text: DocumentText) -> str:
    pages = f"{len(text.pages)} page{'' if len(text.pages) == 1 else 's'}"
    return f"{text.kind}, {pages}{', with an e-invoice' if text.xml is not None and text.kind != 'xml' else ''}"
