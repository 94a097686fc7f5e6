"""Who comes beside what services need; who counts, who is alone, who knows hygiene."""

from datetime import date, time

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.staff.contracts.keeping import SkillFacts, add_skill
from cantine_desktop.staff.contracts.model import SkillKind, Status
from cantine_desktop.staff.rosters import staffing
from cantine_desktop.staff.rosters.coverage import coverage_of
from cantine_desktop.staff.rosters.demand import Slot
from cantine_desktop.staff.rosters.model import Post
from cantine_desktop.staff.rosters.staffing import StaffingFacts
from cantine_desktop.values.period import DAY, Period
from tests.staff.contracts.people import NOW, hire, member, plain
from tests.staff.rosters.week import MONDAY, TUESDAY, team, type_in

WEEK = Period.week(MONDAY)
LUNCH = Slot(TUESDAY, "lunch", "Déjeuner", time(9, 30), time(12, 30), 28)


@pytest.fixture
def people(book):
    found = team(book)
    with book.action("Formation") as session:
        ends = TUESDAY - DAY
        add_skill(session, found[0], SkillFacts(SkillKind.HYGIENE), NOW)
        add_skill(session, found[1], SkillFacts(SkillKind.HYGIENE, valid_until=ends), NOW)
    return found


def need(book, post, least=0, target=1, **more):
    with book.action("Besoin") as session:
        return staffing.add_rule(session, StaffingFacts(post, least, target, **more)).id


def covered(book, *slots):
    with book.read() as session:
        return coverage_of(session, WEEK, slots or (LUNCH,))


def gaps(book, *slots):
    return [plain(each.sentence) for each in covered(book, *slots).gaps]


def test_an_employee_of_age_is_counted_and_others_help_without_counting(book, people):
    need(book, Post.KITCHEN, least=1, target=3)
    _malik, anne, tom, paul = people
    with book.action("Apprentie") as session:
        young = member(session, "Léa Roth", date(2010, 5, 1))
        hire(session, young, Status.APPRENTICE, tutor="Malik")
    for who in (tom, paul, young):
        type_in(book, who, TUESDAY, "9-15 cuisine")
    (cover,) = covered(book).covers
    assert (cover.counted, len(cover.helpers), cover.missing, cover.short) == ((), 3, 1, 0)
    assert "il manque 1 personne" in plain(cover.sentence)
    type_in(book, anne, TUESDAY, "9-15 cuisine")
    (cover,) = covered(book).covers
    assert (cover.counted, cover.missing) == (("Anne Muller",), 0)


def test_half_of_the_post_must_be_held(book, people):
    need(book, Post.LEAD, least=1, before=30, after=120)
    type_in(book, people[0], TUESDAY, "12-15 responsable")
    assert covered(book).covers[0].missing == 1
    type_in(book, people[0], TUESDAY, "11-15 responsable")
    assert covered(book).covers[0].missing == 0


@pytest.mark.usefixtures("people")
def test_more_diners_ask_for_more_hands_and_a_kind_of_meal_for_its_own(book):
    need(book, Post.SUPPORT, every=10)
    need(book, Post.LEAD, meal="dinner")
    dinner = LUNCH._replace(meal="dinner", diners=9, cook_at=time(17), meal_at=time(19, 30))
    found = covered(book, LUNCH, dinner).covers
    assert [(each.post, each.slot.meal, each.target) for each in found] == [
        (Post.SUPPORT, "lunch", 2),
        (Post.LEAD, "dinner", 1),
        (Post.SUPPORT, "dinner", 1),
    ]


def test_a_certificate_that_ended_is_none(book, people):
    need(book, Post.LEAD, skill=SkillKind.HYGIENE)
    type_in(book, people[1], TUESDAY, "9-15 responsable")
    (cover,) = covered(book).covers
    assert not cover.is_skilled
    assert "compétence" in plain(cover.sentence)
    assert gaps(book) == ["24/11/2026 : personne de formé à l’hygiène de 9 h 30 à 14 h 30."]


def test_somebody_trained_is_there_all_the_time_the_canteen_is_open(book, people):
    type_in(book, people[0], TUESDAY, "9-12 13-14")
    assert gaps(book) == [
        "24/11/2026 : personne de formé à l’hygiène de 12 h à 13 h.",
        "24/11/2026 : personne de formé à l’hygiène de 14 h à 14 h 30.",
    ]
    type_in(book, people[0], TUESDAY, "9-14:30")
    assert gaps(book) == []


def test_civic_service_is_never_alone(book, people):
    malik, _anne, tom, paul = people
    type_in(book, tom, TUESDAY, "8-15")
    type_in(book, malik, TUESDAY, "9-14:30")
    assert gaps(book) == [
        "Tom Kern serait seul·e le 24/11/2026 de 8 h à 9 h.",
        "Tom Kern serait seul·e le 24/11/2026 de 14 h 30 à 15 h.",
    ]
    type_in(book, paul, TUESDAY, "7-16")
    assert gaps(book) == []


def test_needs_that_cannot_be_are_refused(book):
    for facts, told in (
        (StaffingFacts(Post.LEAD, 2, 1), "moins de personnes"),
        (StaffingFacts(Post.LEAD, 0, 0), "au moins une"),
        (StaffingFacts(Post.LEAD, 0, 99), "entre 0 et 40"),
        (StaffingFacts(Post.LEAD, before=2000), "12 h"),
        (StaffingFacts(Post.LEAD, every=0), "convives"),
    ):
        with pytest.raises(UserError, match=told), book.action("Besoin") as session:
            staffing.add_rule(session, facts)


def test_the_usual_needs_are_offered_once(book):
    with book.action("Besoins") as session:
        assert len(staffing.add_usual_rules(session)) == len(staffing.USUAL)
        assert staffing.add_usual_rules(session) == []
