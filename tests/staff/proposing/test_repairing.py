"""A roster mended after an absence: few changes, told in time, with what people are told."""

from datetime import timedelta

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.staff.law.nouns import Severity
from cantine_desktop.staff.proposing.facts import read_facts
from cantine_desktop.staff.proposing.proposing import propose
from cantine_desktop.staff.proposing.repairing import mend, read_repair, write_repair
from cantine_desktop.staff.proposing.writing import write_proposal
from cantine_desktop.staff.rosters.model import (
    Absence,
    AbsenceCode,
    Shift,
)
from cantine_desktop.staff.rosters.publishing import pending, publish
from tests.staff.contracts.people import plain
from tests.staff.proposing.crew import MONDAY, NOW, eight, services

WEDNESDAY = MONDAY + timedelta(2)


@pytest.fixture
def keys(book):
    with book.action("Équipe") as session:
        keys = eight(session)
    with book.read() as session:
        facts = read_facts(session, MONDAY, services())
    proposal = propose(facts)
    with book.action("Planning repris") as session:
        write_proposal(session, proposal)
    return keys


def away(book, key, first=WEDNESDAY, days=2):
    with book.action("Absence") as session:
        absence = Absence(
            member_id=key, code=AbsenceCode.SICKNESS, first=first, end=first + timedelta(days)
        )
        session.add(absence)
        session.flush()
        return absence.id


def mended(book, absence, now=NOW):
    with book.read() as session:
        facts = read_repair(session, absence, services(), now)
    return facts, mend(facts)


def roster(book):
    with book.read() as session:
        rows = session.query(Shift).order_by(Shift.member_id, Shift.day, Shift.start)
        return {(x.id, x.member_id, x.day, x.start, x.finish, x.post) for x in rows}


def test_an_absence_is_mended_with_few_changes_and_all_else_stays(book, keys):
    before = roster(book)
    _facts, found = mended(book, away(book, keys["Awa"]))
    assert 1 <= len(found) <= 3
    few = min(found, key=lambda x: len(x.changes))
    assert few.title == "Le moins de changements"
    assert not few.misses
    assert few.people <= 3
    for made in found:
        for proposal in made.proposals:
            assert not [x for x in proposal.alerts if x.severity is Severity.FORBIDDEN]
    with book.action("Remplacement") as session:
        write_repair(session, few)
    changed = {(x.key, x.day) for x in few.changes}
    after = roster(book)
    assert {x for x in before if (x[1], x[2]) not in changed} == {
        x for x in after if (x[1], x[2]) not in changed
    }
    days = {WEDNESDAY, WEDNESDAY + timedelta(1)}
    assert not [x for x in after if x[1] == keys["Awa"] and x[2] in days]
    book.undo()
    assert roster(book) == before


def test_ways_are_ranked_and_the_one_with_fewest_changes_has_no_more_than_the_others(book, keys):
    _facts, found = mended(book, away(book, keys["Malik"]))
    ranks = [(len(x.misses), x.consents, x.people, x.minutes) for x in found]
    assert ranks == sorted(ranks)
    few = next(x for x in found if x.title == "Le moins de changements")
    whole = [x for x in found if len(x.misses) == len(few.misses)]
    assert len(few.changes) == min(len(x.changes) for x in whole)


def test_whoever_changes_late_is_told_that_they_may_refuse(book, keys):
    absence = away(book, keys["Awa"])
    late = NOW + timedelta(8)
    _facts, found = mended(book, absence, late)
    changes = [x for made in found for x in made.changes if not x.is_absent]
    assert changes
    for change in changes:
        assert change.needs_consent == bool(change.late) or change.late
        assert change.given <= 5
    texts = [message for made in found for message in made.messages]
    for made in found:
        told = {change.key for change in made.changes if not change.is_absent}
        assert {message.key for message in made.messages} == told
    text = plain(texts[0].text)
    assert text.startswith(f"Bonjour {texts[0].name},")
    assert "décembre" in text


def test_changes_of_a_published_week_wait_to_be_told_with_their_notice(book, keys):
    with book.action("Publié") as session:
        publish(session, MONDAY, NOW)
    _facts, found = mended(book, away(book, keys["Awa"]))
    with book.action("Remplacement") as session:
        write_repair(session, found[0])
    with book.read() as session:
        waiting = {(x.spot.member_id, x.spot.day) for x in pending(session, MONDAY, NOW)}
    assert waiting == {(x.key, x.day) for x in found[0].changes}


def test_days_gone_by_stay_and_an_absence_that_is_over_is_refused(book, keys):
    absence = away(book, keys["Awa"], MONDAY + timedelta(1), 4)
    thursday = NOW + timedelta(10)
    _facts, found = mended(book, absence, thursday)
    assert all(
        change.day >= MONDAY + timedelta(3)
        for made in found
        for change in made.changes
        if not change.is_absent
    )
    with pytest.raises(UserError, match="passée"):
        mended(book, absence, NOW + timedelta(20))
