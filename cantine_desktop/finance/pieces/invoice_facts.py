"""What an electronic invoice says, whatever its syntax: plain frozen values.

``InvoiceFacts`` is what supply consumes to fill a reception and to compare it with the order:
``lines`` give name, ids, quantity with its unit, net price and its basis, VAT rate, batch
and use-by day; ``order_reference`` is the buyer’s order (Order-X id), ``delivery_reference``
the delivery note, ``delivered_on`` the day of delivery. Amounts are decimals exactly as the
file writes them, positive also on a credit note; ``payable`` and ``owed`` carry the sign.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cantine_desktop.values.money import Money

CREDIT_NOTE_TYPES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458"})
"""Codes of UNTDID 1001 under which an amount is owed to the buyer."""


class Syntax(StrEnum):
    """How an invoice is written."""

    CII = "cii"
    UBL = "ubl"


class Weight(StrEnum):
    """How much a fault matters to who pays the invoice."""

    GRAVE = "grave"
    DOUBT = "doubt"
    NOTE = "note"


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong in an invoice.

    Attributes:
        code: One word for programs: ``"total"``, ``"date"``, ``"iban"``…
        place: Where, in words: « ligne 3 (Tomates) », « en-tête ».
        text: What is wrong, and what to do, in one sentence.
        weight: Grave is wrong arithmetic, a date that is none, an account that is none.
    """

    code: str
    place: str
    text: str
    weight: Weight = Weight.GRAVE


@dataclass(frozen=True)
class InvoiceParty:
    """Who sells or who buys, as the invoice says it.

    Attributes:
        legal_id: Id in the register the scheme names; digits as written.
        legal_scheme: ``"0002"`` is a SIREN, ``"0009"`` a SIRET; empty when unsaid.
        siren: Nine digits when one could be told, from the id, the SIRET or the VAT number.
        siret: Fourteen digits, or empty.
        vat: VAT number with its country, without spaces, or empty.
    """

    name: str = ""
    legal_id: str = ""
    legal_scheme: str = ""
    siren: str = ""
    siret: str = ""
    vat: str = ""
    tax_number: str = ""
    country: str = ""
    address: str = ""
    email: str = ""


@dataclass(frozen=True)
class Adjustment:
    """An allowance or a charge of the whole invoice, or of a line.

    Attributes:
        amount: As written, positive.
        is_charge: A charge adds, an allowance takes off.
        basis: What ``percent`` is taken of.
        category: VAT category (S, E, Z…), and ``rate`` its percentage.
    """

    amount: Decimal | None
    is_charge: bool
    reason: str = ""
    basis: Decimal | None = None
    percent: Decimal | None = None
    category: str = ""
    rate: Decimal | None = None


@dataclass(frozen=True)
class VatPart:
    """A rate of VAT over the whole invoice.

    Attributes:
        reason: Why nothing is asked, for exempt categories.
    """

    category: str
    rate: Decimal | None
    basis: Decimal | None
    tax: Decimal | None
    reason: str = ""
    rate_text: str = ""


@dataclass(frozen=True)
class InvoiceLine:
    """A line of an invoice.

    Attributes:
        rank: Place among the lines, from 1; ``identifier`` is the file’s own.
        seller_id: The seller’s article number; ``global_id`` a GTIN or the like.
        unit: Code of UN/ECE 20: ``"KGM"``, ``"LTR"``, ``"C62"``…
        price: Net price of ``price_basis`` units.
        total: Net amount of the line, as written.
        batch: Batch (lot) of the goods, when the profile has it.
        use_by: Day of use (DLC, DDM), when the file gives one.
        is_information: A line that groups or explains others and is not in the sums.
    """

    rank: int
    identifier: str = ""
    name: str = ""
    description: str = ""
    seller_id: str = ""
    buyer_id: str = ""
    global_id: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    price_basis: Decimal = Decimal(1)
    total: Decimal | None = None
    category: str = ""
    rate: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    batch: str = ""
    use_by: date | None = None
    order_line: str = ""
    order_reference: str = ""
    delivery_reference: str = ""
    is_information: bool = False


@dataclass(frozen=True)
class Totals:
    """The sums at the foot, as written; ``None`` where the file has none.

    Attributes:
        lines: Sum of the net amounts of lines.
        allowances: Sum of allowances of the whole invoice; ``charges`` of charges.
        before_tax: Total without VAT.
        tax: Total of VAT in the currency of the invoice.
        with_tax: Total with VAT.
        prepaid: Paid already.
        rounding: Rounding of what is to pay.
        due: What is left to pay.
    """

    lines: Decimal | None = None
    allowances: Decimal | None = None
    charges: Decimal | None = None
    before_tax: Decimal | None = None
    tax: Decimal | None = None
    with_tax: Decimal | None = None
    prepaid: Decimal | None = None
    rounding: Decimal | None = None
    due: Decimal | None = None


@dataclass(frozen=True)
class InvoiceFacts:
    """An invoice or a credit note, read whole.

    Attributes:
        guideline: The specification it follows, as the file names it.
        profile: ``"MINIMUM"``, ``"BASIC WL"``, ``"BASIC"``, ``"EN 16931"``, ``"EXTENDED"``,
            ``"XRECHNUNG"``… or empty when the name is not known.
        type_code: UNTDID 1001: 380 is an invoice, 381 a credit note.
        iban: Accounts to pay to, without spaces.
        day_text: The day of the invoice as the file writes it.
        remarks: What could not be read, told while reading.
        container: The hybrid PDF’s name of the XML, or empty for an XML alone.
    """

    syntax: Syntax
    number: str = ""
    type_code: str = ""
    guideline: str = ""
    profile: str = ""
    process: str = ""
    day: date | None = None
    due_day: date | None = None
    delivered_on: date | None = None
    currency: str = ""
    seller: InvoiceParty = InvoiceParty()
    buyer: InvoiceParty = InvoiceParty()
    ibans: tuple[str, ...] = ()
    bic: str = ""
    payment_reference: str = ""
    lines: tuple[InvoiceLine, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    vat: tuple[VatPart, ...] = ()
    totals: Totals = Totals()
    order_reference: str = ""
    delivery_reference: str = ""
    contract_reference: str = ""
    buyer_reference: str = ""
    preceding: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    remarks: tuple[Fault, ...] = ()
    container: str = ""

    @property
    def is_credit_note(self) -> bool:
        """Whether it gives money back."""
        return self.type_code in CREDIT_NOTE_TYPES

    @property
    def owed(self) -> Money | None:
        """The total with VAT; negative when the supplier owes it."""
        amount = self.totals.with_tax if self.totals.with_tax is not None else self.totals.due
        return None if amount is None else self._signed(amount)

    @property
    def payable(self) -> Money | None:
        """What is left to pay; negative when the supplier owes it."""
        amount = self.totals.due if self.totals.due is not None else self.totals.with_tax
        return None if amount is None else self._signed(amount)

    @property
    def iban(self) -> str:
        """The first account to pay to, or empty."""
        return self.ibans[0] if self.ibans else ""

    def _signed(self, amount: Decimal) -> Money:
        money = Money.from_decimal(amount)
        return -money if self.is_credit_note else money
