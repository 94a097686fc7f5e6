"""A service and its closing, as most tests begin."""

from datetime import date, time

from cantine_desktop.finance.cash.moving import MovementFacts, move
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.price.displaying import display
from cantine_desktop.finance.price.model import PartKind
from cantine_desktop.meals.closing.drafting import draft_of, save
from cantine_desktop.meals.closing.facts import ClosingFacts, Sponsored
from cantine_desktop.meals.closing.sealing import close
from cantine_desktop.meals.services.model import MealKind, MealService
from cantine_desktop.values.money import Money
from tests.conftest import NOW

DAY = date(2026, 11, 19)
FLOAT = Money(8_000)
COINS = {
    Money(5_000): 2,
    Money(2_000): 4,
    Money(1_000): 5,
    Money(500): 4,
    Money(200): 9,
    Money(100): 6,
    Money(50): 4,
    Money(20): 6,
}
"""277,20 €."""


def euros(text):
    return Money.parse(text)


def wireframe(**more):
    """Return the closing of wireframe W2."""
    facts = {
        "diners": 31,
        "cooks": 9,
        "newcomers": 4,
        "children": 2,
        "team": 3,
        "given": 4,
        "tally": {
            Money(cents): n
            for cents, n in {
                0: 1,
                500: 4,
                800: 3,
                1_000: 8,
                1_250: 5,
                1_500: 5,
                2_000: 2,
                700: 1,
                350: 1,
            }.items()
        },
        "sponsored": (Sponsored("Petits Frères", 1),),
        "purposes": {Purpose.MEMBERSHIPS: euros("18")},
        "means": {Means.CARD: euros("93"), Means.HELLOASSO: euros("40")},
        "coins": COINS,
        "float_amount": FLOAT,
        "displayed_price": euros("12,50"),
    }
    return ClosingFacts(**(facts | more))


def add_service(session, day=DAY, **more):
    facts = {"kind": MealKind.LUNCH, "cook_at": time(9, 30), "meal_at": time(12, 30)}
    service = MealService(day=day, seats=35, kitchen_places=10, **(facts | more))
    session.add(service)
    session.flush()
    return service.id


def put_float(session, amount=FLOAT, day=DAY):
    """Put the float into the till, from the bank."""
    move(session, MovementFacts(day, amount, "Fond de caisse"), NOW)


def prepared(session, day=DAY):
    """Return a service to close, its float in the till and its price displayed."""
    put_float(session, day=day)
    display(session, day, {PartKind.FOOD: euros("3,50"), PartKind.STAFF: euros("9")})
    return add_service(session, day)


def drafted(session, service, facts=None, now=NOW):
    """Return the key of the draft of a service that says these facts."""
    draft = draft_of(session, service, now)
    save(session, draft.id, facts or wireframe(), now)
    return draft.id


def closed(session, service, facts=None, now=NOW):
    """Close a service; return its takings."""
    return close(session, drafted(session, service, facts, now), "AM", now)
