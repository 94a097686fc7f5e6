"""Wages, grants, gifts, events and what the bank takes by itself, in the demonstration."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import starmap
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.postings.adjustments import post_depreciation, post_stock
from cantine_desktop.finance.postings.facts import (
    DepreciationFacts,
    ExpenseClaimFacts,
    GiftFacts,
    GrantFacts,
    InKindFacts,
    PayrollFacts,
    StockFacts,
    VolunteeringFacts,
)
from cantine_desktop.finance.postings.income import post_grant
from cantine_desktop.finance.postings.means import Means
from cantine_desktop.finance.postings.payroll import (
    post_in_kind,
    post_payroll,
    post_volunteering,
)
from cantine_desktop.finance.postings.purchases import post_expense_claim
from cantine_desktop.finance.postings.takings import post_gift
from cantine_desktop.i18n import tr
from cantine_desktop.office.demo_meals.events import AHEAD, Told, write_events
from cantine_desktop.office.demo_money import year
from cantine_desktop.office.demo_money.pay import write_pay
from cantine_desktop.office.demo_money.plan import Settled, Shown
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period

SMIC = Money(1_202)
"""An hour of the minimum wage, by which hours given are valued."""

SALARY_TAX = 73_50
"""Cents of income tax withheld each month."""
HEALTH = 29_00
"""Cents of health insurance, for the employer and for the employees."""
UNPAID_FOR = timedelta(days=75)
"""How long ago the event was whose invoice nobody paid."""


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
    worn = Money(year.DEPRECIATION.of(end.month))
    post_depreciation(session, DepreciationFacts(end, reference, tr("Amortissement du mois"), worn))
    _grant_share(session, end)
    if end.month in year.STOCKS:
        counted = Money(year.STOCKS[end.month])
        post_stock(session, StockFacts(end, f"INV-{end:%Y%m}", counted))
    yield from _civic(month, name)
    if end.month in year.JOURNEYS:
        reference = f"NF-{end:%Y%m}"
        journey = Money(year.JOURNEY)
        claim = ExpenseClaimFacts(
            month.first + 11 * DAY, reference, tr("Train, formation du réseau"), journey
        )
        post_expense_claim(session, claim)
        settled = (Settled(Role.VOLUNTEER_EXPENSES, reference),)
        yield Shown(end - 5 * DAY, -journey, f"VIR REMBT FRAIS {reference}", settled)


def _grant_share(session: Session, end: date) -> None:
    """Write the share of the grants for equipment that goes to the result of a month."""
    amount = Money(year.GRANT_SHARE.of(end.month))
    label = tr("Quote-part de subvention d’investissement")
    lines = (
        debit(Role.INVESTMENT_GRANT_RELEASED, amount),
        credit(Role.INVESTMENT_GRANT_SHARE, amount, activity="STRUCTURE"),
    )
    post(session, DraftEntry("OD", end, label, f"QP-{end:%Y%m}", lines, fact="adjustment"))


def _civic(month: Period, name: str) -> Iterator[Shown]:
    """Yield what is added to the allowance of civic volunteers."""
    cents = year.CIVIC.of(month.first.month)
    if cents:
        day = _soon(month.first + 26 * DAY)
        label = f"VIR SEPA INDEMNITES SERVICE CIVIQUE {name}"
        yield Shown(day, Money(-cents), label, (), Money(0), Role.OTHER_STAFF, "REPAS")


def _soon(day: date) -> date:
    while day.isoweekday() > 5:
        day -= DAY
    return day


def _goes(account: str) -> tuple[Money, str, str]:
    return Money(0), account, "STRUCTURE"


def _payroll(session: Session, end: date, name: str) -> Iterator[Shown]:
    reference = f"PAIE-{end:%Y%m}"
    paid = year.PAY.of(end.month)
    gross = (paid - HEALTH) * 1000 // 1243
    pension = gross * 61 // 1000
    facts = PayrollFacts(
        end,
        reference,
        gross=Money(gross),
        urssaf_employee=Money(gross * 124 // 1000),
        pension_employee=Money(gross * 62 // 1000),
        health_employee=Money(HEALTH),
        withholding_tax=Money(SALARY_TAX),
        urssaf_employer=Money(paid - gross - pension - HEALTH),
        pension_employer=Money(pension),
        health_employer=Money(HEALTH),
        activities={"REPAS": 780, "ATELIERS": 70, "STRUCTURE": 150},
    )
    entry = post_payroll(session, facts)
    owed = {line.account_id: line.credit for line in entry.lines if line.credit}
    net, urssaf, retirement, health, tax = owed.values()
    after = end + 15 * DAY
    yield Shown(end, -net, f"VIR SEPA SALAIRES {name}", (Settled(Role.NET_PAY, reference),))
    for amount, label, account, day in (
        (urssaf, "PRLV URSSAF ALSACE", Role.URSSAF, after),
        (retirement, "PRLV RETRAITE COMPLEMENTAIRE", Role.PENSION, end + 25 * DAY),
        (health, "PRLV MUTUELLE SANTE", Role.HEALTH_INSURANCE, end + 8 * DAY),
        (tax, "PRLV DGFIP PAS", Role.WITHHOLDING_TAX, after),
    ):
        yield Shown(_soon(day), -amount, f"{label} {name}", (Settled(account, reference),))


def _gifts(session: Session, month: Period) -> Iterator[Shown]:
    dice = random.Random(month.first.toordinal() + 1)  # noqa: S311  -- fiction
    for rank, euros in enumerate(year.GIFTS[month.first.month], 1):
        day = month.first + timedelta(days=dice.randrange(3, 26))
        reference = f"DON-{day:%Y%m%d}-{rank}"
        amount = Money(euros * 100)
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
    invoiced = write_events(session, list(_events_between(first, today + AHEAD)), today)
    unpaid = [each.number for each in invoiced if each.day <= today - UNPAID_FOR][-1:]
    for rank, (day, number, amount, code, name) in enumerate(invoiced):
        if number not in unpaid:
            paid = _soon(day + timedelta(days=10 + 7 * rank % 25))
            settled = (Settled(Role.CUSTOMERS, number),)
            yield Shown(paid, amount, f"VIR {name.upper()} {number}", settled, party=code)


def _events_between(first: date, last: date) -> Iterator[Told]:
    """Yield the private meals and workshops of a time, by day."""
    for of_year in range(first.year, last.year + 1):
        for month, number, euros in year.EVENTS:
            day = _soon(date(of_year, month, number))
            if first <= day <= last:
                yield Told(day, euros)


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


def _grants_of(of_year: int) -> tuple[_Grant, ...]:
    city, county = "VIR TRESOR PUBLIC EUROMETROPOLE", "VIR TRESORERIE CEA SUBVENTION"
    told = (
        (date(of_year, 2, 17), date(of_year, 7, 28), "SUB-VILLE", "741400", 600_000, "Ville", city),
        (
            date(of_year, 3, 24),
            date(of_year, 5, 12),
            "SUB-CEA",
            "741300",
            300_000,
            "Alsace",
            county,
        ),
    )
    return tuple(starmap(_Grant, told))


def _grants(session: Session, first: date, today: date) -> Iterator[Shown]:
    years = range(first.year, today.year + 1)
    for grant in (grant for each in years for grant in _grants_of(each)):
        if not first <= grant.notified <= today:
            continue
        label = tr("Subvention {name}").format(name=grant.name)
        cents = Money(grant.cents)
        facts = GrantFacts(grant.notified, grant.reference, label, cents, grant.account)
        post_grant(session, facts)
        settled = (Settled(Role.GRANTS_RECEIVABLE, grant.reference),)
        yield Shown(grant.paid, cents, grant.label, settled)
    month = Period.month(first)
    while month.first + 19 * DAY <= today:
        day = month.first + 19 * DAY
        label = f"VIR ASP AIDE EMPLOI {day:%m/%Y}"
        aid = Money(year.JOB_AID.of(day.month))
        yield Shown(_soon(day), aid, label, (), *_goes("741100"))
        month = Period.month(month.end)
