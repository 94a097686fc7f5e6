"""An event to test with, and the gestures that bring it along."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import select

from cantine_desktop.finance.ledger.balances import balances
from cantine_desktop.finance.ledger.lettering import letter, open_items
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.meals.events import course, issuing
from cantine_desktop.meals.events.board import board
from cantine_desktop.meals.events.checks import check
from cantine_desktop.meals.events.keeping import (
    EventFacts,
    LineFacts,
    save_event,
)
from cantine_desktop.meals.events.margin import usual_costs
from cantine_desktop.meals.events.model import (
    EventKind,
    PrivateEvent,
)
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

YEAR = Period.year(date(2026, 1, 1))
ASKED, HELD = date(2026, 9, 1), date(2026, 10, 15)


def at(day):
    return datetime(day.year, day.month, day.day, 10, 0, tzinfo=UTC)


def dinner(**more):
    given = {
        "kind": EventKind.PRIVATE_MEAL,
        "title": "Repas d’équipe",
        "customer": "Coopérative du Rhin\n12 quai des Bateliers\n67000 Strasbourg",
        "day": HELD,
        "people": 22,
        "asked_on": ASKED,
        "lines": (
            LineFacts("Repas cuisiné ensemble", Decimal(22), Money(32_00)),
            LineFacts("Salle, l’heure", Decimal("2.5"), Money(45_50)),
        ),
        "costs": usual_costs(22, Money(4_20), Decimal(6), Money(21_50)),
    }
    return EventFacts(**(given | more))


TOTAL = Money(704_00 + 113_75)


def put(book, draft, day, *args):
    """Issue a paper of the only event."""
    with book.action("papier", undoable=False) as session:
        event = session.scalars(select(PrivateEvent)).one()
        return issuing.issue(session, event, draft(session, event, day, *args), at(day)).number


def add(book, **more):
    with book.action("demande") as session:
        save_event(session, dinner(**more))


def say_yes(book, day=date(2026, 9, 8)):
    with book.action("accord") as session:
        course.accept(session, session.scalars(select(PrivateEvent)).one(), day)


def pay(session, number, day):
    """Write what the bank received for a paper, and settle both."""
    (item,) = [i for i in open_items(session, "411") if i.piece_ref == number]
    lines = (debit("512000", item.amount), credit("411000", item.amount, party=item.party_id))
    entry = post(session, DraftEntry("BQ1", day, "VIR", "V1", lines, fact="bank"))
    letter(session, [item.line_id, entry.lines[1].id], day)


def nets(session):
    return {b.number: b.net.cents for b in balances(session, YEAR) if b.net}


def only(book, day):
    with book.read() as session:
        assert not list(check(session))
        (row,) = board(session, day)
        return row
