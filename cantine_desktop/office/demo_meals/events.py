"""The private meals and workshops of the demonstration, from the first call to the invoice."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.model import Party, PartyKind
from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.events import course, issuing
from cantine_desktop.meals.events.keeping import EventFacts, LineFacts, save_event
from cantine_desktop.meals.events.margin import usual_costs
from cantine_desktop.meals.events.model import EventKind, PaperKind, PrivateEvent
from cantine_desktop.office.demo_kitchen import instant
from cantine_desktop.values.money import Money

CUSTOMERS = (
    ("COMITE", "Comité du quartier Gare"),
    ("ECOLE", "École des Tilleuls"),
    ("STARTUP", "Atelier Numérique SARL"),
    ("CHORALE", "Chorale du Faubourg"),
)
"""Every name is invented."""
TITLES = (
    (EventKind.PRIVATE_MEAL, mark("Repas d’équipe")),
    (EventKind.WORKSHOP, mark("Atelier de cuisine")),
    (EventKind.PRIVATE_MEAL, mark("Déjeuner de fin d’année")),
    (EventKind.CATERING, mark("Buffet")),
)
ASKED, QUOTED, ACCEPTED = timedelta(days=45), timedelta(days=38), timedelta(days=29)
"""How long before the day somebody calls, the quote leaves, and the answer comes."""
AHEAD = timedelta(weeks=6)
FOOD, RATE = Money(4_20), Money(21_50)
"""Food of a meal, and an hour of the team, charges included."""
A_MEAL = 25_00
"""Cents of a private meal: people are counted from it."""


class Told(NamedTuple):
    """A private meal or a workshop of the year."""

    day: date
    euros: int


class Invoiced(NamedTuple):
    """An event that was held and invoiced."""

    day: date
    number: str
    amount: Money
    code: str
    name: str


def write_events(session: Session, told: list[Told], today: date) -> list[Invoiced]:
    """Write events from the first call on; return those that were invoiced, by day.

    Args:
        session: The session of the action that writes the demonstration.
        told: Events by day, those of the weeks to come too.
        today: The present day.
    """
    keys = _customers(session)
    made: list[PrivateEvent] = []
    steps: list[tuple[date, int, Callable[[], object]]] = []
    for rank, each in enumerate(told):
        code, name = CUSTOMERS[rank % len(CUSTOMERS)]
        event = save_event(session, _facts(each, rank, name))
        event.party_id = keys[code]
        made.append(event)
        steps += [(day, rank, do) for day, do in _course(session, event)]
    for day, _rank, do in sorted(steps, key=itemgetter(0, 1)):
        if day <= today:
            do()
    session.flush()
    return [
        Invoiced(paper.day, paper.number, paper.total, *CUSTOMERS[rank % len(CUSTOMERS)])
        for rank, event in enumerate(made)
        for paper in event.papers
        if paper.kind is PaperKind.INVOICE
    ]


def _customers(session: Session) -> dict[str, int]:
    parties = [Party(code=code, name=name, kind=PartyKind.CUSTOMER) for code, name in CUSTOMERS]
    session.add_all(parties)
    session.flush()
    return {party.code: party.id for party in parties}


def _facts(told: Told, rank: int, name: str) -> EventFacts:
    kind, title = TITLES[rank % len(TITLES)]
    people = max(1, told.euros * 100 // A_MEAL)
    rest = told.euros * 100 - people * A_MEAL
    lines = [LineFacts(tr("Repas cuisiné ensemble"), Decimal(people), Money(A_MEAL))]
    if rest:
        lines.append(LineFacts(tr("Salle et mise en place"), Decimal(1), Money(rest)))
    return EventFacts(
        kind=kind,
        title=tr(title),
        customer=f"{name}\n67000 Strasbourg",
        day=told.day,
        people=people,
        asked_on=told.day - ASKED,
        lines=tuple(lines),
        costs=usual_costs(people, FOOD, Decimal(6), RATE),
    )


def _course(session: Session, event: PrivateEvent) -> Iterator[tuple[date, Callable[[], object]]]:
    """Yield what happens to an event, and on which day: nobody quotes before they are asked."""
    quoted, accepted = event.day - QUOTED, event.day - ACCEPTED

    def quote() -> None:
        draft = issuing.draft_quote(session, event, quoted)
        issuing.issue(session, event, draft, instant(quoted, time(10)))

    def invoice() -> None:
        draft = issuing.draft_invoice(session, event, event.day)
        issuing.issue(session, event, draft, instant(event.day, time(18)))

    yield quoted, quote
    yield accepted, partial(course.accept, session, event, accepted)
    yield event.day, invoice
