"""Weeks proposed from real books: within the law, proved, explained, written."""

import random
from datetime import date, timedelta

import pytest

from cantine_desktop.errors import ConflictError, UserError
from cantine_desktop.staff.choosing.model import Effort
from cantine_desktop.staff.contracts.keeping import (
    AvailabilityFacts,
    WishFacts,
    add_availability,
    add_wish,
)
from cantine_desktop.staff.contracts.model import AvailabilityKind, SkillKind, Status
from cantine_desktop.staff.law.judging import judge_team
from cantine_desktop.staff.law.nouns import Severity
from cantine_desktop.staff.proposing.compare import compare, figures_now, figures_of
from cantine_desktop.staff.proposing.costs import Component
from cantine_desktop.staff.proposing.explaining import conflicts_of, relaxations_of, why_not
from cantine_desktop.staff.proposing.facts import read_facts
from cantine_desktop.staff.proposing.proposing import propose
from cantine_desktop.staff.proposing.writing import write_proposal
from cantine_desktop.staff.rosters.demand import may_count
from cantine_desktop.staff.rosters.model import Post, RosterState, RosterWeek, Shift
from cantine_desktop.staff.rosters.publishing import pending, publish
from cantine_desktop.staff.rosters.staffing import StaffingFacts, add_rule
from cantine_desktop.staff.rosters.team import contexts, planned, profile_of, teammates
from cantine_desktop.values.period import Period
from tests.staff.contracts.people import plain
from tests.staff.proposing.crew import (
    ALL,
    MONDAY,
    NOW,
    brunch,
    eight,
    lunch,
    needs,
    services,
    shift,
    somebody,
)

WEEK = Period.week(MONDAY)
EFFORT = Effort(seconds=20)
LEAD = StaffingFacts(Post.LEAD, 1, 1, before=60, after=180, skill=SkillKind.HYGIENE)
TUESDAY, SUNDAY = MONDAY + timedelta(1), MONDAY + timedelta(6)


@pytest.fixture
def keys(book):
    with book.action("Équipe") as session:
        return eight(session)


def proposed(book, slots=None, monday=MONDAY, effort=EFFORT):
    with book.read() as session:
        facts = read_facts(session, monday, slots or services(monday))
    return propose(facts, effort)


def write(book, proposal):
    with book.action("Planning repris") as session:
        write_proposal(session, proposal)


def forbidden_in(book, span=WEEK):
    """Return what the law forbids of the roster in the book, read by another way."""
    with book.read() as session:
        team = teammates(session, span)
        hours = planned(session, Period(span.first - timedelta(98), span.end + timedelta(7)))
        known = contexts(session, span, [each.key for each in team])
        people = [(each.worker, hours.get(each.key, [])) for each in team]
        alerts = judge_team(people, profile_of(session), dict(known), span)
    return [each for each in alerts if each.severity is Severity.FORBIDDEN]


def of(proposal, key, day=None):
    return [x for x in proposal.shifts if x.member == key and day in {None, x.day}]


def minutes_with_grown(proposal, facts, shift):
    """Return the minutes of a shift during which somebody of age is there."""
    grown = [
        x
        for x in proposal.shifts
        if x.day == shift.day and may_count(facts.someone(x.member).worker, x.day)
    ]
    return sum(
        any(x.start <= minute < x.finish for x in grown)
        for minute in range(shift.start, shift.finish)
    )


@pytest.mark.usefixtures("keys")
def test_a_week_of_eight_is_proved_lawful_and_lacks_nothing(book):
    proposal = proposed(book)
    assert proposal.is_optimal
    assert proposal.cost == proposal.bound
    assert (
        plain(proposal.quality) == "Planning optimal : aucun autre planning permis ne fait mieux."
    )
    assert not proposal.misses
    assert not any(cover.missing for cover in proposal.coverage.covers)
    assert not proposal.coverage.gaps
    write(book, proposal)
    assert not forbidden_in(book)
    with book.read() as session:
        assert session.query(RosterWeek).one().state is RosterState.PROPOSED
        assert session.query(Shift).count() == len(proposal.shifts) > 20


def test_whoever_may_not_be_alone_is_always_with_somebody_of_age_and_never_leads(book, keys):
    proposal = proposed(book)
    facts = proposal.solved.facts
    young = [keys[name] for name in ("Lina", "Noé", "Inès", "Paul")]
    some = [x for x in proposal.shifts if x.member in young]
    assert some
    for each in some:
        assert each.post not in {Post.LEAD, Post.OPENING, Post.CLOSING}
        assert minutes_with_grown(proposal, facts, each) == each.finish - each.start


