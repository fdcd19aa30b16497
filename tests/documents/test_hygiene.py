"""What may come in: every refusal is a typed fact with a way out, and nothing is decided by a file's name."""

import io
import zlib

import pikepdf
import pytest
from PIL import Image

from invoice_files import SAMPLE, born_digital, factur_x, scanned, ubl
from tenor.documents import pdf, reading
from tenor.documents.hygiene import SIZE_BYTES_MAX, accept, parse_xml
from tenor.documents.refusals import (
    DocumentRefused,
    EInvoiceUnsupported,
    FileBroken,
    FileEmpty,
    FileEncrypted,
    FileHasActiveContent,
    FileHasAttachments,
    FileHasTooManyPages,
    FileTooLarge,
    FileTypeUnsupported,
    PageTooLarge,
    XmlUnsafe,
)
from tenor.invoices.extract import extract

BORN_DIGITAL = born_digital(SAMPLE)


def altered(change, **save):
    """The sample PDF with `change(pdf)` applied."""
    with pikepdf.open(io.BytesIO(BORN_DIGITAL)) as document:
        change(document)
        out = io.BytesIO()
        document.save(out, **save)
    return out.getvalue()


def picture(size=(40, 40), form="PNG", **options):
    out = io.BytesIO()
    Image.new("L", size, 255).save(out, form, **options)
    return out.getvalue()


def action(kind, **more):
    return pikepdf.Dictionary(S=pikepdf.Name(kind), **more)


def set_open_action(document):
    document.Root.OpenAction = action("/JavaScript", JS="app.alert(1)")


def set_named_script(document):
    script = action("/JavaScript", JS="app.alert(1)")
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["x", script])))


def set_launch_link(document):
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action("/Launch")
    )
    document.pages[0].Annots = document.make_indirect(pikepdf.Array([document.make_indirect(link)]))


def set_additional_actions(document):
    document.pages[0].AA = pikepdf.Dictionary(O=action("/URI", URI="http://example.invalid"))


def set_xfa(document):
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), XFA=document.make_stream(b"<xdp/>"))


def set_rich_media(document):
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia, Rect=[0, 0, 9, 9])
    document.pages[0].Annots = pikepdf.Array([note])


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (BORN_DIGITAL, "pdf"),
        (picture(), "png"),
        (picture(form="JPEG"), "jpeg"),
        (picture(form="TIFF"), "tiff"),
        (ubl(SAMPLE), "xml"),
        (b"\xef\xbb\xbf" + ubl(SAMPLE), "xml"),
    ],
)
def test_p109_the_type_comes_from_the_bytes(data, kind):
    assert accept(data) == kind


@pytest.mark.parametrize("data", [b"", b"\0" * 100, b" \r\n"])
def test_an_empty_file_is_refused(data):
    with pytest.raises(FileEmpty, match="empty"):
        accept(data)


def test_the_size_limit_is_exact():
    with pytest.raises(FileTooLarge) as refusal:
        accept(BORN_DIGITAL + b"\0" * (SIZE_BYTES_MAX + 1 - len(BORN_DIGITAL)))
    assert refusal.value.status == 413
    assert accept(BORN_DIGITAL + b"\0" * (SIZE_BYTES_MAX - len(BORN_DIGITAL))) == "pdf"


@pytest.mark.parametrize(
    "data", [b"MZ\x90\0" + b"x" * 100, b"PK\x03\x04" + b"x" * 100, b"hello world", b"GIF89a" + b"0" * 50]
)
def test_p109_other_types_are_refused(data):
    with pytest.raises(FileTypeUnsupported, match="PDF, JPEG, PNG, TIFF") as refusal:
        accept(data)
    assert refusal.value.status == 415


def test_a_polyglot_that_hides_a_pdf_is_refused():
    with pytest.raises(FileBroken, match="first byte"):
        accept(b"JUNK\n" + BORN_DIGITAL)


@pytest.mark.parametrize(
    "change",
    [set_open_action, set_named_script, set_launch_link, set_additional_actions, set_xfa, set_rich_media],
    ids=lambda change: change.__name__,
)
def test_p107_active_content_is_refused(change):
    with pytest.raises(FileHasActiveContent, match="Print it to a new PDF"):
        pdf.inspect(altered(change))


def test_p107_an_open_action_that_only_scrolls_is_harmless():
    def scroll(document):
        document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])

    assert len(pdf.inspect(altered(scroll)).page_sizes) == 1


@pytest.mark.parametrize("password", ["secret", ""])
def test_an_encrypted_pdf_is_refused(password):
    data = altered(lambda _: None, encryption=pikepdf.Encryption(user=password, owner="owner"))
    with pytest.raises(FileEncrypted, match="Save a copy"):
        pdf.inspect(data)


