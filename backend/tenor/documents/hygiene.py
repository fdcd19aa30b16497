"""What may come in: size, true type by content, harmless XML. Never trusts a name or a declared content type (P109)."""

import filetype
from lxml import etree

from tenor.documents.refusals import (
    FileBroken,
    FileEmpty,
    FileTooLarge,
    FileTypeUnsupported,
    XmlUnsafe,
)
from tenor.kernel.pages import DocumentKind

SIZE_BYTES_MAX = 10_000_000
XML_BYTES_MAX = 5_000_000
XML_ELEMENTS_MAX = 200_000
_KINDS: dict[str, DocumentKind] = {
    "application/pdf": "pdf",
    "image/jpeg": "jpeg",
    "image/png": "png",
    "image/tiff": "tiff",
}
_ACCEPTED = "Tenor reads PDF, JPEG, PNG, TIFF and e-invoice XML"
_XML_STARTS = (b"<?xml", b"<")
_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def accept(data: bytes) -> DocumentKind:
    """The kind of a file by its bytes; cheap enough for the request itself.

    Raises FileEmpty, FileTooLarge (above 10 MB), FileTypeUnsupported. Structure is checked by the reader.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise FileEmpty("The file is empty. Choose the invoice again; the upload may have been cut off.")
    if len(data) > SIZE_BYTES_MAX:
        raise FileTooLarge(
            f"The file has {len(data):,} bytes; at most {SIZE_BYTES_MAX:,} are accepted. "
            "Export the invoice again with a lower image resolution."
        )
    guess = filetype.guess(data)
    kind = _KINDS.get(guess.mime) if guess is not None else None
    if kind is not None:
        return kind
    if guess is None or guess.mime in {"text/xml", "application/xml"}:
        if _looks_like_xml(data):
            return "xml"
        if b"%PDF-" in data[:1024]:  # readers accept leading bytes; a polyglot hides there, so we do not
            raise FileBroken("The PDF does not begin at the file's first byte. Save it again as PDF and upload that.")
    found = f"This is {guess.mime}" if guess is not None else "The type of this file is not recognised"
    raise FileTypeUnsupported(f"{found}; {_ACCEPTED}. Export the invoice in one of these formats.")


def parse_xml(data: bytes) -> etree._Element:
    """The root element, parsed without entities, DTD, network or huge trees (P106).

    Raises XmlUnsafe, FileBroken, FileTooLarge.
    """
    if len(data) > XML_BYTES_MAX:
        raise FileTooLarge(f"The XML has {len(data):,} bytes; at most {XML_BYTES_MAX:,} are accepted.")
    if _declares_doctype(data):
        raise XmlUnsafe("The XML declares a DOCTYPE, which e-invoices must not have. Export it without a DTD.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FileBroken(f"The XML is not well-formed ({error.msg}). Export the e-invoice again.") from error
    except ValueError as error:
        raise FileBroken(
            "The XML's encoding declaration does not fit its bytes. Export the e-invoice again."
        ) from error
    if sum(1 for _ in root.iter()) > XML_ELEMENTS_MAX:
        raise XmlUnsafe(f"The XML has more than {XML_ELEMENTS_MAX:,} elements. Split the invoice.")
    return root


def _looks_like_xml(data: bytes) -> bool:
    return _head(data).lstrip().startswith(_XML_STARTS)


def _declares_doctype(data: bytes) -> bool:
    """DOCTYPE can only stand before the root element; every encoding lxml accepts keeps it findable this way."""
    return b"<!DOCTYPE" in data.replace(b"\0", b"") or b"<!ENTITY" in data.replace(b"\0", b"")


def _head(data: bytes) -> bytes:
    head = data[:256]
    for bom, encoding in _BOMS.items():
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "ignore").encode()
    return head