@pytest.mark.parametrize("seed", range(4))
def test_random_teams_are_proposed_within_the_law(book, seed):
    luck = random.Random(seed)
    with book.action("Équipe") as session:
        needs(session)
        made = [somebody(session, "Awa", skills=ALL)]
        for rank in range(luck.randint(3, 6)):
            status, born = luck.choice([
                (Status.PERMANENT, date(1990, 1, 1)),
                (Status.FIXED_TERM, date(1980, 1, 1)),
                (Status.APPRENTICE, date(2009, 5, 5)),
                (Status.CIVIC_SERVICE, date(2004, 1, 1)),
                (Status.TRAINEE, date(2010, 9, 1)),
            ])  # fmt: skip
            hours = luck.choice([24, 28, 35])
            made.append(somebody(session, f"P{rank}", status, hours, born, luck.choice([ALL, ()])))
        for key in made:
            before = MONDAY - timedelta(7)
            for place in luck.sample(range(7), 3):
                shift(session, key, place, 1020, 1320, Post.KITCHEN, monday=before)
            if luck.random() < 0.4:
                facts = AvailabilityFacts(AvailabilityKind.WEEKLY, weekday=luck.randint(0, 6))
                add_availability(session, key, facts)
    proposal = proposed(book, effort=Effort(seconds=3))
    assert not [x for x in proposal.alerts if x.severity is Severity.FORBIDDEN]
    write(book, proposal)
    assert not forbidden_in(book)
    for each in proposal.shifts:
        who = proposal.solved.facts.someone(each.member)
        if not may_count(who.worker, each.day):
            facts = proposal.solved.facts
            assert minutes_with_grown(proposal, facts, each) == each.finish - each.start


def test_locked_hours_and_what_volunteers_offered_stay_as_they_are(book, keys):
    with book.action("Planning") as session:
        zoe = somebody(session, "Zoé", Status.DINER_COOK, None)
        shift(session, zoe, 1, 570, 810, Post.KITCHEN)
        fixed = shift(session, keys["Awa"], 1, 600, 900, Post.OFFICE, is_locked=True)
        gone = shift(session, keys["Malik"], 0, 600, 900, Post.OFFICE)
        fixed_id, gone_id = fixed.id, gone.id
    proposal = proposed(book)
    assert [x.hours for x in of(proposal, keys["Awa"], TUESDAY)] == [(600, 900, Post.OFFICE, 0)]
    assert not of(proposal, zoe)
    kitchen = next(
        x for x in proposal.coverage.covers if x.post is Post.KITCHEN and x.line.day == TUESDAY
    )
    assert "Zoé" in kitchen.helpers
    write(book, proposal)
    with book.read() as session:
        assert session.get(Shift, fixed_id).is_locked
        assert session.get(Shift, gone_id) is None
        assert session.query(Shift).filter_by(member_id=zoe).count() == 1
    book.undo()
    with book.read() as session:
        assert session.query(Shift).count() == 3


def test_a_volunteer_is_asked_for_what_is_left_and_never_assigned(book):
    with book.action("Équipe") as session:
        needs(session)
        somebody(session, "Awa", skills=ALL)
        zoe = somebody(session, "Zoé", Status.DINER_COOK, None, skills=ALL)
    proposal = proposed(book, [lunch(1)])
    assert not of(proposal, zoe)
    assert any(asked.names == ("Zoé",) for asked in proposal.offers)
    assert not any("Responsable" in asked.words for asked in proposal.offers)


def test_only_volunteers_and_civic_service_cannot_hold_a_service(book):
    with book.action("Équipe") as session:
        needs(session)
        somebody(session, "Noé", Status.CIVIC_SERVICE, 24, date(2004, 1, 1), ALL)
        somebody(session, "Zoé", Status.DINER_COOK, None, skills=ALL)
    proposal = proposed(book, [lunch(1)])
    assert not proposal.shifts
    assert any("Responsable de cuisine" in words for words in proposal.misses)
    assert any("Noé ne vient pas" in words for words in proposal.remarks)
    assert not proposal.is_optimal


def test_an_impossible_week_is_named_with_the_cheapest_thing_to_give_up(book):
    with book.action("Équipe") as session:
        needs(session)
        keys = [somebody(session, name, skills=ALL) for name in ("Awa", "Malik")]
        facts = AvailabilityFacts(AvailabilityKind.WEEKLY, weekday=1)
        for key in keys:
            add_availability(session, key, facts)
    proposal = proposed(book, [lunch(1), lunch(2)])
    (conflict,) = conflicts_of(proposal.solved)
    assert plain(conflict.words).startswith("Impossible : ")
    assert "Awa n’est pas disponible mardi 1er décembre" in conflict.words
    assert "2 décembre" not in conflict.words
    found = relaxations_of(proposal.solved, [conflict])
    assert plain(found[0].words) == "Demander à Awa de venir mardi 1er décembre."
    assert found[0].broken == 0
    assert any(words.startswith("Se passer de") for words in (x.words for x in found))


