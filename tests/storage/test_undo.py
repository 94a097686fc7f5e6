"""Undo brings back exactly what was there, whatever was done, sealed, numbered or forbidden."""

from datetime import UTC, datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, update
from sqlalchemy.pool import StaticPool

from cantine_desktop.errors import ConflictError, ForbiddenError, SealedError
from cantine_desktop.schema import Base
from cantine_desktop.storage.base import tables_by_name
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.storage.history import Action, Chain, UnrecordedError
from cantine_desktop.storage.numbering import NumberSeries, next_number
from cantine_desktop.storage.replay import defer_references
from cantine_desktop.storage.rights import Actor
from cantine_desktop.storage.seal import seal
from cantine_desktop.storage.verify import verify
from tests.storage import bills
from tests.storage.bills import Bill, BillLine, Shelf

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TABLES = ["test_shelf", "test_bill", "test_bill_line", "number_series", "search_index"]
OWN = ["action", "change", "chain", "seal"]
AREA = {mapper.class_.__tablename__: mapper.class_.area for mapper in Base.registry.mappers} | {
    "search_index": "system"
}

EVERYTHING = Actor()
ACTORS = [
    EVERYTHING,
    Actor("Lecture", None, frozenset()),
    Actor("Cuisine", frozenset({"hygiene"}), frozenset({"hygiene"})),
    Actor("Comptoir", frozenset({"hygiene", "finance"}), frozenset({"finance"})),
]
words = st.text("abcé '\"%", max_size=4)


def contents(engine):
    with engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {name}")), key=repr)
            for name in TABLES
        }


class Office(RuleBasedStateMachine):
    """An office at work, and beside it the list of what its tables held after each step."""

    def __init__(self, engine):
        super().__init__()
        self.engine = engine
        self._empty()
        self.book = Book(engine, clock=lambda: NOW)
        self.states = [contents(engine)]
        self.now = 0
        self.sealed = set()

    def teardown(self):
        self.book.actor = EVERYTHING
        with self.book.read() as session:
            assert verify(session) == []

    def _empty(self):
        with self.engine.begin() as connection:
            defer_references(connection)
            for name in [*TABLES, *OWN]:
                connection.exec_driver_sql(f"DELETE FROM {name}")
            if self.engine.dialect.name == "sqlite":
                connection.exec_driver_sql("DELETE FROM sqlite_sequence")

    def _act(self, do, *values):
        try:
            with self.book.action(do.__name__) as session:
                do(session, *values)
        except (ForbiddenError, SealedError):
            return
        state = contents(self.engine)
        before = self.states[self.now]
        if state != before:
            assert all(
                self.book.actor.may_write(AREA[name])
                for name in TABLES
                if state[name] != before[name]
            )
            self.now += 1
            self.states[self.now :] = [state]

    @rule(actor=st.sampled_from(ACTORS))
    def become(self, actor):
        self.book.actor = actor

    @rule(name=words)
    def add_shelf(self, name):
        self._act(add_shelf, name)

    @rule(pick=st.integers(0), name=words)
    def rename_twice(self, pick, name):
        self._act(rename_twice, pick, name)

    @rule(pick=st.integers(0))
    def scrap_shelf(self, pick):
        self._act(scrap_shelf, pick)

    @rule(pick=st.integers(0))
    def empty_bill(self, pick):
        self._act(empty_bill, pick)

    @rule(text=words)
    def add_bill(self, text):
        self._act(add_bill, text)

    @rule(pick=st.integers(0), text=words)
    def add_line(self, pick, text):
        self._act(add_line, pick, text)

    @rule(pick=st.integers(0))
    def pay(self, pick):
        self._act(pay, pick)

    @rule(pick=st.integers(0))
    def write_anew(self, pick):
        self._act(write_anew, pick)

    @rule(pick=st.integers(0))
    def swap_numbers(self, pick):
        self._act(swap_numbers, pick)

    @rule(pick=st.integers(0))
    def close(self, pick):
        self._act(close, pick)

    @precondition(lambda self: self.book.undo_label)
    @rule()
    def undo(self):
        labels = self.book.undo_labels
        try:
            self.book.undo()
        except ForbiddenError:
            assert self.book.undo_labels == labels
        except (SealedError, ConflictError):
            # It leaves the list; what lies below is no longer the step just before.
            assert self.book.undo_labels == labels[1:]
            assert self.sealed
            self.states[: self.now] = []
            self.now = 0
        else:
            assert self.book.undo_labels == labels[1:]
            if self.now:
                self.now -= 1
            else:
                self.states.insert(0, contents(self.engine))

    @precondition(lambda self: self.book.redo_label)
    @rule()
    def redo(self):
        labels = self.book.redo_labels
        try:
            self.book.redo()
        except ForbiddenError:
            assert self.book.redo_labels == labels
        else:
            self.now += 1

    @invariant()
    def as_expected(self):
        state = contents(self.engine)
        assert state == self.states[self.now]
        rows = {(name, row) for name in TABLES[1:3] for row in state[name]}
        assert self.sealed <= rows, "a sealed row changed"
        self.sealed |= {(name, row) for name, row in rows if row[_sealed_at(name)] is not None}

    @invariant()
    def numbers_have_no_gap(self):
        numbers = sorted(int(n.split("-")[0]) for _, n in self._numbers())
        assert numbers == list(range(1, len(numbers) + 1))
        assert [
            c[_column(NumberSeries, "last")] for c in self.states[self.now]["number_series"]
        ] in (
            [],
            [len(numbers)],
        )

    def _numbers(self):
        place = _column(Bill, "number")
        return [(row, row[place]) for row in self.states[self.now]["test_bill"]]


