"""A small team with its roster, as tests of hours and pay begin with."""

from datetime import UTC, date, datetime, timedelta

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.staff.contracts.model import BalanceKind, OpeningBalance, StaffMember
from cantine_desktop.staff.hours.clock_text import read_hours
from cantine_desktop.staff.hours.confirming import confirm_week, set_hours
from cantine_desktop.staff.law.rules import Branch
from cantine_desktop.staff.rosters.absences import AbsenceFacts, add_absence
from cantine_desktop.staff.rosters.model import Post, Shift, StaffRules

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MONDAY = date(2026, 11, 16)
"""The week before, over."""


def canteen(session, branch=Branch.NONE, department="69"):
    """Write a canteen under an agreement."""
    session.add(Canteen(name="La Tablée", open_weekdays="2345", department=department))
    session.add(StaffRules(branch=branch))
    session.flush()


def plan(session, who, day, text):
    """Write what is planned on a day."""
    for hours in read_hours(text):
        session.add(
            Shift(
                member_id=who,
                day=day,
                start=hours.start,
                finish=hours.finish,
                pause=hours.pause,
                post=Post.KITCHEN,
            )
        )
    session.flush()


def plan_week(session, who, text, monday=MONDAY, places=range(5)):
    """Write the same hours on some weekdays."""
    for place in places:
        plan(session, who, monday + timedelta(days=place), text)


def work(session, who, day, text, now=NOW):
    """Write hours done."""
    return set_hours(session, who, day, read_hours(text), now)


def work_week(session, who, text, monday=MONDAY, places=range(5)):
    """Write the same hours done on some weekdays."""
    for place in places:
        work(session, who, monday + timedelta(days=place), text)


def confirm(session, monday=MONDAY, now=NOW):
    """Confirm a week for everybody."""
    return confirm_week(session, monday, now)


def away(session, who, code, first, last, **more):
    """Write an absence up to its last day."""
    facts = AbsenceFacts(code, first, last + timedelta(days=1), **more)
    return add_absence(session, who, facts)


def opening(session, who, kind, amount, day=date(2026, 1, 1)):
    """Write what somebody brings."""
    member = session.get_one(StaffMember, who)
    member.balances.append(OpeningBalance(kind=BalanceKind(kind), day=day, amount=amount))
    session.flush()
