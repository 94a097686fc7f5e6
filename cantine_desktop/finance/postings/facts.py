"""What the rest of a canteen hands to the accounts: small frozen records, in its own words.

Amounts are positive unless said otherwise; days are civil days.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.values.money import Money

ZERO = Money(0)


@dataclass(frozen=True)
class TakingsFacts:
    """What a service brought in, handed over when it is closed.

    Attributes:
        service: « Déjeuner ».
        parts: What came in, by means and purpose.
        meals: Meals paid for, zero contributions included.
        offered: Meals offered or sponsored.
        tally: People by amount, when counted; empty when only totals are known.
        cash_difference: Cash counted less cash expected; zero, or a difference explained.
        reference: ``"S2026-047"``; empty takes the next one.
        corrects: Key of the takings these replace (``cash.recording.correct``).
    """

    day: date
    service: str
    parts: Mapping[tuple[Means, Purpose], Money]
    meals: int
    offered: int = 0
    cooks: int = 0
    newcomers: int = 0
    displayed_price: Money | None = None
    tally: Mapping[Money, int] = field(default_factory=dict[Money, int])
    cash_difference: Money = ZERO
    reference: str = ""
    origin: tuple[str, int] | None = None
    corrects: int | None = None


class Share(NamedTuple):
    """Part of an invoice or of a bank movement: an account, an amount, what it was for.

    Attributes:
        party: Party of this part alone, where the whole has several.
    """

    account: str
    amount: Money
    label: str = ""
    activity: str = "REPAS"
    project: str = ""
    party: int | None = None


@dataclass(frozen=True)
class PurchaseFacts:
    """An invoice of a supplier, or a credit note with negative shares.

    Attributes:
        party: Key of the supplier.
        number: The supplier’s number of the invoice.
        shares: Where it goes, all taxes included: most canteens recover no VAT.
        vat: Recoverable VAT out of the shares, for a canteen that recovers it.
        due_day: When it should be paid.
        fixed_asset: A purchase to depreciate, owed on 404.
    """

    party: int
    day: date
    number: str
    label: str
    shares: tuple[Share, ...]
    vat: Money = ZERO
    due_day: date | None = None
    fixed_asset: bool = False
    origin: tuple[str, int] | None = None


@dataclass(frozen=True)
class DeliveryFacts:
    """A delivery whose invoice has not come by the end of the month (facture non parvenue)."""

    day: date
    reference: str
    label: str
    shares: tuple[Share, ...]
    origin: tuple[str, int] | None = None


@dataclass(frozen=True)
class PayrollFacts:
    """The payslips of a month, summed, as the payroll journal gives them.

    Attributes:
        day: Last day of the month.
        gross: Gross wages.
        urssaf_employee: Withheld for Urssaf.
        pension_employee: Withheld for pension and provident funds.
        health_employee: Withheld for health insurance.
        withholding_tax: Income tax withheld at source.
        urssaf_employer: Employer’s share to Urssaf.
        pension_employer: Employer’s share to pension funds.
        health_employer: Employer’s share to health insurance.
        activities: Shares by section, in thousandths that sum to 1000.
    """

    day: date
    reference: str
    gross: Money
    urssaf_employee: Money = ZERO
    pension_employee: Money = ZERO
    health_employee: Money = ZERO
    withholding_tax: Money = ZERO
    urssaf_employer: Money = ZERO
    pension_employer: Money = ZERO
    health_employer: Money = ZERO
    activities: Mapping[str, int] = field(default_factory=lambda: {"REPAS": 1000})
    origin: tuple[str, int] | None = None


@dataclass(frozen=True)
class GiftFacts:
    """Money given apart from a meal, knowingly.

    Attributes:
        means: How it came.
        is_patronage: Given by a company (mécénat).
        project: Section it is earmarked for, or empty.
    """

    day: date
    reference: str
    label: str
    amount: Money
    means: Means
    is_patronage: bool = False
    project: str = ""
    origin: tuple[str, int] | None = None


@dataclass(frozen=True)
class GrantFacts:
    """A grant that was notified: owed to the canteen from that day.

    Attributes:
        account: 7411 State, 7412 region… or a ``Role``.
        project: Section of the project, or empty.
        later_years: Part that belongs to later years, deferred on 487.
        is_investment: Goes to 131, not to income.
    """

    day: date
    reference: str
    label: str
    amount: Money
    account: str = "741000"
    project: str = ""
    later_years: Money = ZERO
    is_investment: bool = False
    origin: tuple[str, int] | None = None


@dataclass(frozen=True)
class SaleFacts:
    """Something invoiced: an event, a workshop, a room, catering.

    Attributes:
        party: Key of the customer.
        amount: What was sold; a credit note has it below zero.
        account: Account of income.
        deducted: Part of it invoiced before as deposits, of the sign of the amount.
        is_credit_note: It takes an invoice back.
    """

    party: int
    day: date
    number: str
    label: str
    amount: Money
    account: str = "706100"
    activity: str = "ATELIERS"
    due_day: date | None = None
    origin: tuple[str, int] | None = None
    deducted: Money = ZERO
    is_credit_note: bool = False


@dataclass(frozen=True)
class StockFacts:
    """The value of the stock on the day it was counted.

    Attributes:
        food: Value of food counted.
        consumables: Value of consumables counted; ``None`` leaves them as they are.
    """

    day: date
    reference: str
    food: Money
    consumables: Money | None = None
    origin: tuple[str, int] | None = None


@dataclass(frozen=True)
class ExpenseClaimFacts:
    """What a volunteer paid for the canteen.

    Attributes:
        is_waived: The volunteer gives it up: it becomes a gift in 754120.
    """

    day: date
    reference: str
    label: str
    amount: Money
    account: str = "625100"
    activity: str = "STRUCTURE"
    is_waived: bool = False
    origin: tuple[str, int] | None = None


@dataclass(frozen=True)
class VolunteeringFacts:
    """Hours given, valued at the rate the canteen chose; class 8 only.

    Attributes:
        hundredths: Hours, in hundredths.
        rate: Euros for one hour.
    """

    day: date
    reference: str
    label: str
    hundredths: int
    rate: Money
    activity: str = "REPAS"
    origin: tuple[str, int] | None = None


@dataclass(frozen=True)
class InKindFacts:
    """Something given in kind and used, at its value; class 8 only.

    Attributes:
        use: 860100 food, 861100 premises, 862000 services.
    """

    day: date
    reference: str
    label: str
    amount: Money
    use: str = "860100"
    activity: str = "REPAS"
    origin: tuple[str, int] | None = None


@dataclass(frozen=True)
class DepreciationFacts:
    """The share of equipment used up in a period."""

    day: date
    reference: str
    label: str
    amount: Money
    account: str = "281540"
    activity: str = "STRUCTURE"
    origin: tuple[str, int] | None = None


@dataclass(frozen=True)
class BankMovement:
    """Money that moved on a bank account, and where the other side goes.

    Attributes:
        bank: Account of the bank in the ledger: ``"512000"``.
        journal: Its journal.
        amount: Positive comes in, negative goes out.
        shares: Other sides; they sum to the amount plus the fee, signs as the amount has
            them: positive is income or a debt settled towards us.
        fee: Kept by the payment service, positive; goes to 627.
        party: Key of the party of the shares on accounts that have parties.
    """

    day: date
    bank: str
    journal: str
    label: str
    reference: str
    amount: Money
    shares: tuple[Share, ...]
    fee: Money = ZERO
    party: int | None = None
    fact: str = "bank"
    origin: tuple[str, int] | None = None
