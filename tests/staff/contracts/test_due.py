"""What the people of the team ask for, the steps of an arrival, the duties of the employer."""

from datetime import date, timedelta

import pytest

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.office.todo_staff import staff_waits
from cantine_desktop.office.waiting import Urgency
from cantine_desktop.sources import sources
from cantine_desktop.staff.contracts.arrival import arrival_of, steps, steps_for, tick
from cantine_desktop.staff.contracts.due import DueKind, due_of
from cantine_desktop.staff.contracts.duties import About, duties, duties_of, duty_done
from cantine_desktop.staff.contracts.engaging import end_contract
from cantine_desktop.staff.contracts.keeping import (
    PaperFacts,
    SkillFacts,
    add_paper,
    add_skill,
    receive_paper,
    renew_skill,
)
from cantine_desktop.staff.contracts.model import Contract, SkillKind, StaffMember, Status
from cantine_desktop.staff.contracts.queries import Which, card_of, team
from cantine_desktop.staff.contracts.register import write_waiting
from cantine_desktop.values.period import Period
from tests.staff.contracts.people import NOW, TODAY, hire, member, plain

OLD = date(2024, 1, 8)
"""A first day whose arrival nobody speaks of any more."""


@pytest.fixture
def session(book):
    with book.action("Essai") as session:
        yield session


def asked(session, who, day=TODAY):
    person = session.get_one(StaffMember, who)
    return [(due.kind, plain(due.words), due.is_late) for due in due_of(person, day)]


def test_a_certificate_is_asked_for_before_its_end_and_late_after_it(session):
    who = member(session)
    hire(session, who, first=OLD)
    facts = SkillFacts(SkillKind.FIRST_AID, since=date(2024, 12, 1), valid_until=date(2026, 12, 1))
    skill = add_skill(session, who, facts, NOW).id
    assert asked(session, who, date(2026, 9, 1)) == []
    assert asked(session, who) == [(DueKind.SKILL, "Premiers secours : jusqu’au 01/12/2026", False)]
    assert asked(session, who, date(2026, 12, 2)) == [
        (DueKind.SKILL, "Premiers secours : fini depuis le 01/12/2026", True)
    ]
    renew_skill(session, skill, date(2026, 11, 20), date(2028, 11, 20))
    assert asked(session, who, date(2026, 12, 2)) == []


def test_an_older_certificate_of_the_same_kind_asks_for_nothing_more(session):
    who = member(session)
    hire(session, who, first=OLD)
    for year in (2025, 2028):
        facts = SkillFacts(SkillKind.FIRST_AID, valid_until=date(year, 1, 1))
        add_skill(session, who, facts, NOW)
    assert asked(session, who) == []


def test_a_paper_is_awaited_until_it_comes(session):
    who = member(session)
    hire(session, who, first=OLD)
    paper = add_paper(session, who, PaperFacts("Contrat signé", TODAY - timedelta(days=1)), NOW).id
    assert asked(session, who) == [
        (DueKind.PAPER, "Contrat signé attendu pour le 22/11/2026", True)
    ]
    receive_paper(session, paper, TODAY)
    assert asked(session, who) == []


def test_the_end_of_a_contract_is_told_sixty_days_before_unless_another_follows(session):
    who = member(session)
    key = hire(session, who, Status.FIXED_TERM, OLD, date(2026, 12, 25))
    assert asked(session, who, date(2026, 10, 24)) == []
    assert asked(session, who) == [(DueKind.CONTRACT, "CDD, dernier jour le 24/12/2026", False)]
    hire(session, who, first=date(2026, 12, 25))
    assert asked(session, who) == []
    end_contract(session, key, date(2026, 11, 30))
    assert asked(session, who)[0][0] is DueKind.CONTRACT


def test_the_end_of_a_trial_is_told_while_it_can_be_answered(session):
    who = member(session)
    hire(session, who, first=date(2026, 10, 1), trial_until=date(2026, 11, 30))
    kinds = {day: [kind for kind, *_ in asked(session, who, day)] for day in (TODAY, OLD)}
    assert DueKind.TRIAL in kinds[TODAY]
    assert DueKind.TRIAL not in [k for k, *_ in asked(session, who, date(2026, 12, 1))]
    assert DueKind.TRIAL not in [k for k, *_ in asked(session, who, date(2026, 11, 10))]


