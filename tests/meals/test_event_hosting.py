"""The service that hosts an event."""

from datetime import date

import pytest
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.meals.events import course, hosting
from cantine_desktop.meals.events.board import board
from cantine_desktop.meals.events.keeping import save_event
from cantine_desktop.meals.events.model import PrivateEvent
from cantine_desktop.meals.services.model import MealKind, MealService, ServiceState
from tests.meals.event_course import HELD, at, dinner

NOON = at(date(2026, 9, 10))


def test_an_event_stands_in_the_calendar_moves_with_it_and_leaves_it(any_book):
    with any_book.action("demande") as session:
        event = save_event(session, dinner())
        course.accept(session, event, NOON.date())
        hosting.host(session, event, NOON)
        with pytest.raises(UserError, match="déjà au calendrier"):
            hosting.host(session, event, NOON)
    with any_book.read() as session:
        service = session.scalars(select(MealService)).one()
        assert (service.day, service.kind, service.seats) == (HELD, MealKind.EVENT, 22)
        assert board(session, NOON.date())[0].service_id == service.id
    later = date(2026, 10, 20)
    with any_book.action("report") as session:
        event = session.scalars(select(PrivateEvent)).one()
        save_event(session, dinner(day=later, people=8), event)
        hosting.follow(session, event, NOON)
        service = session.scalars(select(MealService)).one()
        assert (service.day, service.expected, service.kitchen_places) == (later, 8, 8)
    with any_book.action("annulation") as session:
        event = session.scalars(select(PrivateEvent)).one()
        course.call_off(session, event, "Client absent", NOON)
        service = session.scalars(select(MealService)).one()
        assert (service.state, service.reason) == (ServiceState.CANCELLED, "Client absent")
        course.take_up(session, event)
        hosting.host(session, event, NOON)
        assert event.service_id != service.id
