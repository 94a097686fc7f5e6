"""Contracts: what is refused, what is told, and that every change may be taken back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.staff.contracts.ages import age_on, birthday, is_minor_on
from cantine_desktop.staff.contracts.engaging import (
    cancel_contract,
    change_contract,
    current_contract,
    end_contract,
    facts_of,
    remarks,
)
from cantine_desktop.staff.contracts.keeping import MemberFacts, add_member, change_member
from cantine_desktop.staff.contracts.keeping import facts_of as member_facts
from cantine_desktop.staff.contracts.model import Contract, StaffMember, Status
from tests.staff.contracts.people import NOW, TODAY, hire, member, plain


@pytest.fixture
def session(book):
    with book.action("Essai") as session:
        yield session


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"end": date(2026, 1, 5)}, "finit avant de commencer"),
        ({"weekly_minutes": 48 * 60 + 1}, "une minute"),
        ({"weekly_minutes": 0}, "une minute"),
        ({"complementary": Decimal("0.34")}, "un tiers"),
        ({"trial_until": date(2026, 1, 4)}, "hors du contrat"),
        ({"first": date(1990, 1, 1)}, "avant la naissance"),
        ({"status": Status.TRAINEE}, "dernier jour"),
        ({"status": Status.CIVIC_SERVICE}, "dernier jour"),
    ],
)
def test_a_contract_that_cannot_be_is_refused_in_words(session, facts, words):
    who = member(session)
    with pytest.raises(UserError, match=words):
        hire(session, who, **facts)


def test_nobody_works_two_contracts_at_once_but_one_may_follow_the_other(session):
    who = member(session)
    first = hire(session, who, Status.FIXED_TERM, end=date(2026, 7, 1))
    with pytest.raises(UserError, match="déjà un contrat"):
        hire(session, who, first=date(2026, 6, 30))
    after = hire(session, who, first=date(2026, 7, 1))
    person = session.get_one(StaffMember, who)
    assert current_contract(person, date(2026, 6, 30)).id == first
    assert current_contract(person, date(2026, 7, 1)).id == after
    with pytest.raises(UserError, match="déjà un contrat"):
        end_contract(session, first, date(2026, 7, 1))


def test_a_mandate_of_the_board_stands_beside_a_contract(session):
    who = member(session)
    hire(session, who)
    hire(session, who, Status.BOARD_MEMBER, weekly_minutes=None)
    person = session.get_one(StaffMember, who)
    assert current_contract(person, TODAY).status is Status.PERMANENT


def test_whoever_works_has_a_birth_date_and_keeps_it(session):
    who = member(session, born=None)
    with pytest.raises(UserError, match="date de naissance"):
        hire(session, who, Status.APPRENTICE)
    hire(session, who, Status.DINER_COOK, weekly_minutes=None)
    other = member(session, "Zoé Kern", date(2009, 3, 2))
    hire(session, other, Status.APPRENTICE, end=date(2027, 8, 1))
    facts = member_facts(session.get_one(StaffMember, other))
    with pytest.raises(UserError, match="sans l’effacer"):
        change_member(session, other, replace(facts, birth_date=None), NOW)


def test_the_same_person_is_not_added_twice_but_two_of_one_name_are(session):
    member(session)
    with pytest.raises(UserError, match="déjà dans l’équipe"):
        member(session, "MALIK  Benali".replace("  ", " "))
    assert member(session, born=date(1960, 1, 1))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (MemberFacts(" "), "nom"),
        (MemberFacts("A", date(2026, 11, 23)), "année"),
        (MemberFacts("A", date(1899, 1, 1)), "année"),
        (MemberFacts("A", email="malik"), "adresse électronique"),
    ],
)
def test_a_person_that_cannot_be_is_refused_in_words(session, facts, words):
    with pytest.raises(UserError, match=words):
        add_member(session, facts, NOW)


def told(session, key):
    return plain(" ".join(remarks(session, key)))


def test_a_part_time_below_24_hours_asks_for_its_reason(session):
    who = member(session)
    key = hire(session, who, weekly_minutes=17 * 60 + 30)
    assert "L3123-27" in told(session, key)
    facts = facts_of(session.get_one(Contract, key))
    change_contract(session, key, replace(facts, short_reason="demande écrite du 2 janvier"))
    assert not told(session, key)
    change_contract(session, key, replace(facts, weekly_minutes=24 * 60))
    assert not told(session, key)


def trainees(session, count):
    keys = []
    for rank in range(count):
        who = member(session, f"Stagiaire {rank}", date(2000, 1, 1 + rank))
        keys.append(
            hire(
                session,
                who,
                Status.TRAINEE,
                date(2026, 11, 2 + rank),
                date(2026, 12, 1),
                tutor="Malik",
            )
        )
    return keys


def test_a_fourth_trainee_at_once_is_told_and_not_refused(session):
    *three, fourth = trainees(session, 4)
    assert "4 stagiaires en même temps" in told(session, fourth)
    end_contract(session, three[0], date(2026, 11, 4))
    assert not told(session, fourth)


def test_twenty_employees_have_room_for_more_trainees(session):
    for rank in range(20):
        hire(session, member(session, f"Salarié {rank}", date(1980, 1, 1 + rank)))
    *_three, fourth = trainees(session, 4)
    assert not told(session, fourth)


def test_a_minor_is_told_until_the_eve_of_the_eighteenth_birthday(session):
    who = member(session, "Zoé Kern", date(2009, 3, 2))
    key = hire(session, who, Status.APPRENTICE, end=date(2027, 8, 1), tutor="Malik")
    assert "Mineur·e jusqu’au 01/03/2027" in told(session, key)


def test_who_is_born_on_29_february_comes_of_age_on_1_march():
    born = date(2008, 2, 29)
    assert birthday(born, 18) == date(2026, 3, 1)
    assert is_minor_on(born, date(2026, 2, 28))
    assert not is_minor_on(born, date(2026, 3, 1))
    assert (age_on(born, date(2026, 2, 28)), age_on(born, date(2026, 3, 1))) == (17, 18)


def test_a_contract_typed_by_mistake_goes_and_comes_back(book):
    with book.action("départ") as session:
        who = member(session)
        key = hire(session, who)
    with book.action("ôter") as session:
        cancel_contract(session, key)
    book.undo()
    with book.read() as session:
        assert [each.id for each in session.get_one(StaffMember, who).contracts] == [key]
