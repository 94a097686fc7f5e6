"""Undo brings back exactly what was there, whatever was done."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select, update
from sqlalchemy.pool import StaticPool

from cantine_desktop.errors import ConflictError
from cantine_desktop.hygiene.model import Breach, ColdUnit, Reading, Slot
from cantine_desktop.hygiene.recording import record_temperature
from cantine_desktop.schema import Base
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.storage.history import UnrecordedError

HISTORY = {"action", "change", "chain"}
tenths = st.integers(-300, 300).map(lambda n: Decimal(n).scaleb(-1))


def contents(engine):
    with engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"')))
            for name in Base.metadata.tables
            if name not in HISTORY
        }


class Office(RuleBasedStateMachine):
    @initialize()
    def open(self):
        self.engine = open_engine("sqlite://", poolclass=StaticPool)
        Base.metadata.create_all(self.engine)
        self.book = Book(self.engine, clock=lambda: datetime(2026, 11, 22, tzinfo=UTC))
        self.states = [contents(self.engine)]
        self.now = 0

    def teardown(self):
        if hasattr(self, "engine"):
            self.engine.dispose()

    def done(self):
        state = contents(self.engine)
        if state != self.states[self.now]:
            self.now += 1
            self.states[self.now :] = [state]

    def units(self, session):
        return session.scalars(select(ColdUnit).order_by(ColdUnit.id)).all()

    @rule(name=st.text(max_size=4), limit=tenths)
    def add_unit(self, name, limit):
        with self.book.action("add") as session:
            session.add(ColdUnit(name=name, maximum=limit, tolerance=Decimal(1)))
        self.done()

    @rule(data=st.data(), celsius=tenths, day=st.dates(date(2026, 1, 1), date(2026, 1, 4)))
    def read(self, data, celsius, day):
        with self.book.action("read") as session:
            if units := self.units(session):
                unit = data.draw(st.sampled_from([u.id for u in units]))
                record_temperature(session, unit, day, Slot.EVENING, celsius, self.book.clock())
        self.done()

    @rule(data=st.data(), name=st.text(max_size=4))
    def rename_twice(self, data, name):
        with self.book.action("rename") as session:
            if units := self.units(session):
                unit = data.draw(st.sampled_from(units))
                unit.name = name + "!"
                session.flush()
                unit.name = name
        self.done()

    @rule(data=st.data())
    def scrap_unit(self, data):
        with self.book.action("scrap") as session:
            if units := self.units(session):
                unit = data.draw(st.sampled_from(units))
                for reading in session.scalars(select(Reading).where(Reading.unit == unit)):
                    for breach in session.scalars(select(Breach).where(Breach.reading == reading)):
                        session.delete(breach)
                    session.delete(reading)
                session.delete(unit)
        self.done()

    @precondition(lambda self: self.book.undo_label)
    @rule()
    def undo(self):
        self.book.undo()
        self.now -= 1

    @precondition(lambda self: self.book.redo_label)
    @rule()
    def redo(self):
        self.book.redo()
        self.now += 1

    @invariant()
    def as_expected(self):
        if hasattr(self, "states"):
            assert contents(self.engine) == self.states[self.now]


TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)


def test_a_statement_behind_the_historys_back_is_refused(book):
    with pytest.raises(UnrecordedError), book.action("all at once") as session:
        session.execute(update(ColdUnit).values(name="x"))


def test_undo_refuses_to_trample_a_later_change(book):
    with book.action("add") as session:
        session.add(ColdUnit(name="a", maximum=Decimal(4), tolerance=Decimal(0)))
    first = book._steps.undo.copy()
    with book.action("rename") as session:
        session.get_one(ColdUnit, 1).name = "b"
    book._steps.undo = first
    with pytest.raises(ConflictError):
        book.undo()
