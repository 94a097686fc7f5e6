"""A canteen's team in a real book, and the services of a week, as tests of proposals begin with."""

from datetime import UTC, date, datetime, time, timedelta

from cantine_desktop.staff.contracts.keeping import SkillFacts, add_skill
from cantine_desktop.staff.contracts.model import SkillKind, Status
from cantine_desktop.staff.rosters.demand import Slot
from cantine_desktop.staff.rosters.model import Post, Shift
from cantine_desktop.staff.rosters.staffing import StaffingFacts, add_rule
from tests.staff.contracts.people import hire, member

MONDAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LONG_AGO = date(2025, 9, 1)


def lunch(place, diners=40, monday=MONDAY):
    day = monday + timedelta(place)
    return Slot(day, "lunch", "Déjeuner", time(9, 30), time(12, 30), diners)


def dinner(place, diners=40, monday=MONDAY):
    day = monday + timedelta(place)
    return Slot(day, "dinner", "Soirée", time(17, 0), time(19, 30), diners)


def brunch(place=6, diners=60, monday=MONDAY):
    day = monday + timedelta(place)
    return Slot(day, "brunch", "Brunch", time(9, 0), time(11, 30), diners)


def services(monday=MONDAY):
    """Return lunches from Tuesday to Saturday, dinner on Thursday and Friday, Sunday brunch."""
    lunches = [lunch(place, monday=monday) for place in range(1, 6)]
    return [*lunches, dinner(3, monday=monday), dinner(4, monday=monday), brunch(monday=monday)]


def somebody(session, name, status=Status.PERMANENT, hours=35, born=date(1990, 1, 1), skills=()):
    """Write somebody with a contract since last year; return the key."""
    key = member(session, name, born)
    more = (
        {}
        if status in {Status.PERMANENT, Status.BOARD_MEMBER, Status.DINER_COOK}
        else {
            "end": date(2027, 8, 31),
        }
    )
    facts = {"weekly_minutes": None if hours is None else round(hours * 60)}
    if status is Status.FIXED_TERM:
        facts["term_reason"] = "accroissement"
    if status in {Status.TRAINEE, Status.CIVIC_SERVICE, Status.APPRENTICE}:
        facts |= {"tutor": "Awa Diallo", "school": "Lycée", "place": "Cuisine"}
    if hours is not None and hours < 24 and status is Status.PERMANENT:
        facts["short_reason"] = "demande écrite"
    hire(session, key, status, LONG_AGO, **facts, **more)
    for kind in skills:
        add_skill(session, key, SkillFacts(kind, since=LONG_AGO), NOW)
    return key


RULES = (
    StaffingFacts(Post.LEAD, 1, 1, before=60, after=180, skill=SkillKind.HYGIENE),
    StaffingFacts(Post.KITCHEN, 0, 1, after=60, every=40),
    StaffingFacts(Post.WELCOME, 0, 1, before=-120),
    StaffingFacts(Post.DISHES, 0, 1, before=-240, after=180),
    StaffingFacts(Post.SUPPORT, 0, 2),
    StaffingFacts(Post.OFFICE, 0, 1, meal="lunch", before=-360, after=300),
)


def needs(session):
    """Write what a large canteen needs: six posts of a service."""
    for facts in RULES:
        add_rule(session, facts)


ALL = (SkillKind.HYGIENE, SkillKind.OPENING, SkillKind.CLOSING)


def eight(session):
    """Write eight people: three trained, a part-time cook, a minor, two of civic service, one
    on a placement.
    """
    needs(session)
    return {
        name: somebody(session, name, *rest)
        for name, *rest in (
            ("Awa", Status.PERMANENT, 35, date(1985, 2, 1), ALL),
            ("Malik", Status.PERMANENT, 35, date(1991, 5, 4), ALL),
            ("Rosa", Status.PERMANENT, 28, date(1979, 7, 7), ALL),
            ("Tom", Status.PERMANENT, 24, date(1999, 3, 9), ()),
            ("Lina", Status.APPRENTICE, 35, date(2009, 6, 1), ()),
            ("Noé", Status.CIVIC_SERVICE, 24, date(2004, 1, 1), ()),
            ("Inès", Status.CIVIC_SERVICE, 24, date(2003, 1, 1), ()),
            ("Paul", Status.TRAINEE, 35, date(2002, 1, 1), ()),
        )
    }


def shift(session, key, place, start, finish, post=Post.LEAD, *, monday=MONDAY, **more):
    """Write a shift; return it."""
    made = Shift(
        member_id=key,
        day=monday + timedelta(place),
        start=start,
        finish=finish,
        post=post,
        **more,
    )
    session.add(made)
    session.flush()
    return made
