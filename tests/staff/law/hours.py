"""Workers and hours to judge, written as clocks show them in Paris."""

from datetime import date, datetime, timedelta

from cantine_desktop.clock import PARIS
from cantine_desktop.staff.law.judging import judge
from cantine_desktop.staff.law.nouns import Context, Status, Terms, Worker
from cantine_desktop.staff.law.rules import Branch, Profile
from cantine_desktop.staff.law.stints import Stint

CODE = Profile()
ECLAT = Profile(Branch.ECLAT)
HCR = Profile(Branch.HCR)
ALISFA = Profile(Branch.ALISFA)
MONDAY = date(2026, 3, 2)
"""A Monday with nothing special in the weeks around."""


def at(text):
    """Return the instant of a Paris clock: ``2026-03-02 08:30``."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def stint(day, start, end, pause=0, **more):
    """Return a stint of a day; an end that is not after the start is the next day's."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    until = day if end > start else day + timedelta(days=1)
    return Stint(at(f"{day} {start}"), at(f"{until} {end}"), pause, **more)


def week(places, start="09:00", end="16:30", pause=30, monday=MONDAY):
    """Return the same stint on some weekdays, 0 for Monday: 7 h of work by default."""
    return [stint(monday + timedelta(days=place), start, end, pause) for place in places]


def worker(status=Status.PERMANENT, born=None, hours=35, **terms):
    """Return somebody with one contract since 2020."""
    volunteer = status.is_volunteer
    contract = () if volunteer else (Terms(date(2020, 1, 1), None, round(hours * 60), **terms),)
    return Worker("awa", "Awa", born, status, contract)


def part_time(hours, **terms):
    """Return an adult with a part-time contract."""
    return worker(hours=hours, is_part_time=True, **terms)


MINOR = worker(Status.APPRENTICE, date(2009, 6, 1))
"""Sixteen all through the tests of March 2026."""
CHILD = worker(Status.TRAINEE, date(2010, 9, 1))
CIVIC = worker(Status.CIVIC_SERVICE, date(2004, 1, 1), hours=24)
CIVIC_MINOR = worker(Status.CIVIC_SERVICE, date(2009, 1, 1), hours=24)
ADULT = worker()
DINER = worker(Status.DINER_COOK)


def judged(stints, who=ADULT, profile=CODE, span=None, **context):
    """Judge hours, with what must be known by name."""
    return judge(who, stints, profile, Context(**context), span)


def found(rule, stints, who=ADULT, profile=CODE, **more):
    """Return the alerts of one rule."""
    return [alert for alert in judged(stints, who, profile, **more) if alert.rule == rule]


def one(rule, stints, who=ADULT, profile=CODE, **more):
    """Return the only alert of one rule."""
    (alert,) = found(rule, stints, who, profile, **more)
    return alert


def plain(text):
    """Return a sentence with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
