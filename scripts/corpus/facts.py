"""What a made-up invoice says, before it is laid out: parties with valid check digits, lines, dates. Never real."""

import random
import string
from dataclasses import dataclass, replace
from datetime import date, timedelta

from stdnum import iban

from invoice_files import Item, Language, Party, SampleInvoice
from tenor.invoices.identifiers import vat_id_is_valid

Names = dict[str, list[str]]
"""Country -> company names, with their legal forms."""
_COUNTRIES: dict[Language, tuple[str, ...]] = {
    "en": ("GB", "IE", "US"),
    "de": ("DE", "AT", "CH"),
    "fr": ("FR", "BE"),
    "es": ("ES",),
    "it": ("IT",),
}
_CURRENCY = {"GB": "GBP", "US": "USD", "CH": "CHF"}
_RATES = {"GB": (2_000, 500), "IE": (2_300, 1_350), "US": (0,), "DE": (1_900, 700), "AT": (2_000, 1_000),
          "CH": (810, 260), "FR": (2_000, 550), "BE": (2_100, 600), "ES": (2_100, 1_000),
          "IT": (2_200, 1_000)}  # fmt: skip
_DIGITS = string.digits
_VAT_SHAPE = {
    "DE": "#########", "AT": "U########", "FR": "###########", "BE": "0#########", "ES": "B########",
    "IT": "###########", "GB": "#########", "IE": "#######A", "CHE": "#########",
}  # fmt: skip
_BBAN = {
    "DE": "##################", "AT": "################", "FR": "#######################", "BE": "############",
    "ES": "####################", "IT": "A######################", "GB": "AAAA##############",
    "IE": "AAAA##############", "CH": "#################",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """An invoice and what stands around it on paper."""

    invoice: SampleInvoice
    order_number: str
    customer_number: str
    order_date: date
    delivery_date: date
    phone: str
    web: str
    register: str
    terms_days: int


def invent(chance: random.Random, language: Language, names: Names, streets: dict[str, list[str]]) -> Facts:
    """A new invoice in `language`; its seller's country follows the language, its debtor's often does."""
    country = chance.choice(_COUNTRIES[language])
    abroad = chance.choice([c for several in _COUNTRIES.values() for c in several if c in names and c != "US"])
    buyer_country = country if chance.random() < 0.7 else abroad  # noqa: PLR2004
    seller_name = chance.choice(names[country])
    buyer_name = chance.choice([name for name in names[buyer_country] if name != seller_name])
    issued = date(2025, 1, 2) + timedelta(days=chance.randrange(700))
    days = chance.choice((7, 10, 14, 20, 30, 30, 45, 60, 90))
    site = "".join(c for c in seller_name.split(" ")[0].lower() if c.isascii() and c.isalnum()) + "-" + chance.choice(
        ("group", "online", "trade", "works")
    )  # fmt: skip
    domain = f"{site}.{ {'GB': 'co.uk', 'US': 'com'}.get(country, country.lower()) }"
    seller = _party(chance, seller_name, country, streets, mail=f"office@{domain}", account=True)
    debtor = _party(chance, buyer_name, buyer_country, streets, mail="", account=False)
    invoice = SampleInvoice(
        number=_number(chance, issued),
        seller=seller,
        debtor=debtor,
        issue_date=issued,
        due_date=issued + timedelta(days=days),
        items=_items(chance, language, _RATES[country]),
        currency=_CURRENCY.get(country, "EUR"),
        language=language,
    )
    prepaid = invoice.gross * chance.choice((10, 20, 25, 30)) // 100 if chance.random() < 0.2 else 0  # noqa: PLR2004
    return Facts(
        invoice=replace(invoice, prepaid=prepaid),
        order_number=f"{chance.choice(('PO-', 'B', '45', ''))}{chance.randrange(10_000, 999_999)}",
        customer_number=str(chance.randrange(10_000, 99_999)),
        order_date=issued - timedelta(days=chance.randrange(5, 40)),
        delivery_date=issued - timedelta(days=chance.randrange(5)),
        phone=f"+{chance.randrange(31, 49)} {chance.randrange(10, 999)} {chance.randrange(100_000, 9_999_999)}",
        web=f"www.{domain}",
        register=f"HRB {chance.randrange(1_000, 99_999)}" if country == "DE" else str(chance.randrange(10**6, 10**8)),
        terms_days=days,
    )


def renumbered(told: Facts, number: str) -> Facts:
    return replace(told, invoice=replace(told.invoice, number=number))


def vat_id(chance: random.Random, country: str) -> str:
    """A VAT id whose check digits agree; "" for countries that have none."""
    prefix = "CHE" if country == "CH" else country
    shape = _VAT_SHAPE.get(prefix)
    if shape is None:
        return ""
    while True:
        value = prefix + _filled(chance, shape)
        if vat_id_is_valid(value):
            return value


def account(chance: random.Random, country: str) -> str:
    """A valid IBAN; "" for countries without."""
    shape = _BBAN.get(country)
    if shape is None:
        return ""
    while True:
        bban = _filled(chance, shape)
        value = country + iban.calc_check_digits(country + "00" + bban) + bban
        if iban.is_valid(value):
            return value


def _party(
    chance: random.Random, name: str, country: str, streets: dict[str, list[str]], *, mail: str, account: bool
) -> Party:
    street, town = chance.choice(streets[country]).split("|")
    number = chance.randrange(1, 190)
    line = f"{number} {street}" if country in {"GB", "IE", "US", "FR"} else f"{street} {number}"
    return Party(name, line, town, country, vat_id(chance, country), mail, _account(chance, country) if account else "")


def _account(chance: random.Random, country: str) -> str:
    return account(chance, country)


def _number(chance: random.Random, issued: date) -> str:
    serial = chance.randrange(1, 99_999)
    return chance.choice(
        (
            f"{issued:%Y}-{serial:04}",
            f"RE{issued:%Y}{serial:05}",
            f"INV-{serial:05}",
            f"{issued:%y}/{serial}",
            f"F{issued:%Y%m}-{serial}",
            f"{serial + 100_000}",
            f"{chance.choice(string.ascii_uppercase)}{chance.choice(string.ascii_uppercase)}-{issued:%Y}-{serial}",
            f"{issued:%Y}.{serial:05}",
        )
    )


def _items(chance: random.Random, language: Language, rates: tuple[int, ...]) -> tuple[Item, ...]:
    count = chance.choice((1, 2, 3, 4, 5, 6, 8, 12, 30)) if chance.random() < 0.9 else 55  # noqa: PLR2004
    several = len(rates) > 1 and chance.random() < 0.3  # noqa: PLR2004
    return tuple(
        Item(
            chance.choice(_GOODS[language]),
            chance.choice((1, 2, 3, 5, 8, 10, 12, 24, 40, 100)),
            chance.choice((chance.randrange(250, 9_999), chance.randrange(1_000, 250_000))),
            chance.choice(rates) if several else rates[0],
        )
        for _ in range(count)
    )


def _filled(chance: random.Random, shape: str) -> str:
    letters = {"#": _DIGITS, "A": string.ascii_uppercase}
    return "".join(chance.choice(letters[c]) if c in letters else c for c in shape)


_GOODS: dict[Language, list[str]] = {
    "en": ["Steel bracket 40 mm", "Consulting, senior", "Office chair Delta", "Hosting plan M", "Cleaning service",
           "Printed brochure A5", "Travel expenses", "Oak panel 18 mm", "Annual support", "LED lamp 9 W"],
    "de": ["Stahlwinkel 40 mm", "Beratung vor Ort", "Bürostuhl Delta", "Hosting Paket M", "Reinigung Treppenhaus",
           "Broschüre A5, gedruckt", "Fahrtkosten", "Eichenplatte 18 mm", "Wartung jährlich", "LED-Lampe 9 W"],
    "fr": ["Équerre acier 40 mm", "Conseil sur site", "Chaise de bureau Delta", "Hébergement offre M", "Nettoyage",
           "Brochure A5 imprimée", "Frais de déplacement", "Panneau chêne 18 mm", "Maintenance annuelle", "Lampe LED"],
    "es": ["Escuadra de acero 40 mm", "Consultoría", "Silla de oficina Delta", "Alojamiento web M", "Limpieza",
           "Folleto A5 impreso", "Gastos de viaje", "Tablero de roble 18 mm", "Mantenimiento anual", "Lámpara LED 9 W"],
    "it": ["Staffa in acciaio 40 mm", "Consulenza in sede", "Sedia ufficio Delta", "Hosting pacchetto M", "Pulizie",
           "Opuscolo A5 stampato", "Spese di viaggio", "Pannello rovere 18 mm", "Assistenza annuale", "Lampada LED"],
}  # fmt: skip
