"""PURE: what invoices call their fields, in English, German, French, Spanish, Italian and Dutch. Words only, no rules.

Field -> strength 0..100 -> phrases parted by `|`, languages in that order; `other` names fields that nobody reads.
"""

PHRASES: dict[str, dict[int, str]] = {
    "number": {
        100: (
            "invoice number|invoice no|invoice num|invoice nr|invoice id|inv no|tax invoice no|"
            "bill number|bill no|rechnungsnummer|rechnungs nr|rechnung nr|rechnung nummer|rechnungsnr|re nr|"
            "rg nr|belegnummer|beleg nr|fakturanummer|numero de facture|no de facture|n de facture|num facture|"
            "facture numero|facture no|facture n|numero facture|n facture|numero de factura|n de factura|"
            "no de factura|factura n|factura no|factura num|factura numero|num factura|numero fattura|fattura n|"
            "fattura numero|fattura no|n fattura|numero documento|nr fattura|num fattura|factuurnummer|"
            "factuur nr|factuurnr|factuur nummer|handelsrechnung nr|invoice ref|our invoice|our invoice no|"
            "invoice reference|unsere rechnung|unsere rechnung nr|unsere rechnungsnummer|notre facture|"
            "notre facture n|nuestra factura|nuestra factura n|nostra fattura|nostra fattura n|ns fattura|"
            "ihre rechnungsnummer|"
            "numero della fattura|document number|document no|rechnung 380 nr|handelsrechnung 380 nr|"
            "gutschrift selbst ausgestellte rechnung 389 nr"
            "|n factura|no factura|num factura|nro factura|factura nro|factura numero|"
            "numero de la factura|numero documento|"
            "no documento|num documento|nr documento|n documento|documento n|documento nr|documento no|invoice no|"
            "bill number|doc no|document nr|fattura nr|nr fattura|num fattura|fattura num|numero della fattura|"
            "rg nr|rg nummer|re nummer|rechn nr|rechnungs no|dokumentnummer|dokument nr|belegnr|facture nr|"
            "facture num|numero de la facture|no facture|nr facture|num de facture|piece n|piece no"
        ),
        75: (
            "invoice|tax invoice|rechnung|facture|factura|fattura|factuur|commercial invoice|sales invoice|"
            "handelsrechnung|ausgangsrechnung|warenrechnung|sammelrechnung|facture de vente|factura de venta|"
            "fattura di vendita|facture commerciale|factura comercial|fattura commerciale|sales tax invoice|"
            "schlussrechnung|abschlagsrechnung|faktura|avoir|gutschrift|credit note|vat invoice|"
            "proforma invoice|korrekturrechnung"
        ),
        55: ("booking id|document|beleg|receipt number|receipt no|quittungsnummer|transaction id"),
        45: ("nr|no|number|numero|nummer|num|n"),
        40: ("reference|ref|referencia|riferimento|referenz|referentie"),
    },
    "issue_date": {
        100: (
            "invoice date|date of invoice|date of issue|issue date|issued on|issued|date issued|invoice dated|"
            "bill date|rechnungsdatum|rechnung vom|ausstellungsdatum|belegdatum|rechnungs datum|"
            "datum der rechnung|fakturadatum|date de facture|date facture|date de la facture|date de facturation|"
            "date d emission|emise le|emis le|date emission|facture du|fecha de factura|fecha factura|"
            "fecha de emision|fecha emision|fecha de expedicion|data fattura|data della fattura|"
            "data di emissione|data emissione|data documento|emessa il|factuurdatum|factuur datum|datum factuur|"
            "tax date|tax point|facturee le"
            "|fecha de la factura|fecha de facturacion|fecha expedicion|fecha doc|fecha documento|"
            "fecha del documento|"
            "data emissione fattura|data doc|data del documento|emessa in data|date piece|date du document|"
            "datee du|en date du|date de la piece|bill dated|document date|dokumentdatum|"
            "ausstellungstag|rechnungstag|"
            "con fecha|fechada el|expedida el|emitida el"
        ),
        60: ("date|datum|fecha|data|dated|vom|von|le|du|del"),
    },
    "due_date": {
        100: (
            "due date|payment due|due by|due on|payable by|pay by|please remit until|please remit by|remit by|"
            "payment due date|date due|please pay by|due|falligkeitsdatum|fallig am|zahlbar bis|falligkeit|"
            "zahlungsziel|zahlbar bis zum|bitte uberweisen sie bis zum|fallig bis|zahlung bis|faellig am|"
            "zu zahlen bis|falligkeitstermin|bitte zahlen sie bis zum|date d echeance|echeance|a payer avant le|"
            "date echeance|payable au plus tard le|date limite de paiement|a regler avant le|date de paiement|"
            "payable avant le|echeance le|a regler le|fecha de vencimiento|vencimiento|fecha vencimiento|"
            "vence el|pagar antes del|fecha limite de pago|data di scadenza|scadenza|data scadenza|"
            "da pagare entro il|scadenza pagamento|pagare entro il|vervaldatum|te betalen voor|betalen voor|"
            "uiterste betaaldatum"
            "|pagar antes de|pagadero el|fecha vto|fecha venc|fecha de vto|vto|venc|fecha limite|"
            "pagadero hasta|pagadero antes del|vence|vence en fecha|"
            "scade il|data scad|scad|pagamento entro|pagamento entro il|da saldare entro|da pagarsi entro|"
            "payable le|reglement avant le|echeance au|date limite de reglement|limite de paiement|reglement le|"
            "a payer pour le|pay before|payable before|payable on|payment date|payment due on|settle by|"
            "to be paid by|falligkeit am|fallig|zu begleichen bis|zahlung fallig am|zahlungsfrist|zahlungstermin|"
            "zahlbar am|zahlungsfrist bis|fecha de pago|fecha pago|data pagamento|data di pagamento|zahlungsdatum"
        ),
    },
    "net": {
        100: (
            "net total|total net|net amount|subtotal|sub total|total excl vat|total excluding vat|"
            "total before tax|amount excl vat|total ex vat|taxable amount|net value|untaxed amount|"
            "total without tax|total excl tax|net|total excluding tax|net invoice amount|invoice net|nettobetrag|"
            "summe netto|gesamt netto|netto|zwischensumme|gesamtbetrag netto|nettosumme|nettowert|"
            "rechnungsbetrag netto|netto gesamt|summe nettobetrage|rechnungssumme netto|gesamtnetto|netto summe|"
            "rechnungssumme ohne ust|summe ohne mwst|summe ohne ust|gesamtbetrag ohne umsatzsteuer|warenwert|"
            "total ht|montant ht|total hors taxes|total hors taxe|net ht|total net ht|sous total|"
            "montant total ht|base ht|sous total ht|total h t|montant hors taxes|base imponible|subtotal sin iva|"
            "importe neto|total neto|neto|total sin iva|suma neta|imponibile|totale imponibile|"
            "netto a pagare imponibile|totale netto|subtotale|imponibile totale|exclusief btw|subtotaal|"
            "totaal excl btw|excl btw|bedrag excl btw|total hors tva|totale iva esclusa"
            "|summe|total vat exclusive|total before vat|net sub total|net subtotal|warenwert netto|summe positionen|"
            "positionssumme|total lignes ht|base imposable|base imponible total|suma|suma total neta|importe sin iva|"
            "totale merce|totale senza iva|totale imponibile netto"
        ),
    },
    "vat": {
        100: (
            "vat|vat amount|total vat|tax|total tax|tax amount|tax total|sales tax|gst|vat total|plus vat|"
            "total taxes|mwst|ust|umsatzsteuer|mehrwertsteuer|zzgl mwst|zzgl ust|zuzuglich ust|zuzuglich mwst|"
            "mwst betrag|ust betrag|steuerbetrag|umsatzsteuerbetrag|gesamt mwst|ust gesamt|summe ust|"
            "zuzuglich umsatzsteuer|summe mwst|zzgl umsatzsteuer|zzgl mehrwertsteuer|summe umsatzsteuer|"
            "gesamtsteuer|summe steuerbetrage|steuer|gesetzliche mwst|summe steuerbetrag|steuergesamtbetrag|tva|"
            "montant tva|total tva|tva totale|montant de la tva|t v a|iva|importe iva|cuota iva|total iva|cuota|"
            "iva totale|importo iva|totale iva|imposta|totale imposta|btw|btw bedrag|totaal btw|total impuestos"
            "|value added tax|vat at|vat charged|i v a|cuota de iva|iva repercutido|imposte|tax due"
        ),
    },
    "gross": {
        100: (
            "grand total|invoice total|total incl vat|total including vat|gross total|total amount|gross amount|"
            "gross|total gross|amount total|total invoice amount|total incl tax|total with tax|total invoice|"
            "invoice amount|gesamtbetrag|rechnungsbetrag|gesamtsumme|bruttobetrag|summe brutto|endbetrag|brutto|"
            "gesamt brutto|summe inkl ust|gesamtbetrag brutto|rechnungssumme|rechnungsbetrag brutto|bruttosumme|"
            "endsumme|gesamt inkl mwst|rechnungssumme brutto|gesamtbetrag inkl mwst|gesamtpreis|brutto gesamt|"
            "rechnungsendbetrag|summe inkl mwst|gesamtbetrag inkl ust|bruttorechnungsbetrag|"
            "rechnungsgesamtbetrag|total ttc|montant ttc|total toutes taxes comprises|montant total ttc|"
            "montant total|total facture|total t t c|importe total|total factura|total con iva|"
            "total iva incluido|importe bruto|total a facturar|totale fattura|totale documento|importo totale|"
            "totale iva inclusa|totale lordo|totale ivato|importo lordo|factuur totaal|totaal incl btw|"
            "factuurtotaal|totaalbedrag|total tvac"
            "|total amount payable|total amount incl vat|invoice value|sum total|total general|total toutes taxes|"
            "total general ttc|summe inkl umsatzsteuer|gesamt inkl ust|total a liquider|"
            "total documento|importe factura|"
            "totale generale|totale complessivo|totale a pagare|importo fattura"
        ),
        70: ("total|gesamt|totale|totaal|total eur|total usd|total gbp|betrag"),
    },
    "prepaid": {
        100: (
            "paid|amount paid|already paid|prepaid|prepaid amount|deposit|less deposit|paid to date|"
            "advance payment|down payment|less paid|payments received|payment received|total paid|"
            "less advance payment|deposit paid|bereits bezahlt|anzahlung|abzgl anzahlung|vorauszahlung|"
            "bereits gezahlt|angezahlt|geleistete anzahlung|abzuglich anzahlung|erhaltene anzahlung|bezahlt|"
            "gezahlter betrag|anzahlungsbetrag|abzuglich anzahlungen|vorausbezahlter betrag|abschlagszahlung|"
            "erhaltene anzahlungen|acompte|acompte verse|deja paye|deja regle|montant deja paye|montant paye|"
            "acompte recu|acomptes|avance|montant regle|pre paye|total acompte|pagado|anticipo|ya pagado|"
            "importe pagado|a cuenta|entrega a cuenta|pagos a cuenta|acconto|gia pagato|importo pagato|"
            "acconto versato|anticipo versato|aanbetaling|reeds betaald"
            "|paid on account|advance|advance paid|advance received|payment on account|less advance|less payment|"
            "less payments|payment made|received on account|deposit received|less deposit received|vorauszahlungen|"
            "anzahlungen|abzuglich vorauszahlung|teilzahlung|geleistete zahlung|geleistete zahlungen|abzgl zahlung|"
            "abschlage|acomptes verses|acompte paye|avance recue|avances|versement|deja verse|reglement recu|"
            "anticipo recibido|anticipos|entregas a cuenta|pago a cuenta|importe ya pagado|cobrado|acconti|"
            "acconti versati|anticipi|pagamento ricevuto|importo gia pagato|gia versato|gia saldato|saldato|"
            "ya abonado|abonado|pago recibido|pagos recibidos|importe abonado|versement recu|versements recus|"
            "acompte deduit|paiement recu|bereits beglichen|abzuglich zahlung|zahlungseingang|credit applied"
        ),
    },
    "amount_due": {
        100: (
            "amount due|balance due|total due|balance|amount payable|total payable|outstanding|please pay|"
            "payable amount|balance payable|residual|remaining balance|amount remaining|remaining amount|"
            "due payable|payable|amount outstanding|outstanding amount|due amount|to pay|net payable|"
            "amount to pay|zahlbetrag|zu zahlen|zu zahlender betrag|offener betrag|restbetrag|noch zu zahlen|"
            "falliger betrag|zahlungsbetrag|offen|verbleibender betrag|zu zahlende summe|falliger gesamtbetrag|"
            "uberweisungsbetrag|fallig|ausstehender betrag|fallender betrag|zu uberweisen|zahlbetrag brutto|"
            "net a payer|reste a payer|a payer|solde a payer|montant du|montant a payer|solde du|solde|reste du|"
            "total a payer|net a payer ttc|somme due|total a pagar|importe a pagar|a pagar|pendiente de pago|"
            "saldo pendiente|importe pendiente|saldo|resto a pagar|totale da pagare|da pagare|netto a pagare|"
            "importo da pagare|saldo da pagare|totale dovuto|importo dovuto|te betalen|nog te betalen|openstaand|"
            "te voldoen"
            "|outstanding balance|remaining|remaining due|amount now due|now due|balance to pay|balance remaining|"
            "amount still due|restsumme|noch offen|noch zu begleichen|rest|zahlbarer betrag|zu uberweisender betrag|"
            "offener rest|reste du a payer|somme a payer|a regler|solde restant|restant du|montant restant du|"
            "liquido a pagar|resto pendiente|importe a abonar|a abonar|pendiente|residuo|"
            "residuo da pagare|saldo dovuto|"
            "saldo finale|rimanenza|rimanente da pagare"
        ),
    },
    "debtor": {
        100: (
            "bill to|billed to|invoice to|customer|client|buyer|sold to|invoiced to|debtor|invoice address|"
            "billing address|rechnung an|kunde|rechnungsempfanger|kaufer|rechnungsadresse|auftraggeber|"
            "leistungsempfanger|kaufer leistungsempfanger|kauferleistungsempfanger|rechnungsanschrift|kundin|an|"
            "facture a|factures a|adresse de facturation|destinataire|acheteur|facturer a|client facture|cliente|"
            "facturar a|facturado a|destinatario|comprador|direccion de facturacion|datos del cliente|"
            "fatturare a|intestatario|acquirente|spettabile|spett le|cessionario committente|committente|"
            "fatturato a|factuuradres|klant|aan|guest name|to"
            "|empfanger|a l attention de|a nombre de|cessionario|adresse a|adressee a|facturee a|facture pour|"
            "cliente facturado|factura para|a favor de|intestata a|fattura a|intestata|billed client|bill customer|"
            "invoice recipient|invoiced party|rechnung fur|kaufer in|besteller|kundenadresse|adresse client|"
            "nom du client|direccion del cliente|nombre del cliente|zahlbar durch|payable par|pagadero por|"
            "pagabile da|indirizzo cliente|dati cliente|"
            "ragione sociale cliente"
        ),
    },
    "seller": {
        100: (
            "seller|vendor|supplier|sold by|issued by|payee|verkaufer|lieferant|rechnungssteller|aussteller|"
            "leistungserbringer|vendeur|fournisseur|emetteur|emis par|vendedor|proveedor|emisor|emitida por|"
            "venditore|fornitore|cedente prestatore|emittente|verkoper|leverancier|biller|from|von firma|"
            "payable to|remit to"
        ),
        62: (
            "account holder|account name|beneficiary|kontoinhaber|titulaire du compte|titulaire|"
            "titular de la cuenta|titular|intestatario del conto|intestatario conto|beneficiario|ten name van|"
            "zahlungsempfanger|begunstigter|"
            "zahlbar an|payable a|pagadero a|pagabile a|bank account name|all payment to be made in favor of"
        ),
    },
    "name": {
        100: (
            "name|firma|firmenname|company|company name|nom|raison sociale|nombre|razon social|nome|"
            "ragione sociale|naam"
        ),
    },
    "vat_id": {
        100: (
            "vat id|vat no|vat number|vat reg no|vat registration number|vat|tax id|ust idnr|ust id nr|ust id|"
            "umsatzsteuer id|ustidnr|umsatzsteuer identifikationsnummer|ust ident nr|uid|uid nr|vat id no|"
            "vat reg|ust identnr|vat registration|vat registered|ust id no|ust ident|tva|no tva|n tva|"
            "numero de tva|tva intracommunautaire|numero tva|"
            "no tva intracommunautaire|id tva|nif|cif|nif iva|nif cif|p iva|partita iva|piva|c f p iva|"
            "btw nummer|btw|btw nr|mwst nr|gstin"
        ),
    },
    "debtor_vat_id": {
        100: (
            "customer vat|customer vat id|customer vat number|customer vat no|your vat id|your vat no|"
            "your vat number|client vat|ihre ust id|ihre ust idnr|ust id kunde|ust idnr kunde|kunden ust id|"
            "ihre ust id nr|ihre umsatzsteuer id|ust idnr des kunden|tva client|no tva client|n tva client|"
            "votre tva|votre no tva|votre n tva|numero tva client|tva intracommunautaire client|nif cliente|"
            "cif cliente|p iva cliente|partita iva cliente|uw btw nummer|buyer vat|buyer vat id|vat id customer|"
            "kaufer ust id|ihre uid|nif del cliente"
            "|cif nif cliente|nif cif cliente|cif del cliente|vat client|client vat no|client vat id|"
            "client vat number|"
            "tva de l acheteur|tva acheteur|ust id des kunden|ust idnr des empfangers|ihre ust idnr|"
            "vostra partita iva|"
            "vs p iva|partita iva del cliente|nif comprador|su nif|su cif|vat id of customer|kunden uid|uid kunde"
        ),
    },
    "iban": {
        100: ("iban|iban no|iban nr|compte iban|bankverbindung iban"),
    },
    "terms": {
        100: (
            "payment terms|terms|terms of payment|zahlungsbedingungen|zahlungsbedingung|conditions de paiement|"
            "conditions de reglement|condiciones de pago|forma de pago|condizioni di pagamento|"
            "betalingsvoorwaarden|modalites de paiement|termini di pagamento|zahlbar innerhalb|payable within"
        ),
    },
    "other": {
        100: (
            "customer number|customer no|customer id|customer ref|order number|order no|order date|po number|"
            "po no|purchase order|your reference|your ref|our reference|our ref|reference|delivery note|"
            "delivery date|account number|account no|phone|telephone|tel|fax|quote number|project number|"
            "contract number|contract no|registration number|company number|company no|sort code|date of supply|"
            "supply date|delivery|ship to|deliver to|delivery address|ship date|reg no|page|credit limit|item no|"
            "customer code|contact|service date|service period|period|mobile|website|kundennummer|kunden nr|kdnr|"
            "kd nr|bestellnummer|bestell nr|bestelldatum|auftragsnummer|auftrags nr|auftragsdatum|"
            "lieferscheinnummer|lieferschein nr|lieferdatum|leistungsdatum|liefer und leistungsdatum|"
            "steuernummer|steuer nr|ihre nummer|ihre bestellung|ihr zeichen|unser zeichen|kontonummer|konto nr|"
            "kto|blz|telefon|fon|hrb|amtsgericht|handelsregister|projektnummer|vertragsnummer|lieferanschrift|"
            "lieferadresse|leistungszeitraum|abrechnungszeitraum|artikelnummer|artikel nr|seite|ansprechpartner|"
            "abweichender warenempfanger|warenempfanger|handelsregisternummer|bestellung|globale nummer|"
            "weitere referenz|ihre referenz|lieferantennummer|sachbearbeiter|druckdatum|bestellung vom|"
            "numero de client|n client|no client|code client|numero de commande|n commande|no commande|"
            "date de commande|bon de commande|date de livraison|adresse de livraison|votre reference|"
            "notre reference|siret|siren|rcs|ape|naf|bon de livraison|ref client|facture liee|livraison|livre a|"
            "contact commercial|periode|date de prestation|numero de dossier|commande|numero de cliente|"
            "n de cliente|n cliente|codigo cliente|numero de pedido|n pedido|fecha de pedido|pedido|albaran|"
            "fecha de entrega|su referencia|nuestra referencia|telefono|direccion de envio|pagina|"
            "fecha de operacion|codice cliente|numero ordine|n ordine|ordine|data ordine|data di consegna|"
            "data consegna|vostro riferimento|rif|codice fiscale|ddt|numero cliente|cap soc|rea|"
            "indirizzo di consegna|riferimento|cod cliente|klantnummer|ordernummer|orderdatum|order|klant nr|kvk|"
            "uw referentie|afleveradres|leverdatum|serienummer|check in|check out|statement date|"
            "date of delivery|print date|printed on|bic|swift|swift bic|cin|late fee|discount"
        ),
    },
}

