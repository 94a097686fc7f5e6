"""What is proved of meals when a book is verified, part after part."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from cantine_desktop.meals.choosing import checks as choosing
from cantine_desktop.meals.closing import checks as closing
from cantine_desktop.meals.consumption import checks as consumption
from cantine_desktop.meals.events import checks as events
from cantine_desktop.meals.forecast import checks as forecast
from cantine_desktop.meals.menus import checks as menus
from cantine_desktop.meals.needs import checks as needs
from cantine_desktop.meals.recipes import checks as recipes
from cantine_desktop.meals.reservations import checks as reservations
from cantine_desktop.meals.services import checks as services
from cantine_desktop.meals.visits import checks as visits
from cantine_desktop.storage.findings import Finding

PARTS = (
    services,
    reservations,
    recipes,
    menus,
    closing,
    visits,
    events,
    forecast,
    consumption,
    needs,
    choosing,
)


def check_meals(session: Session) -> Iterator[Finding]:
    """Find what does not hold together, part after part."""
    for part in PARTS:
        yield from part.check(session)
