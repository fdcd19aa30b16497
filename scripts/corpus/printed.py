"""How values are written on paper: amounts, dates and percentages in five languages' habits. Never what they are."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from invoice_files import Language, SampleInvoice

Printed = frozenset[str]
"""Names of the fields that a sheet shows."""
MoneyStyle = Literal["after", "before", "code-after", "code-before", "bare"]
_SYMBOL = {"EUR": "€", "GBP": "£", "USD": "$", "CHF": "CHF"}
_NBSP = "\u00a0"
_MONTHS: dict[Language, str] = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
}


@dataclass(frozen=True, slots=True)
class Style:
    """`dates` picks one of the language's forms; `swiss` groups thousands by apostrophes."""

    money: MoneyStyle
    dates: int
    swiss: bool = False


def amount(units: int, invoice: SampleInvoice, style: Style) -> str:
    """Minor units as this invoice writes them."""
    number = _grouped(units, invoice.language, swiss=style.swiss)
    symbol, code = _SYMBOL[invoice.currency], invoice.currency
    tight = invoice.language == "en" and len(symbol) == 1
    return {
        "after": f"{symbol}{number}" if invoice.language == "en" and tight else f"{number}{_NBSP}{symbol}",
        "before": f"{symbol}{'' if tight else _NBSP}{number}",
        "code-after": f"{number} {code}",
        "code-before": f"{code} {number}",
        "bare": number,
    }[style.money]


def day(when: date, invoice: SampleInvoice, style: Style) -> str:
    month = _MONTHS[invoice.language].split()[when.month - 1]
    american = invoice.currency == "USD"
    forms = {
        "en": (f"{when.day} {month} {when.year}", f"{when:%m/%d/%Y}" if american else f"{when:%d/%m/%Y}",
               f"{month[:3]} {when.day}, {when.year}" if american else f"{when.day} {month[:3]} {when.year}",
               f"{when:%Y-%m-%d}"),
        "de": (f"{when:%d.%m.%Y}", f"{when.day}. {month} {when.year}", f"{when:%d.%m.%Y}", f"{when:%d.%m.%y}"),
        "fr": (f"{when:%d/%m/%Y}", f"{when.day} {month} {when.year}", f"{when:%d/%m/%Y}", f"{when:%d-%m-%Y}"),
        "es": (f"{when:%d/%m/%Y}", f"{when.day} de {month} de {when.year}", f"{when:%d-%m-%Y}", f"{when:%d/%m/%Y}"),
        "it": (f"{when:%d/%m/%Y}", f"{when.day} {month} {when.year}", f"{when:%d.%m.%Y}", f"{when:%d-%m-%Y}"),
    }[invoice.language]  # fmt: skip
    return forms[style.dates % 4]


def percent(rate_bps: int, language: Language) -> str:
    text = f"{rate_bps / 100:.2f}".rstrip("0").rstrip(".")
    return (text if language == "en" else text.replace(".", ",")) + ("%" if language in {"en", "es", "it"} else " %")


def in_groups(account: str) -> str:
    return " ".join(account[start : start + 4] for start in range(0, len(account), 4))


def _grouped(units: int, language: Language, *, swiss: bool) -> str:
    whole, cents = divmod(abs(units), 100)
    group, point = ("'", ".") if swiss else {"en": (",", "."), "fr": ("\u202f", ",")}.get(language, (".", ","))
    group = "\u00a0" if group == "\u202f" else group
    return ("-" if units < 0 else "") + f"{whole:,}".replace(",", group) + f"{point}{cents:02}"
