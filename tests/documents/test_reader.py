"""The reading process: what it gives back, and what a hostile file cannot do to whoever waits for it."""

import asyncio
import io
import subprocess
import sys
import zlib

import pytest
from PIL import Image

from invoice_files import SAMPLE, born_digital, factur_x, scanned
from tenor.documents import confine
from tenor.documents.reader import SandboxedReader
from tenor.documents.refusals import (
    DocumentRefused,
    FileEmpty,
    FileEncrypted,
    FileTypeUnsupported,
    PageMissing,
    ReadingTooExpensive,
    refusal_named,
)
from tenor.kernel.pages import DocumentText

READER = SandboxedReader()


async def test_a_text_layer_comes_with_places():
    found = await READER.read(born_digital(SAMPLE))
    (page,) = found.pages
    assert (page.source, page.turned_mdeg) == ("text", 0)
    word = next(word for word in page.words if word.text == SAMPLE.number)
    assert word.confidence_bps == 10_000
    assert 0 < word.box.left < word.box.right < page.width
    assert 0 < word.box.top < word.box.bottom < page.height


async def test_a_tilted_noisy_scan_is_levelled_and_read():
    found = await READER.read(scanned(SAMPLE, 4))
    (page,) = found.pages
    assert page.source == "ocr"
    assert 800 <= abs(page.turned_mdeg) <= 2_200
    text = " ".join(word.text for word in page.words)
    assert all(part in text for part in (SAMPLE.number, "7,312.30", "Nordwind", "Lumen"))


async def test_a_sheet_scanned_upside_down_is_read():
    upside = io.BytesIO()
    Image.open(io.BytesIO(scanned(SAMPLE, 2, form="png"))).rotate(180).save(upside, "PNG")
    found = await READER.read(upside.getvalue())
    assert SAMPLE.number in " ".join(word.text for word in found.pages[0].words)


async def test_a_page_is_drawn_the_way_its_words_were_located():
    """Where the reading puts the invoice number there is ink, at two pixels a point."""
    data = scanned(SAMPLE, 4)
    (page,) = (await READER.read(data)).pages
    drawn = Image.open(io.BytesIO(await READER.picture(data, number=1, turned_mdeg=page.turned_mdeg)))
    assert (drawn.format, drawn.width) == ("PNG", pytest.approx(page.width / 50, abs=4))
    word = next(word for word in page.words if word.text == SAMPLE.number)
    inside = drawn.crop(tuple(edge // 50 for edge in (word.box.left, word.box.top, word.box.right, word.box.bottom)))
    assert inside.getextrema()[0] < 110, "no letter stands where the word was located"
    with pytest.raises(PageMissing):
        await READER.picture(data, number=2, turned_mdeg=0)


async def test_p112_a_hidden_text_layer_is_not_believed():
    """A scan with an invisible text layer: what the picture shows is read, and the layer is reported."""
    import io

    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(io.BytesIO(scanned(SAMPLE, 3, form="png"))), 0, 0, 595, 842)
    lie = canvas.beginText(50, 700)
    lie.setTextRenderMode(3)
    for row in range(10):
        lie.textLine(f"Total due 99,999.99 EUR row {row}")
    canvas.drawText(lie)
    canvas.save()
    found = await READER.read(out.getvalue())
    text = " ".join(word.text for word in found.pages[0].words)
    assert found.pages[0].source == "ocr"
    assert "7,312.30" in text
    assert "99,999.99" not in text
    assert "invisible-text" in [finding.code for finding in found.findings]


async def test_inspect_refuses_without_reading():
    found = await READER.inspect(factur_x(SAMPLE))
    assert found.pages == ()
    assert found.xml is not None


async def test_refusals_keep_their_class_and_sentence_across_the_process():
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(born_digital(SAMPLE))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="a", owner="b"))
    with pytest.raises(FileEncrypted, match="password"):
        await READER.read(out.getvalue())
    with pytest.raises(FileEmpty):
        await READER.read(b"")
    with pytest.raises(FileTypeUnsupported):
        await READER.read(b"plain text")


