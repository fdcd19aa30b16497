"""PURE: Italy's FatturaPA (versions 1.2 and on, private and public) to the terms of EN 16931. Never a signed envelope.

Element names are the schema's; sums over several VAT rates are made here, because the format states them by rate only.
"""

from decimal import Decimal, InvalidOperation

from lxml import etree

from tenor.documents.refusals import EInvoiceUnsupported

NAMESPACE = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/"
_TYPES = {
    "TD01": "380", "TD02": "386", "TD03": "386", "TD04": "381", "TD05": "383", "TD06": "380", "TD07": "380",
    "TD08": "381", "TD09": "383", "TD16": "389", "TD17": "389", "TD18": "389", "TD19": "389", "TD20": "389",
    "TD21": "389", "TD22": "389", "TD23": "389", "TD24": "380", "TD25": "380", "TD26": "380", "TD27": "389",
}  # fmt: skip
"""Document types in UNTDID 1001's codes: advances are prepayment invoices, TD16 to TD23 and TD27 the buyer's own."""


def terms(root: etree._Element) -> dict[str, object]:
    """The fields of `einvoice.EInvoice` by name. Raises EInvoiceUnsupported for a batch of several invoices."""
    bodies = _all(root, "FatturaElettronicaBody")
    if len(bodies) != 1:
        raise EInvoiceUnsupported(f"This FatturaPA carries {len(bodies)} invoices. Upload one invoice per file.")
    header, body = _all(root, "FatturaElettronicaHeader")[0], bodies[0]
    document = "DatiGenerali/DatiGeneraliDocumento"
    net, vat = (_sum(body, f"DatiBeniServizi/DatiRiepilogo/{name}") for name in ("ImponibileImporto", "Imposta"))
    gross = _text(body, f"{document}/ImportoTotaleDocumento") or _added(net, vat)
    payments = _all(body, "DatiPagamento/DettaglioPagamento")
    due_dates = {_text(payment, "DataScadenzaPagamento") for payment in payments}
    return {
        "number": _text(body, f"{document}/Numero"),
        "type_code": _TYPES.get(_text(body, f"{document}/TipoDocumento") or ""),
        "issue_date": _text(body, f"{document}/Data"),
        "due_date": due_dates.pop() if len(due_dates) == 1 else None,
        "payment_terms": f"{len(payments)} instalments" if len(payments) > 1 else None,
        "currency": _text(body, f"{document}/Divisa"),
        "seller_name": _name(header, "CedentePrestatore"),
        "seller_vat_id": _vat_id(header, "CedentePrestatore"),
        "seller_iban": _text(body, "DatiPagamento/DettaglioPagamento/IBAN"),
        "debtor_name": _name(header, "CessionarioCommittente"),
        "debtor_vat_id": _vat_id(header, "CessionarioCommittente"),
        "lines_net": _sum(body, "DatiBeniServizi/DettaglioLinee/PrezzoTotale"),
        "allowances": None,
        "charges": None,
        "net": net,
        "vat": vat,
        "gross": gross,
        "prepaid": None,
        "rounding": _text(body, f"{document}/Arrotondamento"),
        "amount_due": _sum(body, "DatiPagamento/DettaglioPagamento/ImportoPagamento") or gross,
        "line_nets": tuple(_texts(body, "DatiBeniServizi/DettaglioLinee/PrezzoTotale")),
    }


def _name(header: etree._Element, party: str) -> str | None:
    person = f"{party}/DatiAnagrafici/Anagrafica"
    parts = [_text(header, f"{person}/{name}") for name in ("Nome", "Cognome")]
    return _text(header, f"{person}/Denominazione") or " ".join(part for part in parts if part) or None


def _vat_id(header: etree._Element, party: str) -> str | None:
    place = f"{party}/DatiAnagrafici/IdFiscaleIVA"
    country, code = _text(header, f"{place}/IdPaese"), _text(header, f"{place}/IdCodice")
    return country + code if country and code else None


def _all(element: etree._Element, path: str) -> list[etree._Element]:
    found = [element]
    for name in path.split("/"):
        found = [child for one in found for child in one if etree.QName(child).localname == name]
    return found


def _texts(element: etree._Element, path: str) -> list[str]:
    texts = [" ".join((one.text or "").split()) for one in _all(element, path)]
    return [text for text in texts if text]


def _text(element: etree._Element, path: str) -> str | None:
    return next(iter(_texts(element, path)), None)


def _sum(element: etree._Element, path: str) -> str | None:
    texts = _texts(element, path)
    try:
        numbers = [Decimal(text) for text in texts]
    except InvalidOperation:
        return None
    return str(sum(numbers, Decimal(0))) if numbers and all(number.is_finite() for number in numbers) else None


def _added(one: str | None, other: str | None) -> str | None:
    return str(Decimal(one) + Decimal(other)) if one is not None and other is not None else None
