"""An invoice's papers over the API: who sees its pages, and how they come."""

import asyncio
import hashlib
import html
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from PIL import Image
from stellar_sdk import StrKey
from trade import Trade, fields_of

from invoice_files import born_digital, ubl
from tenor.cli import tenor
from tenor.invoices.commitment import ProofInvalid
from tenor.invoices.proofs import place_of, proven
from tenor.kernel.errors import Invalid


async def test_pages_are_shown_to_whoever_may_see_the_reading(trade: Trade) -> None:
    seller, stranger = await trade.person("seller"), await trade.person("seller")
    invoice = await trade.uploaded(seller, born_digital(await trade.sample()), "invoice.pdf")
    path = f"/v1/invoices/{invoice['id']}/reading"
    (page,) = (await seller.get(path)).json()["pages"]

    found = await seller.get(f"{path}/pages/1.png")
    assert (found.status_code, found.headers["content-type"]) == (200, "image/png")
    drawn = Image.open(io.BytesIO(found.content))
    assert (drawn.width, drawn.height) == (round(page["width"] / 50), round(page["height"] / 50))
    known = seller.headers | {"If-None-Match": found.headers["etag"]}
    again = await trade.client.get(f"{path}/pages/1.png", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in found.headers["cache-control"]

    assert (await (await trade.platform("operator")).get(f"{path}/pages/1.png")).status_code == 200
    assert (await stranger.get(f"{path}/pages/1.png")).status_code == 404
    assert (await trade.client.get(f"{path}/pages/1.png")).status_code == 401
    for file in ("0.png", "2.png", "01.png", "1.jpg", "1", "1.png.png", "..%2f1.png"):
        answer = await seller.get(f"{path}/pages/{file}")
        assert answer.status_code == 404, file


@pytest.fixture
async def listed(trade: Trade) -> tuple[dict[str, Any], bytes, str]:
    """An invoice on the ledger, its file, and a proof that shows amount, date, currency and file, not the debtor."""
    seller, debtor = await trade.person("seller"), await trade.person()
    await trade.card()
    await trade.debtor(address=debtor.wallet.public_key)
    sample = await trade.sample()
    invoice = await trade.on_ledger(seller, sample)
    fields = ["amount_due", "due_date", "currency", "file_sha256"]
    proof = await seller.get(f"/v1/invoices/{invoice['id']}/proof", params={"fields": fields})
    assert proof.status_code == 200, proof.text
    assert fields_of(sample)["debtor_name"] not in proof.text
    assert "attachment" in proof.headers["content-disposition"]
    return invoice, ubl(sample), proof.text


Change = Callable[[dict[str, Any], dict[str, Any]], object]
"""Gets the proof and its field `amount_due`."""

CHANGES: dict[str, Change] = {
    "value": lambda _, amount: amount.update(value="900000"),
    "name": lambda _, amount: amount.update(name="gross"),
    "salt": lambda _, amount: amount.update(salt="00" * 32),
    "short salt": lambda _, amount: amount.update(salt=amount["salt"][:-2]),
    "no hex": lambda _, amount: amount.update(salt="zz" * 32),
    "path": lambda _, amount: amount["path"].pop(),
    "longer path": lambda _, amount: amount["path"].append("00" * 32),
    "index": lambda _, amount: amount.update(index=amount["index"] + 1),
    "outside": lambda _, amount: amount.update(index=4_000),
    "leaves": lambda proof, _: proof.update(leaves=proof["leaves"] + 1),
    "twice": lambda proof, amount: proof["fields"].append(amount),
    "nothing": lambda proof, _: proof.update(fields=[]),
    "format": lambda proof, _: proof.update(format="tenor-commitment-2"),
    "surrogate": lambda _, amount: amount.update(value="\ud800"),
    "invoice": lambda proof, _: proof["ledger"].update(invoice="00" * 32),
    "contract": lambda proof, _: proof["ledger"].update(escrow=StrKey.encode_contract(bytes(32))),
    "address": lambda proof, _: proof["ledger"].update(escrow=proof["ledger"]["escrow"][:-1] + "!"),
    "network": lambda proof, _: proof["ledger"].update(network="Public Global Stellar Network ; September 2015"),
    "place": lambda proof, _: proof.pop("ledger"),
}


def altered(proof: str, change: str) -> str:
    told = json.loads(proof)
    CHANGES[change](told, next(field for field in told["fields"] if field["name"] == "amount_due"))
    return json.dumps(told)


async def verified(*arguments: str) -> tuple[int, str]:
    told = await asyncio.to_thread(CliRunner().invoke, tenor, ["verify", *arguments])
    return (2, str(told.exception)) if isinstance(told.exception, Invalid) else (told.exit_code, told.output)


async def test_a_proof_is_checked_without_our_database(
    trade: Trade, listed: tuple[dict[str, Any], bytes, str], tmp_path: Path
) -> None:
    invoice, original, proof = listed
    rpc = trade.settings.rpc_url
    file, paper, other = tmp_path / "proof.json", tmp_path / "invoice.xml", tmp_path / "other.xml"
    file.write_text(proof)
    paper.write_bytes(original)
    other.write_bytes(original + b" ")

    code, told = await verified(str(file), "--rpc", rpc, "--file", str(paper))
    assert code == 0, told
    assert re.search(r"^amount_due +1000\.00$", told, re.MULTILINE)
    assert invoice["escrow"]["document"] in told
    assert "is the one that was committed" in told
    assert "compare it with the one Tenor publishes" in told
    code, told = await verified("proof", str(file), "--rpc", rpc, "--escrow", trade.world.deployment.escrow, "--json")
    answer = json.loads(told)
    assert (code, answer["status"], answer["is_attested"]) == (0, "open", False)
    assert answer["face_units"] == 1000 * 10**7

    assert await verified(str(file), "--rpc", rpc, "--file", str(other)) == (
        2,
        "The file is not the one that was committed: its SHA-256 is another.",
    )
    code, told = await verified(str(file), "--rpc", rpc, "--escrow", StrKey.encode_contract(bytes(32)))
    assert (code, "not the one you trust" in told) == (2, True)


async def test_an_altered_proof_is_refused(
    trade: Trade, listed: tuple[dict[str, Any], bytes, str], tmp_path: Path
) -> None:
    _, _, proof = listed
    file = tmp_path / "proof.json"
    for change in CHANGES:
        file.write_text(altered(proof, change))
        code, told = await verified(str(file), "--rpc", trade.settings.rpc_url)
        assert code == 2, (change, told)
    (entry,) = await trade.world.ledger.entries([place_of(proof).key])
    for change in ("invoice", "contract"):
        with pytest.raises(ProofInvalid, match="another entry"):
            proven(altered(proof, change), entry)
    file.write_bytes(b"\xff\x00")
    assert (await verified(str(file), "--rpc", trade.settings.rpc_url))[0] == 2


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


async def browsed(page: str, profile: Path) -> str:
    """The page's DOM after it has checked, in a headless browser."""
    assert CHROMIUM, "Chromium is missing: `scripts/setup --browser` installs Debian's."
    process = await asyncio.create_subprocess_exec(
        *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
        *(f"--user-data-dir={profile}", "--virtual-time-budget=20000", "--dump-dom", page),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    told, _ = await process.communicate()
    return html.unescape(told.decode())


async def test_a_browser_checks_a_proof_without_our_server(
    trade: Trade, listed: tuple[dict[str, Any], bytes, str], tmp_path: Path
) -> None:
    """The page as the API serves it, saved and opened from disk: it asks the RPC server and nobody else."""
    invoice, _, proof = listed
    served = await trade.client.get("/verify.html")
    assert (served.status_code, served.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "connect-src *" in served.headers["content-security-policy"]
    assert not re.search(r"(src|href)=|import\(|@import|url\(", served.text), "the page loads something"
    page = tmp_path / "verify.html"
    page.write_bytes(served.content)

    async def answer(text: str) -> str:
        told = await browsed(
            f"file://{page}#rpc={quote(trade.settings.rpc_url, safe='')}&proof={quote(text, safe='')}",
            tmp_path / f"profile-{hashlib.sha256(text.encode()).hexdigest()[:8]}",
        )
        assert 'data-state="done"' in told, told[-500:]
        return told[told.index('<section id="answer"') : told.index("</section>")]

    told = await answer(proof)
    assert "The proof holds." in told, told
    assert invoice["escrow"]["document"] in told
    assert invoice["escrow"]["token"] not in told
    assert re.search(r"seller</th><td>G[A-Z2-7]{55}<", told)
    for change in ("value", "longer path", "leaves", "twice", "surrogate", "invoice", "address", "network"):
        refused = await answer(altered(proof, change))
        assert 'class="verdict bad"' in refused, (change, refused)
        assert "does not answer" not in refused, change
