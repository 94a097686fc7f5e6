"""Meals somebody else pays for: what they owe becomes an entry, its piece a certificate (U24)."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from cantine_desktop.finance.cash.taking_back import take_back
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.accounts import find_or_add_party
from cantine_desktop.finance.ledger.model import PartyKind
from cantine_desktop.finance.postings.facts import SaleFacts
from cantine_desktop.finance.postings.income import post_sale
from cantine_desktop.finance.postings.references import next_reference
from cantine_desktop.i18n import tr, trn
from cantine_desktop.meals.closing.model import ServiceClosing, SponsoredMeals
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.meals.services.queries import title

PREFIX = "PEC"
"""Of the references of sponsored meals (prise en charge)."""

DUE_DAYS = 30


def post_sponsored(session: Session, row: ServiceClosing, service: MealService, day: date) -> None:
    """Give every sponsored meal of a closing its reference, and its entry when it is owed.

    Args:
        session: The session of an action.
        row: A closing that is not sealed yet.
        service: Its service.
        day: Accounting day.
    """
    for meals in row.sponsored:
        if meals.reference:
            continue
        meals.reference = next_reference(session, PREFIX, day)
        if meals.amount:
            meals.entry_id = _post(session, meals, service, day)


def carry_over(
    session: Session, wrong: ServiceClosing, right: ServiceClosing, service: MealService, day: date
) -> None:
    """Keep the entries of sponsored meals that a correction says alike, take back the others."""
    left = list(right.sponsored)
    for meals in wrong.sponsored:
        same = next((each for each in left if _alike(each, meals)), None)
        if same is not None:
            left.remove(same)
            same.reference, same.entry_id = meals.reference, meals.entry_id
        elif meals.entry_id is not None:
            take_back(session, meals.entry_id, day, right.reason)
    post_sponsored(session, right, service, day)


def label_of(meals: SponsoredMeals, service: MealService) -> str:
    """Return what was taken in charge, as the entry and the certificate say it."""
    return trn(
        "{n} repas pris en charge, {service} du {day}",
        "{n} repas pris en charge, {service} du {day}",
        meals.count,
    ).format(n=meals.count, service=title(service), day=f"{service.day:%d/%m/%Y}")


def _alike(one: SponsoredMeals, other: SponsoredMeals) -> bool:
    return (one.payer, one.count, one.amount) == (other.payer, other.count, other.amount)


def _post(session: Session, meals: SponsoredMeals, service: MealService, day: date) -> int:
    assert meals.amount is not None
    party = find_or_add_party(session, meals.payer, PartyKind.CUSTOMER)
    entry = post_sale(
        session,
        SaleFacts(
            party.id,
            day,
            meals.reference,
            tr("{label} ({payer})").format(label=label_of(meals, service), payer=meals.payer),
            meals.amount,
            Role.MEALS,
            "REPAS",
            day + timedelta(days=DUE_DAYS),
            ("sponsored_meals", meals.id),
        ),
    )
    return entry.id