def test_services_that_one_person_alone_cannot_hold_clash_together(book):
    with book.action("Équipe") as session:
        needs(session)
        somebody(session, "Awa", skills=ALL)
    proposal = proposed(book, [lunch(place) for place in range(7)])
    assert proposal.misses
    assert not [x for x in proposal.alerts if x.severity is Severity.FORBIDDEN]
    (conflict, *_) = conflicts_of(proposal.solved)
    assert conflict.words.startswith("Impossible ensemble")


def test_sundays_go_to_whoever_had_fewest_in_the_year(book):
    with book.action("Équipe") as session:
        add_rule(session, LEAD)
        keys = [somebody(session, name, skills=ALL) for name in ("Awa", "Malik")]
        for week in range(1, 20):
            before = MONDAY - timedelta(7 * week)
            shift(session, keys[0], 6, 480, 860, monday=before)
    proposal = proposed(book, [brunch()])
    leads = [x.member for x in proposal.shifts if x.post is Post.LEAD]
    assert leads == [keys[1]]
    parts = {person.key: dict(person.parts) for person in proposal.people}
    assert Component.SUNDAYS not in parts[keys[1]]


def test_a_wish_is_followed_and_named_in_why_this_choice(book):
    with book.action("Équipe") as session:
        add_rule(session, LEAD)
        keys = [somebody(session, name, skills=ALL) for name in ("Awa", "Malik")]
        add_wish(session, keys[1], WishFacts(weekday=1, is_wanted=True, weight=5))
        add_wish(session, keys[0], WishFacts(weekday=1, is_wanted=False, weight=5))
    proposal = proposed(book, [lunch(1), lunch(2)])
    leads = {x.day: x.member for x in proposal.shifts if x.post is Post.LEAD}
    assert leads[TUESDAY] == keys[1]
    parts = {person.key: dict(person.parts) for person in proposal.people}
    assert parts[keys[1]][Component.WISHED] == -10


def test_why_not_says_what_forbids_a_cell_or_what_it_would_change(book, keys):
    solved = proposed(book, [lunch(1), lunch(2)]).solved

    def asked(name, post, day=TUESDAY):
        return plain(why_not(solved, keys[name], day, post))

    assert asked("Noé", Post.LEAD) == "Ce poste revient à une personne salariée et majeure."
    assert asked("Tom", Post.LEAD) == "Il faut la compétence « Hygiène alimentaire, 14 h »."
    assert asked("Awa", Post.DELIVERY).startswith("Aucun service ne demande ce poste")
    answer = asked("Awa", Post.DISHES)
    assert answer.startswith(("Possible", "Aussi bon"))


def test_a_proposal_that_is_too_old_is_not_written(book, keys):
    proposal = proposed(book)
    with book.action("Créneau") as session:
        shift(session, keys["Awa"], 1, 600, 900)
    with pytest.raises(ConflictError, match="entre-temps"):
        write(book, proposal)


def test_a_published_week_stays_published_and_its_changes_wait_to_be_told(book, keys):
    with book.action("Publié") as session:
        shift(session, keys["Awa"], 1, 510, 930)
        publish(session, MONDAY, NOW)
    write(book, proposed(book))
    with book.read() as session:
        assert session.query(RosterWeek).one().state is RosterState.PUBLISHED
        assert pending(session, MONDAY, NOW)


def test_a_week_without_need_or_team_is_refused_with_what_to_do(book):
    with book.read() as session:
        empty = read_facts(session, MONDAY, [lunch(1)])
    with pytest.raises(UserError, match="Aucun besoin"):
        propose(empty)
    with book.action("Besoins") as session:
        needs(session)
    with book.read() as session:
        nobody = read_facts(session, MONDAY, [lunch(1)])
    with pytest.raises(UserError, match="contrat"):
        propose(nobody)


@pytest.mark.usefixtures("keys")
def test_a_search_that_is_stopped_gives_a_lawful_week_without_claim(book):
    with book.read() as session:
        facts = read_facts(session, MONDAY, services())
    proposal = propose(facts, Effort(is_cancelled=lambda: True))
    assert not proposal.is_optimal
    assert not [x for x in proposal.alerts if x.severity is Severity.FORBIDDEN]


@pytest.mark.usefixtures("keys")
def test_two_weeks_stand_side_by_side(book):
    short, long = proposed(book, [lunch(1)]), proposed(book, [lunch(1), lunch(2)])
    rows = {row.what: row for row in compare(figures_of(short), figures_of(long))}
    assert plain(rows["Besoins couverts comme souhaité"].first).endswith("sur 6")
    assert plain(rows["Besoins couverts comme souhaité"].second).endswith("sur 12")
    assert rows["Heures de Awa"]
    now = figures_now(long.solved.facts)
    (law,) = [x for x in compare(now, figures_of(long)) if x.what.startswith("Sous le minimum")]
    assert law.better == 1
