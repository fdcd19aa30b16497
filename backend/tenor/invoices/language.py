"""PURE: the language an invoice is written in, by the everyday words of invoices. Never by names or addresses."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from tenor.invoices.layout import Cell, plain

Language = Literal["en", "de", "fr", "es", "it"]
_WORDS: dict[Language, str] = {
    "en": (
        "invoice date due bill total amount description quantity qty price unit payment subtotal number your "
        "our the of and to please terms days customer order delivery balance vat tax page thank you for"
    ),
    "de": (
        "rechnung rechnungsnummer datum rechnungsdatum betrag menge einzelpreis gesamt gesamtbetrag netto "
        "brutto mwst ust kunde kundennummer bezeichnung beschreibung artikel zahlbar tage seite und der die "
        "das bitte ihre summe zzgl lieferdatum anzahl preis steuer bestellung rechnungsbetrag fallig vielen "
        "dank"
    ),
    "fr": (
        "facture montant quantite qte prix unitaire designation total ht ttc tva client echeance reglement "
        "commande numero le la les de du des et votre notre jours page payer livraison paiement hors taxes "
        "conditions merci"
    ),
    "es": (
        "factura fecha cantidad precio importe descripcion concepto base imponible iva cliente vencimiento "
        "pedido numero el la los de del y su nuestra dias pagina pagar total unidades cuenta gracias pago"
    ),
    "it": (
        "fattura data quantita prezzo importo descrizione imponibile iva cliente scadenza ordine numero "
        "totale il la di del della e vostro giorni pagina pagare documento spett pagamento conto grazie"
    ),
}
_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_ENOUGH, _LEAD = 4, 3
"""Hits that count as proof, and the lead over the next language in halves: three means one and a half times as many."""


def language_of(cells: Iterable[Cell]) -> Language | None:
    """The language most words of which appear; None where two are close or hardly any do."""
    seen = {plain(word.text) for cell in cells for word in cell.words}
    hits = Counter({language: len(words & seen) for language, words in _SETS.items()})
    (best, most), (_next, second) = hits.most_common(2)
    return best if most >= _ENOUGH and most * 2 >= second * _LEAD else None