def test_who_left_is_asked_for_nothing_and_stands_among_the_former(session):
    who = member(session)
    hire(session, who, Status.FIXED_TERM, OLD, TODAY)
    add_paper(session, who, PaperFacts("Contrat signé", OLD), NOW)
    assert team(session, TODAY) == []
    [row] = team(session, TODAY, Which.PAST)
    assert (row.name, row.due, row.status_words) == ("Malik Benali", (), "CDD")
    assert [row.name for row in team(session, TODAY - timedelta(days=1))] == ["Malik Benali"]


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_an_arrival_of_its_own(status):
    keys = [step.key for step in steps_for(status)]
    assert len(keys) >= 3
    assert ("declaration" in keys) is (status.value in {
        "permanent", "fixed-term", "apprentice", "professionalisation",
    })  # fmt: skip


def test_the_steps_and_the_duties_name_sources_that_exist_and_keys_of_their_own():
    assert {step.source for step in steps()} <= set(sources())
    assert {each.source for each in duties()} <= set(sources())
    for keys in ([step.key for step in steps()], [each.key for each in duties()]):
        assert len(keys) == len(set(keys))
    for each in duties():
        assert (each.about is About.CANTEEN) is (not each.statuses)
        assert each.about is not About.CANTEEN or date(2027, each.month, each.day)


def test_a_step_is_ticked_and_unticked(session):
    who = member(session)
    key = hire(session, who, first=date(2026, 11, 16))
    contract = session.get_one(Contract, key)
    declaration = next(row for row in arrival_of(contract) if row.key == "declaration")
    assert (declaration.due_on, declaration.done_on) == (date(2026, 11, 15), None)
    tick(session, key, "declaration", date(2026, 11, 13))
    assert arrival_of(contract)[2].done_on == date(2026, 11, 13)
    late = asked(session, who)[0]
    tick(session, key, "declaration", None)
    assert late[0] is DueKind.ARRIVAL
    assert asked(session, who)[0][1] != late[1]


def test_duties_follow_arrivals_and_departures_and_are_not_asked_between_two_contracts(session):
    who = member(session)
    hire(session, who, Status.FIXED_TERM, date(2026, 2, 2), date(2026, 7, 1))
    hire(session, who, first=date(2026, 7, 1))
    rows = [(row.key, row.due_on) for row in duties_of(session, Period.year(TODAY)) if row.name]
    assert rows == [
        ("declaration", date(2026, 2, 1)),
        ("essentials", date(2026, 2, 9)),
        ("medical-visit", date(2026, 5, 3)),
    ]


def test_a_duty_of_the_year_falls_when_somebody_is_employed_and_stays_done(session):
    assert duties_of(session, Period.year(TODAY)) == []
    hire(session, member(session), first=date(2026, 3, 2))
    year = {row.key: row for row in duties_of(session, Period.year(TODAY)) if not row.name}
    assert set(year) == {"notices", "rest-notice"}
    duty_done(session, year["notices"], date(2026, 9, 10))
    year = {row.key: row.done_on for row in duties_of(session, Period.year(TODAY)) if not row.name}
    assert year == {"notices": date(2026, 9, 10), "rest-notice": None}


def waits(session):
    return [(each.urgency, plain(each.words), each.screen) for each in staff_waits(session, NOW)]


def test_today_says_what_the_team_asks_for_a_line_for_each_kind(session):
    assert waits(session) == []
    who = member(session)
    hire(session, who, first=OLD)
    for name in ("Contrat signé", "RIB"):
        add_paper(session, who, PaperFacts(name, TODAY - timedelta(days=3)), NOW)
    assert waits(session) == [
        (Urgency.TODAY, "1 ligne à écrire au registre du personnel", "contracts"),
        (
            Urgency.TODAY,
            "Malik Benali : Contrat signé attendu pour le 20/11/2026 et 1 autre",
            "contracts",
        ),
    ]
    write_waiting(session, NOW)
    assert len(waits(session)) == 1


def test_the_card_says_late_in_words_and_in_colour(session):
    session.add(Canteen(name="La Tablée", open_weekdays="2345"))
    who = member(session)
    hire(session, who)
    past = SkillFacts(SkillKind.HYGIENE, "Afpa", date(2020, 1, 6), date(2025, 1, 6))
    add_skill(session, who, past, NOW)
    add_paper(session, who, PaperFacts("Diplôme"), NOW)
    card = card_of(session, who, TODAY)
    [skill], [paper] = card.skills, card.papers
    assert plain(skill.words) == "Hygiène alimentaire, 14 h (Afpa), périmé depuis le 06/01/2025"
    assert (skill.tone, paper.tone) == ("bad", "warn")
