"""Whatever people do, in whatever order: records, breaches, signatures, freezes and purges agree.

Hypothesis writes, corrects, signs, acts, freezes, destroys, undoes and lets time pass on a
real file. After each step the book is held against rules written here again, plainly.
"""

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import ConflictError, SealedError, UserError
from cantine_desktop.hygiene import breaches, recording
from cantine_desktop.hygiene.breach_tables import Breach
from cantine_desktop.hygiene.food.choices import Cooked
from cantine_desktop.hygiene.food.cooking import COOKING
from cantine_desktop.hygiene.food.model import Cooking
from cantine_desktop.hygiene.keeping import holds
from cantine_desktop.hygiene.keeping.holds import Reach
from cantine_desktop.hygiene.keeping.model import HoldReason
from cantine_desktop.hygiene.keeping.purging import certificates, purge
from cantine_desktop.hygiene.keeping.review import review
from cantine_desktop.hygiene.keeping.series import all_series
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import ColdUnit, Reading, Slot
from cantine_desktop.hygiene.recording import Entry, Spot
from cantine_desktop.hygiene.registers import recording as register
from cantine_desktop.hygiene.registers.signing import sign_sheet
from cantine_desktop.hygiene.retention.dates import months_after
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.storage.scrubbing import is_due, scrub
from cantine_desktop.storage.seal import Seal
from cantine_desktop.storage.stored import read_spots
from cantine_desktop.storage.verify import verify
from cantine_desktop.storage.verify_search import check_index
from cantine_desktop.values.period import Period

BACK = st.sampled_from([0, 1, 7, 400, 1300])
"""Days before today."""
DEGREES = st.sampled_from(["2.0", "4.0", "5.5", "9.0"]).map(Decimal)
CORE = st.sampled_from(["58.0", "66.0", "75.0"]).map(Decimal)
TABLES = {each.table for each in all_series()}
REFUSALS = (UserError, ConflictError, SealedError)


