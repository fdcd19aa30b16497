"""PURE: what an e-invoice states beside the fields that are read: VAT by category, addresses, contacts, its profile.

Terms are named by EN 16931's ids (BT-10 ...). Never judges them: `invoices/vatrules.py` and `businessrules.py` do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from tenor.documents.xmlpaths import nodes, text


@dataclass(frozen=True, slots=True)
class VatGroup:
    """One row of the VAT breakdown (BG-23), as written. `reason`: why exempt, as text or code (BT-120, BT-121)."""

    category: str | None  # BT-118
    rate: str | None  # BT-119
    taxable: str | None  # BT-116
    tax: str | None  # BT-117
    reason: str | None


@dataclass(frozen=True, slots=True)
class Taxed:
    """A line (BG-25), an allowance (BG-20) or a charge (BG-21) of the document, and its VAT category and rate."""

    kind: str
    amount: str | None
    category: str | None
    rate: str | None


@dataclass(frozen=True, slots=True)
class Particulars:
    """`terms`: what is stated, by EN 16931's id; absent ones have no key."""

    terms: Mapping[str, str] = field(default_factory=dict)
    vat_groups: tuple[VatGroup, ...] = ()
    taxed: tuple[Taxed, ...] = ()


NONE = Particulars()

_CII_SELLER = "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement/SellerTradeParty"
_CII_BUYER = "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement/BuyerTradeParty"
_CII_DELIVERY = "ApplicableHeaderTradeDelivery|ApplicableSupplyChainTradeDelivery"
_CII_SETTLEMENT = "ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
_CII_TERMS = {
    "BT-10": "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement/BuyerReference",
    "BT-13": "BuyerOrderReferencedDocument/IssuerAssignedID|ID",
    "BT-23": "BusinessProcessSpecifiedDocumentContextParameter/ID",
    "BT-24": "GuidelineSpecifiedDocumentContextParameter/ID",
    "BT-30": f"{_CII_SELLER}/SpecifiedLegalOrganization/ID",
    "BT-32": f"{_CII_SELLER}/SpecifiedTaxRegistration/ID[@schemeID='FC']",
    "BT-34": f"{_CII_SELLER}/URIUniversalCommunication/URIID",
    "BT-35": f"{_CII_SELLER}/PostalTradeAddress/LineOne",
    "BT-37": f"{_CII_SELLER}/PostalTradeAddress/CityName",
    "BT-38": f"{_CII_SELLER}/PostalTradeAddress/PostcodeCode",
    "BT-40": f"{_CII_SELLER}/PostalTradeAddress/CountryID",
    "BT-41": f"{_CII_SELLER}/DefinedTradeContact/PersonName|DepartmentName",
    "BT-42": f"{_CII_SELLER}/DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber",
    "BT-43": f"{_CII_SELLER}/DefinedTradeContact/EmailURIUniversalCommunication/URIID",
    "BT-47": f"{_CII_BUYER}/SpecifiedLegalOrganization/ID",
    "BT-49": f"{_CII_BUYER}/URIUniversalCommunication/URIID",
    "BT-50": f"{_CII_BUYER}/PostalTradeAddress/LineOne",
    "BT-52": f"{_CII_BUYER}/PostalTradeAddress/CityName",
    "BT-53": f"{_CII_BUYER}/PostalTradeAddress/PostcodeCode",
    "BT-55": f"{_CII_BUYER}/PostalTradeAddress/CountryID",
    "BT-63": "SellerTaxRepresentativeTradeParty/SpecifiedTaxRegistration/ID",
    "BT-72": f"{_CII_DELIVERY}/ActualDeliverySupplyChainEvent/OccurrenceDateTime/*",
    "BT-73": f"{_CII_SETTLEMENT}/BillingSpecifiedPeriod/StartDateTime|EndDateTime/*",
    "BT-80": f"{_CII_DELIVERY}/ShipToTradeParty/PostalTradeAddress/CountryID",
    "BT-81": f"{_CII_SETTLEMENT}/SpecifiedTradeSettlementPaymentMeans/TypeCode",
}
_UBL_SELLER, _UBL_BUYER = "./AccountingSupplierParty/Party", "./AccountingCustomerParty/Party"
_UBL_TERMS = {
    "BT-10": "./BuyerReference",
    "BT-13": "./OrderReference/ID",
    "BT-23": "./ProfileID",
    "BT-24": "./CustomizationID",
    "BT-30": f"{_UBL_SELLER}/PartyLegalEntity/CompanyID",
    "BT-34": f"{_UBL_SELLER}/EndpointID",
    "BT-35": f"{_UBL_SELLER}/PostalAddress/StreetName",
    "BT-37": f"{_UBL_SELLER}/PostalAddress/CityName",
    "BT-38": f"{_UBL_SELLER}/PostalAddress/PostalZone",
    "BT-40": f"{_UBL_SELLER}/PostalAddress/Country/IdentificationCode",
    "BT-41": f"{_UBL_SELLER}/Contact/Name",
    "BT-42": f"{_UBL_SELLER}/Contact/Telephone",
    "BT-43": f"{_UBL_SELLER}/Contact/ElectronicMail",
    "BT-47": f"{_UBL_BUYER}/PartyLegalEntity/CompanyID",
    "BT-49": f"{_UBL_BUYER}/EndpointID",
    "BT-50": f"{_UBL_BUYER}/PostalAddress/StreetName",
    "BT-52": f"{_UBL_BUYER}/PostalAddress/CityName",
    "BT-53": f"{_UBL_BUYER}/PostalAddress/PostalZone",
    "BT-55": f"{_UBL_BUYER}/PostalAddress/Country/IdentificationCode",
    "BT-63": "./TaxRepresentativeParty/PartyTaxScheme/CompanyID",
    "BT-72": "./Delivery/ActualDeliveryDate",
    "BT-73": "./InvoicePeriod/StartDate|EndDate",
    "BT-80": "./Delivery/DeliveryLocation/Address/Country/IdentificationCode",
    "BT-81": "./PaymentMeans/PaymentMeansCode",
}