def attach(name, data):
    def change(document):
        document.attachments[name] = pikepdf.AttachedFileSpec(document, data, filename=name)

    return altered(change)


def test_p107_the_e_invoice_is_kept_under_any_name():
    assert pdf.inspect(attach("our-invoice.xml", ubl(SAMPLE))).xml == ubl(SAMPLE)


def test_p107_a_supporting_document_is_named_but_never_read():
    found = reading.inspect(attach("terms\n.pdf", BORN_DIGITAL))
    assert found.xml is None
    assert [finding.code for finding in found.findings] == ["attachment-not-read"]
    assert "\n" not in found.findings[0].sentence


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("factur-x.xml", b"MZ\x90\0" + b"x" * 64),
        ("setup.exe", b"MZ\x90\0" + b"x" * 64),
        ("run.txt", b"#!/bin/sh\nrm -rf /\n"),
        ("script.pdf", altered(set_open_action)),
        ("nested.pdf", attach("inner.pdf", BORN_DIGITAL)),
    ],
)
def test_p107_what_could_act_is_refused_as_attachment(name, data):
    with pytest.raises((FileHasAttachments, FileHasActiveContent)):
        pdf.inspect(attach(name, data))


def test_p107_two_different_e_invoices_contradict_each_other():
    from dataclasses import replace

    def change(document):
        for name, data in (("factur-x.xml", ubl(SAMPLE)), ("xrechnung.xml", ubl(replace(SAMPLE, number="other")))):
            document.attachments[name] = pikepdf.AttachedFileSpec(document, data, filename=name)

    with pytest.raises(FileHasAttachments, match="more than one e-invoice"):
        pdf.inspect(altered(change))


def test_too_many_pages_are_refused():
    def change(document):
        for _ in range(pdf.PAGES_MAX):
            document.pages.append(document.pages[0])

    with pytest.raises(FileHasTooManyPages, match="51 pages"):
        pdf.inspect(altered(change))


def test_p104_a_huge_page_box_is_refused():
    def change(document):
        document.pages[0].MediaBox = [0, 0, 200_000, 200_000]

    with pytest.raises(PageTooLarge, match="A4"):
        pdf.inspect(altered(change))


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", BORN_DIGITAL[: len(BORN_DIGITAL) // 3], b"%PDF-1.7\n" + b"\xff" * 5000]
)
def test_a_broken_pdf_is_refused_or_empty(data):
    with pytest.raises(DocumentRefused):
        pdf.inspect(data)


def test_p104_an_image_bomb_is_refused_before_decoding():
    header = b"\x89PNG\r\n\x1a\n"

    def chunk(kind, body):
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    size = (50_000).to_bytes(4, "big")
    bomb = (
        header
        + chunk(b"IHDR", size + size + b"\x08\0\0\0\0")
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(PageTooLarge, match="resolution"):
        reading.inspect(bomb)


@pytest.mark.parametrize("form", ["png", "jpeg"])
def test_a_truncated_image_is_refused(form):
    data = scanned(SAMPLE, 1, form=form, dpi=60)
    with pytest.raises(FileBroken):
        reading.read(data[: len(data) // 2])


XML_HEAD = b'<?xml version="1.0"?>'


@pytest.mark.parametrize(
    "data",
    [
        XML_HEAD + b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        XML_HEAD + b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        XML_HEAD + b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
        XML_HEAD + b'<!DOCTYPE a [<!ENTITY l "l"><!ENTITY m "' + b"&l;" * 50 + b'">]><a>' + b"&m;" * 50 + b"</a>",
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"),
    ],
)
def test_p106_entities_and_dtds_are_refused(data):
    with pytest.raises((XmlUnsafe, FileBroken)):
        parse_xml(data)


def test_p106_deep_nesting_is_refused():
    with pytest.raises(FileBroken, match="well-formed"):
        parse_xml(b"<a>" * 5_000 + b"</a>" * 5_000)


def test_p106_a_forest_of_elements_is_refused():
    with pytest.raises(XmlUnsafe, match="elements"):
        parse_xml(b"<a>" + b"<b/>" * 300_000 + b"</a>")


def test_xml_that_is_no_invoice_is_refused_with_the_formats_named():
    with pytest.raises(EInvoiceUnsupported, match=r"UBL 2\.1"):
        extract(reading.read(b"<order><id>1</id></order>"))


def test_factur_x_passes_whole():
    found = reading.inspect(factur_x(SAMPLE))
    assert found.kind == "pdf"
    assert found.xml is not None
    assert found.findings == ()