_SUMS = (
    "total|grand total|invoice total|amount|total amount|gesamt|summe|gesamtbetrag|gesamtsumme|rechnungsbetrag|betrag|"
    "endbetrag|montant|montant total|total general|importe|importe total|total factura|totale|totale fattura|"
    "totale documento|importo|importo totale|totaal"
)
_TAXES = "vat|tax|sales tax|gst|mwst|ust|umsatzsteuer|mehrwertsteuer|tva|iva|btw"
_WITH = (
    "inc|incl|including|inclusive|inclusive of|with|inkl|inklusive|einschl|einschliesslich|mit|avec|con|incluido|"
    "incluida|incluyendo|inclusa|compresa|comprensivo di|inclusief|included|comprise|incluse|plus"
)
_WITHOUT = (
    "ex|excl|excluding|exclusive|exclusive of|before|without|exkl|ohne|vor|zzgl|hors|sans|avant|sin|excluido|excluida|"
    "antes de|senza|esclusa|escluso|exclusief|excluded|exclue"
)
_VAT_IDS = (
    "vat|vat id|vat no|vat number|vat reg no|vat registration number|tax id|ust id|ust idnr|ust id nr|uid|uid nr|tva|"
    "n tva|no de tva|numero de tva|tva intracommunautaire|nif|cif|nif cif|cif nif|nif iva|p iva|partita iva|piva"
)
_THEIRS_BEFORE = "customer|client|buyer|your|kunden|kaufer|ihre|votre|votre n|su|sus|vostra|vs|vostro"
_THEIRS_BEHIND = (
    "customer|of customer|client|du client|acheteur|de l acheteur|kunde|kunden|des kunden|des empfangers|kaufer|"
    "cliente|del cliente|comprador|del comprador|acquirente|dell acquirente|cessionario"
)


def composed() -> dict[str, dict[int, list[str]]]:
    """Names put together from words: totals with and without a tax, the customer's VAT id."""
    return {
        "gross": {100: _sums(_WITH)},
        "net": {100: _sums(_WITHOUT)},
        "debtor_vat_id": {
            100: [f"{theirs} {name}" for theirs in _THEIRS_BEFORE.split("|") for name in _VAT_IDS.split("|")]
            + [f"{name} {theirs}" for theirs in _THEIRS_BEHIND.split("|") for name in _VAT_IDS.split("|")]
        },
    }


def _sums(how: str) -> list[str]:
    """`total incl vat` and `total vat included`."""
    parts = [(a, b, c) for a in _SUMS.split("|") for b in how.split("|") for c in _TAXES.split("|")]
    return [f"{a} {b} {c}" for a, b, c in parts] + [f"{a} {c} {b}" for a, b, c in parts]