def of_cii(root: etree._Element) -> Particulars:
    groups = [
        VatGroup(
            text(tax, "./CategoryCode"),
            text(tax, "./RateApplicablePercent|ApplicablePercent"),
            text(tax, "./BasisAmount"),
            text(tax, "./CalculatedAmount"),
            text(tax, "./ExemptionReason") or text(tax, "./ExemptionReasonCode"),
        )
        for tax in nodes(root, f"{_CII_SETTLEMENT}/ApplicableTradeTax")
    ]
    taxed = []
    for line in nodes(root, "IncludedSupplyChainTradeLineItem"):
        one = "./SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement"
        sums = "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
        tax = f"{one}/ApplicableTradeTax"
        taxed.append(
            Taxed(
                "line",
                text(line, f"{one}/{sums}/LineTotalAmount"),
                text(line, f"{tax}/CategoryCode"),
                text(line, f"{tax}/RateApplicablePercent|ApplicablePercent"),
            )
        )
    for other in nodes(root, f"{_CII_SETTLEMENT}/SpecifiedTradeAllowanceCharge"):
        tax = "./CategoryTradeTax"
        taxed.append(
            Taxed(
                _allowance_or_charge(text(other, "./ChargeIndicator/Indicator")),
                text(other, "./ActualAmount"),
                text(other, f"{tax}/CategoryCode"),
                text(other, f"{tax}/RateApplicablePercent|ApplicablePercent"),
            )
        )
    for freight in nodes(root, f"{_CII_SETTLEMENT}/SpecifiedLogisticsServiceCharge"):
        tax = "./AppliedTradeTax"
        rate = text(freight, f"{tax}/RateApplicablePercent|ApplicablePercent")
        taxed.append(Taxed("charge", text(freight, "./AppliedAmount"), text(freight, f"{tax}/CategoryCode"), rate))
    return Particulars(_stated(root, _CII_TERMS), tuple(groups), tuple(taxed))


def of_ubl(root: etree._Element) -> Particulars:
    groups = [
        VatGroup(
            text(part, "./TaxCategory/ID"),
            text(part, "./TaxCategory/Percent"),
            text(part, "./TaxableAmount"),
            text(part, "./TaxAmount"),
            text(part, "./TaxCategory/TaxExemptionReason") or text(part, "./TaxCategory/TaxExemptionReasonCode"),
        )
        for part in nodes(root, "./TaxTotal/TaxSubtotal")
    ]
    taxed = [
        Taxed(
            "line",
            text(line, "./LineExtensionAmount"),
            text(line, "./Item/ClassifiedTaxCategory/ID"),
            text(line, "./Item/ClassifiedTaxCategory/Percent"),
        )
        for line in nodes(root, "./InvoiceLine|CreditNoteLine")
    ]
    taxed += [
        Taxed(
            _allowance_or_charge(text(other, "./ChargeIndicator")),
            text(other, "./Amount"),
            text(other, "./TaxCategory/ID"),
            text(other, "./TaxCategory/Percent"),
        )
        for other in nodes(root, "./AllowanceCharge")
    ]
    terms = _stated(root, _UBL_TERMS)
    for scheme in nodes(root, f"{_UBL_SELLER}/PartyTaxScheme"):
        if (text(scheme, "./TaxScheme/ID") or "VAT").upper() != "VAT" and (registered := text(scheme, "./CompanyID")):
            terms["BT-32"] = registered
    return Particulars(terms, tuple(groups), tuple(taxed))


def _stated(root: etree._Element, paths: Mapping[str, str]) -> dict[str, str]:
    found = {term: text(root, path) for term, path in paths.items()}
    return {term: value for term, value in found.items() if value is not None}


def _allowance_or_charge(indicator: str | None) -> str:
    return "charge" if indicator == "true" else "allowance"
