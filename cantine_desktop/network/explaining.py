"""« Comment c’est calculé ? »: the lines behind an indicator, and the division they make."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.balances import Balance, balances
from cantine_desktop.finance.price.contributions import meals_of, tally_of
from cantine_desktop.finance.price.costing import income_kind
from cantine_desktop.finance.price.displaying import prices
from cantine_desktop.finance.statements.tables import shown
from cantine_desktop.i18n import mark, money, number, short_day, tr
from cantine_desktop.meals.figures.faithful import faithful
from cantine_desktop.meals.figures.ratios import RATIOS, Counted, Ratio, counted
from cantine_desktop.meals.figures.services import served_in
from cantine_desktop.meals.visits.model import SlipCount
from cantine_desktop.network.staff_figures import cooked
from cantine_desktop.network.supply_figures import FOOD
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP


class Heading(NamedTuple):
    """The head of a column.

    Attributes:
        title: French words, marked.
        is_number: Its cells stand at the right.
        is_short: Its cells hold a day or a number of account.
    """

    title: str
    is_number: bool = False
    is_short: bool = False


class Line(NamedTuple):
    """A line behind a figure.

    Attributes:
        texts: One by column.
        table: Table of the record it is; ``"account"`` for the lines of an account.
        key: Key of the record, or number of the account.
    """

    texts: tuple[str, ...]
    table: str = ""
    key: int | str = 0


class Explained(NamedTuple):
    """What a figure is made of.

    Attributes:
        words: What is divided by what; empty for a figure told by its lines alone.
        headings: Of the lines.
        lines: Everything that counts.
    """

    words: str
    headings: tuple[Heading, ...]
    lines: list[Line]


NOTHING = Explained("", (), [])
SCREENS = {
    "K13": "visits",
    "K15": "visits",
    "K18": "surplus",
    "K19": "receiving",
    "K24": "hours",
    "K25": "runway",
    "K27": "grants",
    "K28": "readings",
    "K29": "cash",
    "K30": "workshops",
    "K32": "roster",
}
"""Where a figure is kept that has no lines of its own here."""

DAY, SERVICE = Heading(mark("Jour"), is_short=True), Heading(mark("Service"))
ACCOUNT, TITLE = Heading(mark("Compte"), is_short=True), Heading(mark("Intitulé"))
CHARGES, INCOME = Heading(mark("Charges (€)"), True), Heading(mark("Produits (€)"), True)


def explain(session: Session, key: str, period: Period) -> Explained:
    """Return what an indicator is made of over a period.

    Args:
        session: A session that reads.
        key: Key of the indicator.
        period: Days that are over; the same as those it was computed for.
    """
    if key in RATIOS:
        return _of_services(session, RATIOS[key], period)
    make = _OTHERS.get(key)
    return make(session, period) if make else NOTHING


def _of_services(session: Session, ratio: Ratio, period: Period) -> Explained:
    found = counted(ratio, served_in(session, period))
    headings = [DAY, SERVICE, Heading(ratio.title, True)]
    if ratio.below:
        headings.append(Heading(ratio.below, True))
    lines = [_service_line(ratio, each) for each in found]
    if not found:
        return Explained("", tuple(headings), [])
    top = _count(ratio, sum(each.top for each in found))
    words = f"{tr(ratio.title)}{NBSP}: {top}"
    if ratio.below:
        below = number(Decimal(sum(each.bottom for each in found)))
        words += f" ÷ {tr(ratio.below).lower()}{NBSP}: {below}"
    return Explained(words, tuple(headings), lines)


def _service_line(ratio: Ratio, each: Counted) -> Line:
    service = each.service
    texts = [short_day(service.day), service.title, _count(ratio, each.top)]
    if ratio.below:
        texts.append(number(Decimal(each.bottom)))
    if service.service is not None:
        return Line(tuple(texts), "meal_service", service.service)
    return Line(tuple(texts), "takings", service.takings)


def _count(ratio: Ratio, count: int) -> str:
    return number(Money(count).euros) if ratio.in_cents else number(Decimal(count))


def _of_tally(session: Session, period: Period) -> Explained:
    """Tell people by amount, beside the price of their day (K5, K6, K11)."""
    rows = tally_of(session, period)
    people = sum(row.people for row in rows)
    lines: list[Line] = []
    so_far = surplus = 0
    for amount, price, n in rows:
        so_far += n
        gap = (amount - price).cents * n if price else 0
        surplus += max(gap, 0)
        lines.append(
            Line((
                money(amount),
                money(price) if price else "–",
                number(Decimal(n)),
                f"{number(Decimal(100 * so_far) / people, 1)}{NBSP}%",
                number(Money(max(gap, 0)).euros),
                number(Money(max(-gap, 0)).euros),
            ))
        )
    said = tr("{n} contributions décomptées ; {surplus} donnés au-dessus du prix affiché.").format(
        n=number(Decimal(people)), surplus=money(Money(surplus))
    )
    return Explained(
        said if people else "",
        (
            Heading(mark("Contribution"), True),
            Heading(mark("Prix affiché"), True),
            Heading(mark("Personnes"), True),
            Heading(mark("Cumul"), True),
            Heading(mark("Au-dessus (€)"), True),
            Heading(mark("En dessous (€)"), True),
        ),
        lines,
    )


def _of_prices(session: Session, period: Period) -> Explained:
    lines = [
        Line((short_day(price.since), money(price.amount), price.reason))
        for price in prices(session)
        if price.since < period.end
    ]
    headings = (
        Heading(mark("Depuis"), is_short=True),
        Heading(mark("Prix affiché"), True),
        Heading(mark("Pourquoi")),
    )
    return Explained("", headings, lines)


def _account_line(found: Balance) -> Line:
    is_charge = found.number.startswith("6")
    amount = number(found.net.euros if is_charge else shown(found.number, found.net).euros)
    texts = (found.number, found.title, amount if is_charge else "", "" if is_charge else amount)
    return Line(texts, "account", found.number)


def _of_accounts(
    session: Session, period: Period, beginnings: Sequence[str], *, by_meal: bool
) -> Explained:
    """Tell the accounts whose sums a figure of cost divides (K8–K10, K23, K26)."""
    found = [
        each
        for each in balances(session, period, opening=False)
        if each.number.startswith(tuple(beginnings))
    ]
    if not found:
        return Explained("", (ACCOUNT, TITLE, CHARGES, INCOME), [])
    charges = Money(sum(each.net.cents for each in found if each.number[0] == "6"))
    income = Money(
        sum(shown(each.number, each.net).cents for each in found if each.number[0] == "7")
    )
    words = tr("Charges : {charges} ; produits : {income}.").format(
        charges=money(charges), income=money(income)
    )
    if by_meal:
        meals = number(Decimal(meals_of(session, period).served))
        words = tr("(Charges : {charges} − produits : {income}) ÷ {meals} repas.").format(
            charges=money(charges), income=money(income), meals=meals
        )
    headings = (ACCOUNT, TITLE, CHARGES, INCOME)
    return Explained(words, headings, [_account_line(each) for each in found])


def _full_cost(session: Session, period: Period) -> Explained:
    return _of_accounts(session, period, ("6",), by_meal=True)


def _food_cost(session: Session, period: Period) -> Explained:
    return _of_accounts(session, period, FOOD, by_meal=True)


def _balance(session: Session, period: Period, *, gifts: bool) -> Explained:
    """Tell charges and the income that a price that balances takes off (K9)."""
    every = balances(session, period, beginning="7", opening=False)
    kinds = {"earned", "given"} if gifts else {"earned"}
    taken = [each.number for each in every if income_kind(each.number) in kinds]
    return _of_accounts(session, period, ("6", *taken), by_meal=True)


def _without_gifts(session: Session, period: Period) -> Explained:
    return _balance(session, period, gifts=False)


def _with_gifts(session: Session, period: Period) -> Explained:
    return _balance(session, period, gifts=True)


def _covered(session: Session, period: Period) -> Explained:
    return _of_accounts(session, period, ("6", "7060", "706"), by_meal=False)


def _staff(session: Session, period: Period) -> Explained:
    return _of_accounts(session, period, ("6",), by_meal=False)


def _resources(session: Session, period: Period) -> Explained:
    return _of_accounts(session, period, ("7",), by_meal=False)


def _of_names(session: Session, period: Period) -> Explained:
    found = faithful(session, period)
    if found is None:
        return NOTHING
    headings = (Heading(mark("Personnes nommées, sans leur nom")), Heading(mark("Nombre"), True))
    lines = [
        Line((tr("Venues en 90 jours"), str(found.people))),
        Line((tr("Venues au moins 3 fois"), str(found.often))),
    ]
    return Explained("", headings, lines)


def _of_slips(session: Session, period: Period) -> Explained:
    """Tell the answers of anonymous slips, with the size of the sample (K15)."""
    query = (
        select(SlipCount.question, SlipCount.answer, func.sum(SlipCount.count))
        .where(SlipCount.month >= period.first.replace(day=1), SlipCount.month < period.end)
        .group_by(SlipCount.question, SlipCount.answer)
        .order_by(SlipCount.question, SlipCount.answer)
    )
    rows = [(question, answer, int(n)) for question, answer, n in session.execute(query)]
    totals: dict[str, int] = {}
    for question, _, n in rows:
        totals[question] = totals.get(question, 0) + n
    lines = [
        Line((
            question,
            answer,
            str(n),
            _sampled(n, totals[question]),
        ))
        for question, answer, n in rows
        if totals[question]
    ]
    headings = (
        Heading(mark("Question")),
        Heading(mark("Réponse")),
        Heading(mark("Papiers"), True),
        Heading(mark("Part"), True),
    )
    return Explained("", headings, lines)


def _of_cooks(session: Session, period: Period) -> Explained:
    """Tell who cooked at each service and for how long (K24)."""
    headings = (
        *(DAY, SERVICE, Heading(mark("Convives en cuisine"), True)),
        *(Heading(mark("Minutes"), True), Heading(mark("Heures"), True)),
    )
    lines = [
        Line(
            (
                *(short_day(each.day), each.title, number(Decimal(each.cooks))),
                number(Decimal(each.minutes)),
                number(Decimal(each.cooks * each.minutes) / 60, 1),
            ),
            "meal_service",
            each.service,
        )
        for each in cooked(session, period)
    ]
    return Explained("", headings, lines)


def _sampled(n: int, total: int) -> str:
    """Return a share with the size of its sample."""
    return tr("{share} % (n = {total})").format(
        share=number(Decimal(100 * n) / total, 1), total=total
    )


_OTHERS: dict[str, Callable[[Session, Period], Explained]] = {
    **dict.fromkeys(
        (
            "first-quartile",
            "median-contribution",
            "third-quartile",
            "below-price",
            "at-price",
            "above-price",
            "meals-paid-for",
        ),
        _of_tally,
    ),
    "cook-hours": _of_cooks,
    "displayed-price": _of_prices,
    "full-cost": _full_cost,
    "food-cost": _food_cost,
    "balance-without-gifts": _without_gifts,
    "balance-with-gifts": _with_gifts,
    "charges-covered": _covered,
    "staff-share": _staff,
    **{
        f"resources-{family}": _resources
        for family in ("meals", "memberships", "events", "gifts", "grants")
    },
    "coming-back": _of_names,
    "slips": _of_slips,
}
