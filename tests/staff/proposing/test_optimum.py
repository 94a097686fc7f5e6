"""What is said to be the best week is so: every week of a small team is tried one by one."""

import random
from datetime import date, time, timedelta
from itertools import product

import pytest

from cantine_desktop.staff.choosing.model import Effort
from cantine_desktop.staff.contracts.keeping import WishFacts, add_wish
from cantine_desktop.staff.contracts.model import SkillKind, Status
from cantine_desktop.staff.law.judging import judge
from cantine_desktop.staff.law.nouns import Severity
from cantine_desktop.staff.proposing.facts import read_facts
from cantine_desktop.staff.proposing.proposing import propose
from cantine_desktop.staff.proposing.solving import prepare
from cantine_desktop.staff.rosters.demand import Slot, may_count
from cantine_desktop.staff.rosters.model import Post
from cantine_desktop.staff.rosters.staffing import StaffingFacts, add_rule
from tests.staff.proposing.crew import MONDAY, somebody

TOO_MUCH = 10**6


@pytest.mark.parametrize("seed", range(6))
def test_no_lawful_week_of_a_small_team_is_better_than_the_one_that_is_proved(book, seed):
    luck = random.Random(seed)
    with book.action("Équipe") as session:
        skill = luck.choice([None, SkillKind.HYGIENE])
        add_rule(session, StaffingFacts(Post.LEAD, 1, 1, before=60, skill=skill))
        if luck.random() < 0.5:
            add_rule(session, StaffingFacts(Post.DISHES, 0, 1, before=-180))
        for name in ("Awa", "Malik"):
            known = luck.choice([(), (SkillKind.HYGIENE,)])
            key = somebody(session, name, hours=luck.choice([24, 35]), skills=known)
            for _wish in range(2):
                day, wanted = luck.randint(0, 2), luck.random() < 0.5
                add_wish(session, key, WishFacts(weekday=day, is_wanted=wanted, weight=3))
        if luck.random() < 0.5:
            somebody(session, "Noé", Status.CIVIC_SERVICE, 24, date(2004, 1, 1))
    days = sorted(luck.sample(range(3), 2))
    slots = [
        Slot(MONDAY + timedelta(n), "lunch", "Déjeuner", time(9, 30), time(12, 30), 20)
        for n in days
    ]
    with book.read() as session:
        facts = read_facts(session, MONDAY, slots)
    proposal = propose(facts, Effort(seconds=20))
    assert proposal.is_optimal
    assert not [x for x in proposal.alerts if x.severity is Severity.FORBIDDEN]
    assert weight(proposal.cost, proposal.solved.answer.broken) == best(facts)


def best(facts):
    """Return the least weight of all lawful weeks, tried one by one without the engine."""
    solved = prepare(facts)
    weeks = [lawful(facts, solved, who) for who in facts.people]
    found = TOO_MUCH * TOO_MUCH
    for chosen in product(*weeks):
        if is_accompanied(facts, chosen):
            found = min(found, weighed(solved.table, chosen))
    return found


def lawful(facts, solved, who):
    """Return what each lawful week of somebody brings: its points, its options and its covers."""
    own = solved.weeks[who.label]
    wide = [own.offered(day) for day in range(7)]
    shortest = (who.contract or 0) - 720
    weeks = []
    for options in product(*wide):
        minutes = sum(x.minutes for x in options)
        shifts = [x.stint for option in options for x in option.shifts]
        alerts = judge(who.worker, [*who.before, *shifts], facts.profile, who.context, facts.week)
        if any(x.severity is Severity.FORBIDDEN for x in alerts):
            continue
        if minutes > own.most_minutes():
            continue
        worked = sum(bool(x.duty) for x in options)
        points = sum(sum(solved.costs.of_day(who, x).values()) for x in options)
        points += sum(solved.costs.of_week(who, minutes, worked).values())
        terms = [
            rank
            for day, option in enumerate(options)
            for rank, _one in solved.table.terms(who, facts.week.days[day], option.covers)
        ]
        weeks.append((minutes, points, options, terms))
    reach = max(minutes for minutes, *_rest in weeks)
    least = min(shortest, reach - 720) if who.contract is not None else 0
    return [rest for minutes, *rest in weeks if minutes >= least]


def is_accompanied(facts, chosen):
    """Tell whether nobody is left alone who may not be."""
    for day, when in enumerate(facts.week.days):
        here = list(zip(facts.people, (x[1][day] for x in chosen), strict=True))
        grown = {
            minute
            for who, option in here
            if may_count(who.worker, when)
            for x in option.shifts
            for minute in range(x.start, x.finish)
        }
        for who, option in here:
            alone = {m for x in option.shifts for m in range(x.start, x.finish)} - grown
            if alone and not may_count(who.worker, when):
                return False
    return True


def weighed(table, chosen):
    """Return what breaks, then what is paid, of a choice."""
    counts = [0] * len(table.needs)
    for _points, _options, terms in chosen:
        for rank in terms:
            counts[rank] += 1
    paid = sum(x[0] for x in chosen)
    paid += sum(need.penalty(n) for need, n in zip(table.needs, counts, strict=True))
    broken = sum(
        sum(need.beside(n)) for need, n in zip(table.needs, counts, strict=True) if need.is_required
    )
    return weight(paid, broken)


def weight(paid, broken):
    """Return both as one number: what breaks counts first."""
    return broken * TOO_MUCH + paid
