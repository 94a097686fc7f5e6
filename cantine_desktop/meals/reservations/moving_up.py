"""Services changed from here give the places they gain to who waits for one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from cantine_desktop.meals.reservations import seating
from cantine_desktop.meals.services import planning
from cantine_desktop.meals.services.facts import Scope, ServiceFacts
from cantine_desktop.meals.services.model import MealService


@dataclass(frozen=True)
class Changed:
    """A service changed, and who found a place by it.

    Attributes:
        service: The service.
        moved: Who moved up from waiting lists, in words; empty for nobody.
    """

    service: MealService
    moved: str


def change_service(
    session: Session, service_id: int, facts: ServiceFacts, scope: Scope, now: datetime
) -> Changed:
    """Change a service or its series; the places this adds go to waiting lists at once.

    Raises:
        UserError: As ``planning.change``.
    """
    service = planning.change(session, service_id, facts, scope, now)
    return Changed(service, seating.names_in_words(seating.promote_all(session)))