def _column(model, name):
    return list(model.__table__.columns.keys()).index(name)


def _sealed_at(name):
    return _column(tables_by_name()[name], "sealed_at")


def _one(session, model, pick):
    rows = session.scalars(select(model).order_by(model.id)).all()
    return rows[pick % len(rows)] if rows else None


def add_shelf(session, name):
    session.add(Shelf(name=name))


def rename_twice(session, pick, name):
    if shelf := _one(session, Shelf, pick):
        shelf.name = name + "!"
        session.flush()
        shelf.name = name


def scrap_shelf(session, pick):
    if shelf := _one(session, Shelf, pick):
        session.delete(shelf)
        session.flush()
        session.add(Shelf(name=shelf.name, bill_id=shelf.bill_id))


def add_bill(session, text):
    bill = Bill(number=f"{next_number(session, 'F', 2026)}-{text}")
    session.add(bill)
    session.flush()
    if text:
        session.add(BillLine(bill_id=bill.id, text=text))


def add_line(session, pick, text):
    if bill := _one(session, Bill, pick):
        session.add(BillLine(bill_id=bill.id, text=text))


def empty_bill(session, pick):
    if bill := _one(session, Bill, pick):
        for line in session.scalars(select(BillLine).where(BillLine.bill_id == bill.id)):
            session.delete(line)


def pay(session, pick):
    if bill := _one(session, Bill, pick):
        bill.paid = not bill.paid


def write_anew(session, pick):
    if bill := _one(session, Bill, pick):
        for line in session.scalars(select(BillLine).where(BillLine.bill_id == bill.id)):
            session.delete(line)
        session.flush()
        session.delete(bill)
        session.flush()
        session.add(Bill(number=bill.number))


def swap_numbers(session, pick):
    one, other = _one(session, Bill, pick), _one(session, Bill, pick + 1)
    if one is not other:
        number, one.number = one.number, "0"
        session.flush()
        taken, other.number = other.number, number
        session.flush()
        one.number = taken


def close(session, pick):
    if bill := _one(session, Bill, pick):
        seal(session, [bill], NOW)


@pytest.fixture
def engine(engine_url):
    url, options = engine_url, {}
    if url.startswith("sqlite"):
        url, options = "sqlite://", {"poolclass": StaticPool}
    engine = open_engine(url, **options)
    bills.enter()
    Base.metadata.create_all(engine)
    yield engine
    bills.leave()
    engine.dispose()


def test_any_sequence_of_work_undone_and_redone(engine):
    sqlite = engine.dialect.name == "sqlite"
    run_state_machine_as_test(
        lambda: Office(engine),
        settings=settings(max_examples=60 if sqlite else 12, stateful_step_count=25, deadline=None),
    )


def test_a_statement_behind_the_historys_back_is_refused(shop):
    with pytest.raises(UnrecordedError), shop.action("all at once") as session:
        session.execute(update(Shelf).values(name="x"))
    with pytest.raises(UnrecordedError), shop.read() as session:
        session.execute(update(Shelf).values(name="x"))


def test_a_reading_session_keeps_nothing(shop):
    with shop.read() as session:
        session.add(Shelf(name="x"))
        assert session.scalars(select(Shelf)).all() == []
        with pytest.raises(UnrecordedError):
            session.flush()


def test_history_cannot_be_written_by_hand(shop):
    with shop.action("Ranger") as session:
        session.add(Shelf(name="x"))
    with pytest.raises(UnrecordedError), shop.action("x") as session:
        session.delete(session.get_one(Chain, 1))
    with pytest.raises(UnrecordedError), shop.action("x") as session:
        session.get_one(Action, 1).label = "y"


def test_undo_with_nothing_to_undo_does_nothing(shop):
    told = []
    shop.subscribe(told.append)
    shop.undo()
    shop.redo()
    assert told == []


def test_undo_refuses_to_trample_a_later_change(shop):
    with shop.action("add") as session:
        session.add(Shelf(name="a"))
    first = shop._steps.undo.copy()
    with shop.action("rename") as session:
        session.get_one(Shelf, 1).name = "b"
    shop._steps.undo = first
    with pytest.raises(ConflictError):
        shop.undo()
