"""Writing the money of the demonstration: two fiscal years, the first in short."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Party
from cantine_desktop.finance.ledger.posting import DraftEntry, DraftLine, credit, debit, post
from cantine_desktop.finance.ledger.years import open_year
from cantine_desktop.finance.postings.facts import PurchaseFacts, Share
from cantine_desktop.finance.postings.means import Means
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.i18n import tr
from cantine_desktop.office.demo_meals.calendar import Served, write_services
from cantine_desktop.office.demo_money import year
from cantine_desktop.office.demo_money.matched import (
    close_months,
    match_months,
    take_in_statements,
)
from cantine_desktop.office.demo_money.others import write_others
from cantine_desktop.office.demo_money.plan import (
    VOUCHER_FEE,
    Plan,
    Settled,
    Shown,
    card_purchases,
    invoices_between,
    shown_cards,
    shown_invoices,
    shown_monthly,
    spent_besides,
)
from cantine_desktop.office.demo_money.proofs import join_proofs
from cantine_desktop.office.demo_money.services import takings_of
from cantine_desktop.office.demo_money.statements import months_of
from cantine_desktop.office.demo_money.suppliers import SUPPLIERS, Supplier
from cantine_desktop.office.demo_money.till import write_till
from cantine_desktop.office.demo_money.year import MONTHS
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period

DEMO_SIREN = "732829320"
"""A number that passes the control of Luhn and that examples of the administration use."""

OPENING: tuple[tuple[str, int], ...] = (
    (Role.KITCHEN_EQUIPMENT, 32_000_00),
    (Role.KITCHEN_DEPRECIATION, -12_800_00),
    ("275000", 1_400_00),
    (Role.BANK, 21_340_12),
    (Role.CASH, 212_40),
    (Role.INVESTMENT_GRANT, -11_500_00),
    (Role.INVESTMENT_GRANT_RELEASED, 4_600_00),
    ("102000", -5_000_00),
    ("106800", -24_000_00),
)
"""Balances taken over from whoever kept the accounts before, in cents."""


def first_day(today: date) -> date:
    """Return the first day told in full: twelve months before the last one that is over.

    The accounts of that last one are left to the person: the year they can be judged by is
    the twelve months before it.
    """
    last = Period.month(Period.month(today).first - DAY).first
    return last.replace(year=last.year - 1)


def write_money(
    session: Session, today: date, open_days: dict[date, list[date]], to_close: int = 1
) -> Plan:
    """Write the accounts of the demonstration as drafts; bank lines are only told.

    Args:
        session: The session of the action that writes the demonstration.
        today: The present day.
        open_days: Days of service of each month, by its first day.
        to_close: Months that are over and left to the person; one at least.
    """
    first = first_day(today)
    session.scalars(select(Canteen)).one().siren = DEMO_SIREN
    for of_year in range(first.year, today.year + 1):
        open_year(session, Period.year(date(of_year, 1, 1)))
    parties = _write_parties(session)
    _write_opening(session, date(first.year, 1, 1), first)
    _write_short_months(session, first)
    plan = plan_of(first, today, open_days)
    held = [Served(facts.day, facts.service) for facts in plan.takings]
    services = write_services(session, held, first, today)
    plan.services = [services[served].id for served in held]
    references = write_till(session, plan, today, _closed(first, today, to_close))
    _tell_bank(plan, references, first, today)
    plan.shown += write_others(session, first, today)
    _write_invoices(session, plan, parties, Period(first, today + DAY))
    plan.shown = sorted(
        (shown for shown in plan.shown if shown.day <= today), key=lambda s: (s.day, s.label)
    )
    return plan


def _write_invoices(session: Session, plan: Plan, parties: dict[str, int], span: Period) -> None:
    """Write the invoices of suppliers: with what the bank shows besides, they make the year."""
    told = invoices_between(span, spent_besides(plan.shown))
    plan.invoices = [each for each in told if each.day in span]
    for invoice in plan.invoices:
        supplier = invoice.supplier
        share = Share(supplier.account, invoice.amount, activity=supplier.activity)
        facts = PurchaseFacts(
            parties[supplier.code],
            invoice.day,
            invoice.number,
            f"{supplier.name} {invoice.number}",
            (share,),
            due_day=invoice.day + supplier.wait,
        )
        post_purchase(session, facts)
    plan.shown += shown_invoices(plan.invoices)


def write_bank(session: Session, plan: Plan, today: date, to_close: int = 1) -> None:
    """Take in the statements that came, match all months but the last ones, and close them.

    Args:
        session: The session of the action that writes the demonstration.
        plan: What happened, as ``write_money`` returned it.
        today: The present day.
        to_close: Months that are over and left to the person; one at least.
    """
    first = first_day(today)
    account = take_in_statements(session, plan.shown, first, today)
    over = months_of(date(first.year, 1, 1), today)
    closed = _closed(first, today, to_close)
    match_months(session, account, plan.shown, [m for m in closed if m.first >= first])
    join_proofs(session, [month for month in over if month.first >= first])
    close_months(session, closed)


def _closed(first: date, today: date, to_close: int) -> list[Period]:
    over = months_of(date(first.year, 1, 1), today)
    return over[: len(over) - max(1, to_close)]


def plan_of(first: date, today: date, open_days: dict[date, list[date]]) -> Plan:
    """Return what happens between two days, alike for the same days."""
    plan = Plan()
    for month_first, days in sorted(open_days.items()):
        if month_first >= first:
            plan.takings += takings_of(Period.month(month_first), days, today)
    return plan


def _tell_bank(plan: Plan, references: dict[int, str], first: date, today: date) -> None:
    takings = plan.takings
    plan.shown += shown_cards(takings, references)
    plan.shown += shown_monthly(
        takings, references, Means.HELLOASSO, Role.HELLOASSO, 0, "VIR HELLOASSO {n}"
    )
    plan.shown += shown_monthly(
        takings, references, Means.MEAL_VOUCHER, Role.MEAL_VOUCHERS, VOUCHER_FEE, "VIR CONECS {n}"
    )
    plan.shown += card_purchases(Period(first, today + DAY))
    for deposit in plan.deposits:
        settled = (Settled(Role.TRANSFERS, deposit.reference),)
        plan.shown.append(
            Shown(deposit.day + 2 * DAY, deposit.amount, "REM ESPECES AGENCE", settled)
        )
    for slip in plan.slips:
        cheques = tuple(Settled(Role.CHEQUES, piece) for piece in slip.pieces)
        plan.shown.append(
            Shown(slip.day + 3 * DAY, slip.amount, f"REMISE CHEQUES {len(cheques)}", cheques)
        )


def _write_parties(session: Session) -> dict[str, int]:
    parties = {
        supplier.code: Party(
            code=supplier.code,
            name=supplier.name,
            kind=supplier.kind,
            usual_account=supplier.account,
            usual_activity=supplier.activity,
        )
        for supplier in SUPPLIERS
    }
    session.add_all(parties.values())
    session.flush()
    return {code: party.id for code, party in parties.items()}


def _write_opening(session: Session, day: date, first_told: date) -> None:
    stock = year.stock_before(first_told.month)
    held = (*OPENING, (Role.FOOD_STOCK, stock))
    lines = [debit(account, Money(cents)) for account, cents in held]
    rest = Money(sum(cents for _account, cents in held))
    lines.append(credit(Role.ACCUMULATED_SURPLUS, rest))
    label = tr("Reprise des soldes")
    post(session, DraftEntry("AN", day, label, f"AN{day.year}", lines, fact="opening"))


def _write_short_months(session: Session, first: date) -> None:
    """Write the months before those told in full, one entry each, as an accountant hands over."""
    day = date(first.year, 1, 1)
    while day < first:
        month = Period.month(day)
        told = MONTHS[day.month]
        meals = Money(told.mean * told.meals)
        costs: dict[tuple[str, str], int] = {}
        for supplier in SUPPLIERS:
            spot = supplier.account, supplier.activity
            costs[spot] = costs.get(spot, 0) + _share_of_month(supplier)
        lines = [debit(a, Money(cents), activity=act) for (a, act), cents in costs.items()]
        lines += _wages_of(day)
        lines += [
            credit(Role.MEALS, meals, activity="REPAS"),
            credit(Role.MEMBERSHIPS, Money(285_00), activity="RESEAU"),
            credit(Role.EVENTS, Money(905_00), activity="ATELIERS"),
            credit(Role.GIFTS, Money(480_00), activity="RESEAU"),
            credit("741400", Money(1_050_00), activity="STRUCTURE"),
        ]
        rest = Money(sum(line.credit.cents - line.debit.cents for line in lines))
        lines.append(debit(Role.BANK, rest))
        label = tr("Reprise du mois {month}").format(month=f"{day:%m/%Y}")
        post(
            session,
            DraftEntry("OD", month.last, label, f"R{day:%Y%m}", lines, fact="takeover"),
        )
        day = month.end


def _share_of_month(supplier: Supplier) -> int:
    """Return the cents of a supplier in a month told in short: a little less than now."""
    alike = sum(each.share for each in SUPPLIERS if each.account == supplier.account)
    return supplier.spending.cents * supplier.share * 94 // (alike * 1200)


def _wages_of(day: date) -> list[DraftLine]:
    wages = 3_280_00 if day.month != 12 else 3_460_00
    return [
        debit(Role.WAGES, Money(wages), activity="REPAS"),
        debit(Role.URSSAF_CHARGES, Money(620_00), activity="REPAS"),
        debit(Role.PENSION_CHARGES, Money(215_00), activity="REPAS"),
    ]