def test_every_refusal_is_found_by_its_code():
    for refusal in DocumentRefused.__subclasses__():
        assert type(refusal_named(refusal.code, "x")) is refusal


def flate_bomb(megabytes=300):
    """A page whose content stream inflates to hundreds of megabytes."""
    packer = zlib.compressobj(1)
    body = b"".join(packer.compress(b"BT ET " * 174_763) for _ in range(megabytes)) + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n" % len(body) + body + b"\nendstream",
    ]
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start)


async def test_p104_p105_a_decompression_bomb_ends_its_own_process_only():
    with pytest.raises(DocumentRefused):
        await SandboxedReader(wall_seconds=60).read(flate_bomb())
    assert (await READER.inspect(born_digital(SAMPLE))).kind == "pdf"


async def test_p105_a_reader_that_takes_too_long_is_ended():
    with pytest.raises(ReadingTooExpensive, match="time"):
        await SandboxedReader(wall_seconds=0.05).read(scanned(SAMPLE, 1))
    assert not children_reading()


async def test_a_cancelled_reading_leaves_no_process():
    reading = asyncio.create_task(READER.read(scanned(SAMPLE, 1)))
    while not children_reading():
        assert not reading.done()
        await asyncio.sleep(0.01)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert not children_reading()


def children_reading():
    shown = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True, check=True).stdout
    own = str(__import__("os").getpid())
    return [row for row in shown.splitlines() if row.split()[0] == own and "read_child" in row and "defunct" not in row]


def in_a_cell(code):
    program = f"from tenor.documents.confine import confine\nconfine()\n{code}"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


def test_p105_no_socket_can_be_made_in_the_cell_nor_by_its_children():
    attempt = "import socket\nsocket.socket()"
    assert "PermissionError" in in_a_cell(attempt).stderr
    spawned = f"subprocess.run([sys.executable, '-c', {attempt!r}], capture_output=True)"
    child = f"import subprocess, sys\nprint({spawned}.stderr)"
    assert "PermissionError" in in_a_cell(child).stdout


def test_p105_memory_and_time_are_limited_in_the_cell():
    assert "MemoryError" in in_a_cell(f"bytes({confine.MEMORY_BYTES_MAX})").stderr
    shown = in_a_cell("import resource\nprint(resource.getrlimit(resource.RLIMIT_CPU)[0])")
    assert int(shown.stdout) <= confine.CPU_SECONDS_MAX


async def test_p120_tesseract_runs_on_one_thread():
    shown = in_a_cell(
        "from PIL import Image\nimport os, pytesseract\nfrom tenor.documents import ocr\n"
        "run = pytesseract.pytesseract.subprocess.Popen\n"
        "def watched(*args, **named):\n    print('limit', os.environ['OMP_THREAD_LIMIT'])\n"
        "    return run(*args, **named)\n"
        "pytesseract.pytesseract.subprocess.Popen = watched\n"
        "ocr.words(Image.new('L', (200, 200), 255), 200)"
    )
    assert "limit 1" in shown.stdout


@pytest.mark.parametrize("seed", range(12))
async def test_p104_mangled_files_are_read_or_refused_never_more(seed):
    import random

    chance = random.Random(seed)
    sources = (born_digital(SAMPLE), factur_x(SAMPLE), scanned(SAMPLE, 1, form="jpeg", dpi=50))
    data = bytearray(sources[seed % 3])
    for _ in range(chance.randint(1, 200)):
        place = chance.randrange(8, len(data))
        data[place : place + chance.randint(0, 20)] = chance.randbytes(chance.randint(0, 20))
    outcome = (await asyncio.gather(READER.read(bytes(data)), return_exceptions=True))[0]
    assert isinstance(outcome, (DocumentText, DocumentRefused))
    assert isinstance(outcome, DocumentText) or str(outcome).endswith(".")
