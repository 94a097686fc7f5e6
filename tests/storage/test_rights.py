"""Rights are held by the book itself, whatever the screen does."""

import pytest
from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import aliased

from cantine_desktop.errors import ForbiddenError
from cantine_desktop.storage.history import Action, Change
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.money import Money
from tests.storage.bills import Bill, Shelf

KITCHEN = Actor("Cuisine", reads=frozenset({"hygiene"}), writes=frozenset({"hygiene"}))
READER = Actor("Lecture", reads=None, writes=frozenset())
CLERK = Actor("Comptoir", reads=frozenset({"hygiene"}), writes=frozenset({"finance"}))


@pytest.fixture
def kitchen(shop):
    with shop.action("Installer") as session:
        session.add(Shelf(name="Frigo"))
        session.add(Bill(number="F1", total=Money(100)))
    shop.actor = KITCHEN
    return shop


FORBIDDEN = {
    "rows": select(Bill),
    "one column": select(Bill.total),
    "a sum": select(func.sum(Bill.total)),
    "a table": select(Bill.__table__),
    "an alias": select(aliased(Bill)),
    "a subquery": select(select(Bill.number).subquery()),
    "a condition": select(Shelf).where(exists().where(Bill.id == Shelf.id)),
    "a scalar": select(select(func.count(Bill.id)).scalar_subquery()),
    "a cte": select(select(Bill.id).cte()),
    "a union": select(Shelf.id).union(select(Bill.id)),
    "a join": select(Shelf).join(Bill, Bill.id == Shelf.id),
    "history": select(Change.after),
}


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_a_closed_area_cannot_be_read_by_any_statement(kitchen, statement):
    for lend in (kitchen.read, lambda: kitchen.action("x")):
        with pytest.raises(ForbiddenError, match="Cuisine"), lend() as session:
            session.execute(statement).all()
        with pytest.raises(ForbiddenError, match="Cuisine"), lend() as session:
            session.connection().execute(statement).all()


def test_a_closed_area_cannot_be_read_by_key(kitchen):
    with pytest.raises(ForbiddenError, match="les comptes"), kitchen.read() as session:
        session.get(Bill, 1)


def test_a_free_query_is_refused_to_a_restricted_profile(kitchen):
    with pytest.raises(ForbiddenError), kitchen.read() as session:
        session.connection().exec_driver_sql("select * from test_bill")
    with pytest.raises(ForbiddenError), kitchen.read() as session:
        session.execute(text("select * from test_bill"))


def test_open_areas_are_read_and_written(kitchen):
    with kitchen.action("Relever") as session:
        session.scalars(select(Shelf)).one().name = "Cave"
    with kitchen.read() as session:
        assert session.scalars(select(Shelf.name)).all() == ["Cave"]
        assert session.scalars(select(Action.by).order_by(Action.id.desc())).first() == "Cuisine"
    kitchen.undo()
    with kitchen.read() as session:
        assert session.scalars(select(Shelf.name)).all() == ["Frigo"]


def test_each_session_keeps_the_rights_it_was_opened_with(kitchen):
    with kitchen.read() as session:
        kitchen.actor = Actor()
        with pytest.raises(ForbiddenError):
            session.scalars(select(Bill)).all()


@pytest.mark.parametrize("actor", [KITCHEN, READER])
def test_nothing_is_added_to_a_closed_area(kitchen, actor):
    kitchen.actor = actor
    with pytest.raises(ForbiddenError, match=actor.name), kitchen.action("x") as session:
        session.add(Bill(number="F2"))
    kitchen.actor = Actor()
    with kitchen.read() as session:
        assert session.scalars(select(Bill.number)).all() == ["F1"]


def empty(session):
    session.get_one(Bill, 1).total = Money(0)


def scrap(session):
    session.delete(session.get_one(Bill, 1))


@pytest.mark.parametrize("change", [empty, scrap])
def test_nothing_is_changed_or_removed_in_a_closed_area(kitchen, change):
    kitchen.actor = READER
    with pytest.raises(ForbiddenError, match="Lecture"), kitchen.action("x") as session:
        change(session)
    with kitchen.read() as session:
        assert session.scalars(select(Bill.total)).all() == [Money(100)]


def test_an_area_can_be_written_without_being_read(kitchen):
    kitchen.actor = CLERK
    with kitchen.action("Facturer") as session:
        session.add(Bill(number="F2", total=Money(5)))
    kitchen.undo()
    kitchen.redo()
    kitchen.actor = Actor()
    with kitchen.read() as session:
        assert session.scalars(select(Bill.total).order_by(Bill.id)).all() == [
            Money(100),
            Money(5),
        ]


def test_undo_and_redo_hold_the_same_rights(kitchen):
    with pytest.raises(ForbiddenError):
        kitchen.undo()
    kitchen.actor = Actor()
    assert kitchen.undo_label == "Installer"
    kitchen.undo()
    kitchen.actor = KITCHEN
    with pytest.raises(ForbiddenError):
        kitchen.redo()
    kitchen.actor = Actor()
    kitchen.redo()
    with kitchen.read() as session:
        assert session.scalars(select(Bill.number)).all() == ["F1"]
