"""A canteen's week proposed from the needs of its services, mended, and asked « why not? ».

Eight people, eight services: the weeks that the law lets each of them work are listed, one each is
chosen and proved, and the law judges the whole again. Beside it, the same weeks taken in turn:
each person the cheapest week left at that moment, which proves nothing.
"""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from cantine_desktop.schema import Base
from cantine_desktop.staff.choosing.model import Effort
from cantine_desktop.staff.law.nouns import Severity, Status
from cantine_desktop.staff.proposing.explaining import why_not
from cantine_desktop.staff.proposing.facts import read_facts
from cantine_desktop.staff.proposing.proposing import propose
from cantine_desktop.staff.proposing.repairing import mend, read_repair
from cantine_desktop.staff.proposing.solving import prepare, search
from cantine_desktop.staff.proposing.writing import write_proposal
from cantine_desktop.staff.rosters.model import Absence, AbsenceCode, Post
from cantine_desktop.staff.rosters.staffing import add_usual_rules
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from tests.benchmarks.measuring import Row, in_turn
from tests.staff.proposing.crew import ALL, MONDAY, dinner, eight, lunch, services, somebody

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def measure(folder):
    engine = open_engine(f"sqlite:///{folder}/week.cantine")
    Base.metadata.create_all(engine)
    book = Book(engine, clock=lambda: NOW)
    with book.action("Équipe") as session:
        keys = eight(session)
    for name, slots in (("lunches", services()[:5]), ("lunches, evenings, brunch", services())):
        with book.read() as session:
            facts = read_facts(session, MONDAY, slots)
        proposal = propose(facts)
        assert proposal.is_optimal
        assert not proposal.misses
        assert not [x for x in proposal.alerts if x.severity is Severity.FORBIDDEN]
        ours, theirs = in_turn(partial(propose, facts), partial(_hasty, facts), 5)
        assert _hasty(facts).answer.cost >= proposal.cost
        words = f"{ours.wall:.2f} s to be under 0.5, proved"
        yield Row(f"week, {name}", ours, theirs, "the first choice found", None, words)
    asked = partial(why_not, proposal.solved, keys["Malik"], MONDAY + timedelta(5), Post.LEAD)
    ours, theirs = in_turn(asked, partial(prepare, facts), 5)
    words = f"{ours.wall:.2f} s to be under 0.2"
    yield Row("why not a cell", ours, theirs, "listing the weeks again", None, words)
    yield _mended(book, keys, proposal)
    engine.dispose()
    yield _small(folder)


def _small(folder):
    """Measure the team of a canteen that begins, with the needs that are offered to it."""
    engine = open_engine(f"sqlite:///{folder}/small.cantine")
    Base.metadata.create_all(engine)
    book = Book(engine, clock=lambda: NOW)
    with book.action("Équipe") as session:
        add_usual_rules(session)
        somebody(session, "Awa", hours=17.5, skills=ALL)
        somebody(session, "Malik", skills=ALL)
        somebody(session, "Noé", Status.CIVIC_SERVICE, 24, date(2004, 1, 1))
    slots = [*(lunch(place) for place in range(1, 5)), dinner(4)]
    with book.read() as session:
        facts = read_facts(session, MONDAY, slots)
    assert propose(facts).is_optimal
    ours, theirs = in_turn(partial(propose, facts), partial(_hasty, facts), 5)
    engine.dispose()
    words = f"{ours.wall:.2f} s to be under 0.5, proved"
    return Row("week, three people", ours, theirs, "the first choice found", None, words)


def _mended(book, keys, proposal):
    with book.action("Planning") as session:
        write_proposal(session, proposal)
        first = MONDAY + timedelta(2)
        absence = Absence(
            member_id=keys["Awa"], code=AbsenceCode.SICKNESS, first=first, end=first + timedelta(3)
        )
        session.add(absence)
        session.flush()
        key = absence.id
    with book.read() as session:
        facts = read_repair(session, key, services(), NOW)
    found = mend(facts)
    assert found
    for made in found:
        for each in made.proposals:
            assert not [x for x in each.alerts if x.severity is Severity.FORBIDDEN]
    ours, theirs = in_turn(partial(mend, facts), partial(propose, facts.weeks[0]), 3)
    few = min(len(made.changes) for made in found)
    words = f"{ours.wall / len(found):.2f} s each to be under 0.5, {few} days change at least"
    return Row(f"{len(found)} ways to mend 3 days", ours, theirs, "a new week", None, words)


def _hasty(facts):
    """Stop at the first choice."""
    return search(prepare(facts), Effort(seconds=5.0, enough=1.0))
