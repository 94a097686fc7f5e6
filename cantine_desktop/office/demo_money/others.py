"""Wages, grants, gifts, events and what the bank takes by itself, in the demonstration."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import starmap
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Party, PartyKind
from cantine_desktop.finance.postings.adjustments import post_depreciation, post_stock
from cantine_desktop.finance.postings.facts import (
    DepreciationFacts,
    ExpenseClaimFacts,
    GiftFacts,
    GrantFacts,
    InKindFacts,
    PayrollFacts,
    SaleFacts,
    StockFacts,
    VolunteeringFacts,
)
from cantine_desktop.finance.postings.income import post_grant, post_sale
from cantine_desktop.finance.postings.means import Means
from cantine_desktop.finance.postings.payroll import (
    post_in_kind,
    post_payroll,
    post_volunteering,
)
from cantine_desktop.finance.postings.purchases import post_expense_claim
from cantine_desktop.finance.postings.takings import post_gift
from cantine_desktop.i18n import tr
from cantine_desktop.office.demo_money.pay import write_pay
from cantine_desktop.office.demo_money.plan import Settled, Shown
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period

GROSS = 328_000
SMIC = Money(1_202)
"""An hour of the minimum wage, by which hours given are valued."""

CUSTOMERS = (
    ("COMITE", "Comité du quartier Gare"),
    ("ECOLE", "École des Tilleuls"),
    ("STARTUP", "Atelier Numérique SARL"),
    ("CHORALE", "Chorale du Faubourg"),
)

EVENT_EVERY = 20
EVENT_CENTS = (48_000, 55_000, 62_000, 71_000, 85_000)
UNPAID_EVENT = 8
"""The event, counted from the first, whose invoice nobody paid."""


def write_others(session: Session, first: date, today: date) -> list[Shown]:
    """Write what is neither takings nor invoices of suppliers; return what the bank shows."""
    shown: list[Shown] = []
    day = first
    while day <= today:
        month = Period.month(day)
        shown += _month(session, month, today)
        day = month.end
    shown += _events(session, first, today)
    shown += _grants(session, first, today)
    return shown


def _month(session: Session, month: Period, today: date) -> Iterator[Shown]:
    end = month.last
    name = f"{end:%m/%Y}"
    yield Shown(_soon(end), Money(-990), f"COTISATION COMPTE {name}", (), *_goes("627000"))
    if end > today:
        return
    write_pay(session, month)
    yield from _payroll(session, end, name)
    _gifts_in_kind(session, month)
    yield from _gifts(session, month)
    reference = f"DOT-{end:%Y%m}"
    facts = DepreciationFacts(end, reference, tr("Amortissement du mois"), Money(26_667))
    post_depreciation(session, facts)
    if end.month in {3, 6, 9, 12}:
        counted = Money(118_000 + 4_300 * (end.month % 5))
        post_stock(session, StockFacts(end, f"INV-{end:%Y%m}", counted))
    if end.month in {4, 10}:
        reference = f"NF-{end:%Y%m}"
        claim = ExpenseClaimFacts(
            month.first + 11 * DAY, reference, tr("Train, formation du réseau"), Money(8_640)
        )
        post_expense_claim(session, claim)
        settled = (Settled(Role.VOLUNTEER_EXPENSES, reference),)
        yield Shown(end - 5 * DAY, Money(-8_640), f"VIR REMBT FRAIS {reference}", settled)


def _soon(day: date) -> date:
    while day.isoweekday() > 5:
        day -= DAY
    return day


def _goes(account: str) -> tuple[Money, str, str]:
    return Money(0), account, "STRUCTURE"


def _payroll(session: Session, end: date, name: str) -> Iterator[Shown]:
    reference = f"PAIE-{end:%Y%m}"
    gross = GROSS + (18_000 if end.month in {6, 12} else 0)
    facts = PayrollFacts(
        end,
        reference,
        gross=Money(gross),
        urssaf_employee=Money(gross * 124 // 1000),
        pension_employee=Money(gross * 62 // 1000),
        health_employee=Money(2_900),
        withholding_tax=Money(7_350),
        urssaf_employer=Money(gross * 182 // 1000),
        pension_employer=Money(gross * 61 // 1000),
        health_employer=Money(2_900),
        activities={"REPAS": 780, "ATELIERS": 70, "STRUCTURE": 150},
    )
    entry = post_payroll(session, facts)
    owed = {line.account_id: line.credit for line in entry.lines if line.credit}
    net, urssaf, pension, health, tax = owed.values()
    after = end + 15 * DAY
    yield Shown(end, -net, f"VIR SEPA SALAIRES {name}", (Settled(Role.NET_PAY, reference),))
    for amount, label, account, day in (
        (urssaf, "PRLV URSSAF ALSACE", Role.URSSAF, after),
        (pension, "PRLV RETRAITE COMPLEMENTAIRE", Role.PENSION, end + 25 * DAY),
        (health, "PRLV MUTUELLE SANTE", Role.HEALTH_INSURANCE, end + 8 * DAY),
        (tax, "PRLV DGFIP PAS", Role.WITHHOLDING_TAX, after),
    ):
        yield Shown(_soon(day), -amount, f"{label} {name}", (Settled(account, reference),))


def _gifts(session: Session, month: Period) -> Iterator[Shown]:
    dice = random.Random(month.first.toordinal() + 1)  # noqa: S311  -- fiction
    for rank in range(dice.choice((2, 3, 4))):
        day = month.first + timedelta(days=dice.randrange(3, 26))
        reference = f"DON-{day:%Y%m%d}-{rank + 1}"
        amount = Money(dice.choice((2_000, 5_000, 10_000, 15_000, 25_000)))
        label = tr("Don d’un soutien")
        post_gift(session, GiftFacts(day, reference, label, amount, Means.TRANSFER))
        settled = (Settled(Role.SUSPENSE, reference),)
        yield Shown(day, amount, f"VIR RECU DON {reference}", settled)


def _gifts_in_kind(session: Session, month: Period) -> None:
    dice = random.Random(month.first.toordinal() + 2)  # noqa: S311  -- fiction
    hours = dice.randint(140, 210)
    post_volunteering(
        session,
        VolunteeringFacts(
            month.last, f"BEN-{month.last:%Y%m}", tr("Heures de bénévolat"), hours * 100, SMIC
        ),
    )
    value = Money(dice.randint(160, 310) * 100)
    post_in_kind(
        session,
        InKindFacts(month.last, f"INVENDUS-{month.last:%Y%m}", tr("Invendus donnés"), value),
    )


def _events(session: Session, first: date, today: date) -> Iterator[Shown]:
    keys: dict[str, int] = {}
    for code, name in CUSTOMERS:
        party = Party(code=code, name=name, kind=PartyKind.CUSTOMER)
        session.add(party)
        session.flush()
        keys[code] = party.id
    dice = random.Random(first.toordinal())  # noqa: S311  -- fiction
    day, rank = first + 12 * DAY, 0
    while day <= today:
        rank += 1
        code, name = CUSTOMERS[rank % len(CUSTOMERS)]
        number = f"FC{day:%Y}-{rank:03d}"
        amount = Money(dice.choice(EVENT_CENTS))
        label = tr("Privatisation {name}").format(name=name)
        post_sale(session, SaleFacts(keys[code], day, number, label, amount))
        if rank != UNPAID_EVENT:
            paid = _soon(day + timedelta(days=dice.randint(10, 34)))
            settled = (Settled(Role.CUSTOMERS, number),)
            yield Shown(paid, amount, f"VIR {name.upper()} {number}", settled, party=code)
        day += EVENT_EVERY * DAY


class _Grant(NamedTuple):
    notified: date
    paid: date
    code: str
    account: str
    cents: int
    name: str
    label: str

    @property
    def reference(self) -> str:
        return f"{self.code}-{self.notified:%Y}"


def _grants_of(year: int) -> tuple[_Grant, ...]:
    city, county = "VIR TRESOR PUBLIC EUROMETROPOLE", "VIR TRESORERIE CEA SUBVENTION"
    told = (
        (date(year, 2, 17), date(year, 7, 28), "SUB-VILLE", "741400", 600_000, "Ville", city),
        (date(year, 3, 24), date(year, 5, 12), "SUB-CEA", "741300", 300_000, "Alsace", county),
        (
            date(year - 1, 11, 18),
            date(year - 1, 12, 16),
            "SUB-VILLE",
            "741400",
            150_000,
            "Ville, solde",
            city,
        ),
    )
    return tuple(starmap(_Grant, told))


def _grants(session: Session, first: date, today: date) -> Iterator[Shown]:
    for grant in _grants_of(today.year):
        if not first <= grant.notified <= today:
            continue
        label = tr("Subvention {name}").format(name=grant.name)
        cents = Money(grant.cents)
        facts = GrantFacts(grant.notified, grant.reference, label, cents, grant.account)
        post_grant(session, facts)
        settled = (Settled(Role.GRANTS_RECEIVABLE, grant.reference),)
        yield Shown(grant.paid, cents, grant.label, settled)
    for month in range(1, 13):
        day = date(today.year, month, 20)
        if first <= day <= today:
            label = f"VIR ASP AIDE EMPLOI {day:%m/%Y}"
            yield Shown(_soon(day), Money(29_850), label, (), *_goes(Role.STAFF_REFUNDS))