class Kitchen(RuleBasedStateMachine):  # noqa: PLR0904  -- one method per thing people do
    """A canteen whose people do anything at any time."""

    blank: Path

    def __init__(self):
        super().__init__()
        self.folder = TemporaryDirectory()
        path = copy(self.blank, Path(self.folder.name) / "book.cantine")
        self.now = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
        self.engine = open_engine(f"sqlite:///{path}")
        self.book = Book(self.engine, lambda: self.now)
        self.sealed = {}
        self.destroyed = 0
        with self.book.action("Installer") as session:
            session.add(ColdUnit(name="CF 2", maximum=Decimal(4), tolerance=Decimal(2)))

    def teardown(self):
        with self.book.read() as session:
            assert verify(session) == []
            assert list(check_index(session)) == []
        self.book.close()
        self.folder.cleanup()

    # -- what people do

    @initialize(celsius=st.lists(DEGREES, min_size=4, max_size=4), frozen=st.booleans())
    def begin_with_years(self, celsius, frozen):
        """Write records of long ago, so that there is something of age."""
        for back, degrees in zip((380, 400, 1290, 1300), celsius, strict=True):
            self.read(back, Slot.MORNING, degrees)
            self.cook(back, Decimal(75), "Gratin")
        self.sign_readings(1300)
        self.sign_cooking(400)
        if frozen:
            self.freeze(400, 7)

    @rule(back=BACK, slot=st.sampled_from(Slot), celsius=DEGREES)
    def read(self, back, slot, celsius):
        self.do(recording.record_temperature, 1, self.day(back), slot, celsius, self.now)

    @rule(back=BACK, slot=st.sampled_from(Slot), celsius=DEGREES)
    def correct_reading(self, back, slot, celsius):
        entry = Entry(Spot(1, self.day(back), slot), celsius)
        self.do(recording.correct, entry, "Erreur", "LM", self.now)

    @rule(back=BACK, slot=st.sampled_from(Slot))
    def erase_reading(self, back, slot):
        self.do(recording.erase, [Spot(1, self.day(back), slot)])

    @rule(back=BACK)
    def sign_readings(self, back):
        monday = Period.week(self.day(back)).first
        self.do(recording.sign_week, monday, "LM", self.now)

    @rule(back=BACK, core=CORE, dish=st.sampled_from(["Gratin", "Rôti"]))
    def cook(self, back, core, dish):
        values = {
            "day": self.day(back),
            "dish": dish,
            "cooked": Cooked.MINCED_MEAT,
            "core_celsius": core,
        }
        self.do(register.add, COOKING, values, self.now)

    @rule(pick=st.integers(0, 9), core=CORE)
    def change_cooking(self, pick, core):
        if key := self.pick(Cooking, pick):
            self.do(register.change, COOKING, key, {"core_celsius": core}, self.now)

    @rule(pick=st.integers(0, 9), core=CORE)
    def correct_cooking(self, pick, core):
        if key := self.pick(Cooking, pick):
            values = {"core_celsius": core}
            self.do(register.correct, COOKING, key, values, "Erreur", "LM", self.now)

    @rule(pick=st.integers(0, 9))
    def remove_cooking(self, pick):
        if key := self.pick(Cooking, pick):
            self.do(register.remove, COOKING, key)

    @rule(back=BACK)
    def sign_cooking(self, back):
        monday = Period.week(self.day(back)).first
        self.do(sign_sheet, COOKING, monday, "LM", "", self.now)

    @rule(pick=st.integers(0, 9), celsius=DEGREES)
    def act(self, pick, celsius):
        if key := self.pick(Breach, pick):
            found = breaches.Recheck(self.now, celsius)
            self.do(breaches.act, key, "Porte", "Fermée", self.now, recheck=found)

    @rule(back=BACK, days=st.sampled_from([1, 7, None]))
    def freeze(self, back, days):
        first = self.day(back)
        end = None if days is None else first + timedelta(days=days)
        self.do(holds.open_hold, HoldReason.DISPUTE, Reach(first, end), "LM", self.now)

    @rule(pick=st.integers(0, 9))
    def lift(self, pick):
        if key := self.pick(holds.Hold, pick):
            self.do(holds.lift_hold, key, "LM", "Classé", self.now)

    @rule(days=st.sampled_from([1, 40, 200, 400, 1200]))
    def wait(self, days):
        self.now += timedelta(days=days)

    @precondition(lambda self: self.book.undo_label)
    @rule()
    def undo(self):
        self.attempt(self.book.undo)

    @precondition(lambda self: self.book.redo_label)
    @rule()
    def redo(self):
        self.attempt(self.book.redo)

    @rule()
    def destroy(self):
        before, breached = self.records(), self.breached()
        with self.book.read() as session:
            due = review(session, self.now).due
        if not due:
            return
        with self.book.action("Purge", undoable=False) as session:
            purge(session, TABLES, due, "LM", self.now)
        assert scrub(self.engine)
        assert not is_due(self.engine)
        self.destroyed += due
        gone = {spot: day for spot, day in before.items() if spot not in self.records()}
        for spot, day in gone.items():
            self.check_gone(spot, day, breached)
        with self.book.read() as session:
            found = review(session, self.now)
            assert found.due == 0, "nothing of age is forgotten"
            assert sum(paper.count for paper in certificates(session)) == self.destroyed
            said = {each.series.table: each.held + each.needed + each.young for each in found.lines}
            for model in (Reading, Cooking, Breach):
                number = len(session.scalars(select(model.id)).all())
                assert said.get(model.__tablename__, 0) >= number, "every record is counted"

    # -- what must hold

    @invariant()
    def a_record_in_breach_has_one_breach_and_a_good_one_has_none_open(self):
        with self.book.read() as session:
            found = Counter()
            for breach in session.scalars(select(Breach)):
                if breach.withdrawn_at is None:
                    found[breach.register, breach.record_id, breach.closed_at is None] += 1
            current = [
                ("readings", row.id, row.verdict)
                for row in self.last_of(session.scalars(select(Reading).order_by(Reading.revision)))
            ]
            rows = session.scalars(select(Cooking)).all()
            replaced = {row.corrects_id for row in rows}
            current += [
                ("cooking", row.id, row.verdict)
                for row in rows
                if row.id not in replaced and not row.is_void
            ]
        for name, key, verdict in current:
            still, settled = found[name, key, True], found[name, key, False]
            if verdict is Verdict.BREACH:
                assert still <= 1
                assert still + settled >= 1, (name, key)
            else:
                assert still == 0, (name, key)

    @invariant()
    def what_is_sealed_stays_as_it_was_until_it_is_destroyed(self):
        with self.book.read() as session:
            connection = session.connection()
            seals = session.execute(select(Seal.table, Seal.key, Seal.row, Seal.destroyed)).all()
            rows = read_spots(connection, [(seal.table, seal.key) for seal in seals])
        for table, key, row, destroyed in seals:
            spot = table, key
            if destroyed:
                assert rows[spot] is None
                assert row is None
            else:
                assert rows[spot] == self.sealed.setdefault(spot, row)
        assert len(self.sealed) <= len(seals), "no seal is ever lost"

    # -- how

    def do(self, verb, *values, **named):
        def act():
            with self.book.action(verb.__name__) as session:
                verb(session, *values, **named)

        self.attempt(act)

    @staticmethod
    def attempt(deed):
        with suppress(*REFUSALS):
            deed()

    def day(self, back):
        return civil_date(self.now) - timedelta(days=back)

    def pick(self, model, rank):
        with self.book.read() as session:
            keys = session.scalars(select(model.id).order_by(model.id.desc())).all()
        return keys[rank % len(keys)] if keys else None

    def records(self):
        with self.book.read() as session:
            return {
                (model.__tablename__, key): day
                for model in (Reading, Cooking)
                for key, day in session.execute(select(model.id, model.day))
            }

    def breached(self):
        """Return the records at fault, with the day their breach was settled."""
        with self.book.read() as session:
            return {
                ({"readings": "reading"}.get(b.register, b.register), b.record_id): (
                    b.closed_at or b.withdrawn_at
                )
                for b in session.scalars(select(Breach))
            }

    def check_gone(self, spot, day, breached):
        today = civil_date(self.now)
        assert months_after(day, 6) < today, f"{spot} of {day} was too young"
        if spot in breached:
            settled = breached[spot]
            assert settled is not None, f"the breach of {spot} was still open"
            assert months_after(civil_date(settled), 36) < today
        with self.book.read() as session:
            for hold in holds.holds(session, open_only=True):
                assert not hold.reaches((day, day), []), f"{spot} of {day} was frozen"

    @staticmethod
    def last_of(readings):
        cells = {(row.unit_id, row.day, row.slot): row for row in readings}
        return cells.values()


@pytest.mark.timeout(600)
def test_records_breaches_signatures_freezes_and_purges_never_contradict_each_other(request):
    Kitchen.blank = request.getfixturevalue("_blank_file")
    run_state_machine_as_test(
        Kitchen,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=[*HealthCheck],
        ),
    )
