"""What concerns several people, and those who give their time."""

from dataclasses import replace
from datetime import date, timedelta

from cantine_desktop.staff.law.judging import alerts_of_day, judge_team
from cantine_desktop.staff.law.nouns import Severity, Status
from cantine_desktop.values.period import Period
from tests.staff.law.hours import ADULT, CODE, DINER, MONDAY, found, one, plain, stint, week, worker

SPAN = Period.week(MONDAY)


def trainee(name, first, end):
    base = worker(Status.TRAINEE)
    terms = (replace(base.terms[0], first=first, end=end),)
    return replace(base, key=name, name=name, terms=terms)


def test_a_fourth_placement_in_the_same_week_is_one_too_many():
    team = [trainee(name, MONDAY, MONDAY + timedelta(14)) for name in ("Ana", "Bo", "Cy")]
    people = [(each, []) for each in team]
    assert not judge_team(people, CODE, span=SPAN)
    sunday = MONDAY + timedelta(6)
    people.append((trainee("Dé", sunday, sunday + timedelta(20)), []))
    (alert,) = judge_team(people, CODE, span=SPAN)
    assert alert.severity is Severity.FORBIDDEN
    assert plain(alert.sentence) == (
        "Semaine du 2 mars : 4 stagiaires (Ana, Bo, Cy, Dé), 3 au plus (C. éduc., art. R124-10)."
    )
    assert "2026" in alert.caution
    next_monday = trainee("Dé", sunday + timedelta(1), sunday + timedelta(20))
    assert not judge_team([*people[:3], (next_monday, [])], CODE, span=SPAN)


def test_alerts_of_a_team_carry_the_person_and_find_the_cell():
    other = replace(ADULT, key="bo", name="Bo")
    late = [stint("2026-03-03", "08:00", "19:00", 30)]
    alerts = judge_team([(ADULT, week(range(5))), (other, late)], CODE, span=SPAN)
    assert {alert.worker for alert in alerts if alert.rule == "DAILY_MAX"} == {"bo"}
    assert list(alerts_of_day(alerts, date(2026, 3, 3))) == alerts


def test_somebody_who_gives_time_is_reminded_of_one_session_a_day():
    lunch, dinner = stint("2026-03-03", "10:00", "14:00"), stint("2026-03-03", "18:00", "22:00")
    assert not found("VOLUNTEER_DAY", [lunch], DINER)
    assert one("VOLUNTEER_DAY", [lunch, dinner], DINER).severity is Severity.ADVICE


def test_somebody_who_gives_time_rests_eleven_hours():
    dinner = stint("2026-03-03", "18:00", "22:30")
    assert not found("VOLUNTEER_REST", [dinner, stint("2026-03-04", "09:30", "14:00")], DINER)
    short = [dinner, stint("2026-03-04", "09:29", "14:00")]
    assert one("VOLUNTEER_REST", short, DINER).measured == 659


def test_somebody_who_gives_time_says_how_often_a_month():
    sessions = week([1, 3])
    twice, once = (replace(DINER, most_a_month=most) for most in (2, 1))
    assert not found("VOLUNTEER_MONTH", sessions, twice)
    assert not found("VOLUNTEER_MONTH", sessions, DINER)
    alert = one("VOLUNTEER_MONTH", sessions, once)
    assert plain(alert.sentence) == "2 séances en mars 2026, 1 souhaitées au plus."
    april = week([1], monday=date(2026, 4, 6))
    assert not found("VOLUNTEER_MONTH", week([1]) + april, once)
