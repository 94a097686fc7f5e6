"""Two weeks side by side: this one as it stands, and the one that is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cantine_desktop.i18n import money, tr, trn
from cantine_desktop.staff.law.nouns import Severity
from cantine_desktop.staff.law.wording import duration
from cantine_desktop.staff.proposing.facts import EVENING, Facts, Planned
from cantine_desktop.staff.proposing.proposing import Proposal, alerts_of, coverage_with
from cantine_desktop.values.money import Money


class CompareRow(NamedTuple):
    """A line of the comparison: what it is, and both values in words.

    Attributes:
        better: -1 when the first is better, 1 when the second is, 0 when neither is.
    """

    what: str
    first: str
    second: str
    better: int


@dataclass(frozen=True)
class Figures:
    """What a week comes to.

    Attributes:
        covered: Needs met as wished, of ``needs``; ``short``, those under the minimum and gaps.
        minutes: Of employees; ``beside``, minutes away from their contracts.
        spread: Evenings and Sundays between whoever has most of them and whoever has fewest.
        cost: Of their hours; ``None`` when nobody said what an hour costs.
        forbidden: Alerts of the law; ``to_justify`` alike.
        people: Name, minutes of the week and of the contract.
    """

    needs: int
    covered: int
    short: int
    minutes: int
    beside: int
    spread: int
    cost: Money | None
    forbidden: int
    to_justify: int
    people: tuple[tuple[str, int, int | None], ...]


def figures_now(facts: Facts) -> Figures:
    """Return what a week comes to as the book has it."""
    return _figures(facts, [x for who in facts.people for x in (*who.locked, *who.current)])


def figures_of(proposal: Proposal) -> Figures:
    """Return what a proposal comes to."""
    return _figures(proposal.solved.facts, proposal.shifts)


def _figures(facts: Facts, shifts: Sequence[Planned]) -> Figures:
    beside, alerts = coverage_with(facts, shifts), alerts_of(facts, shifts)
    own = {who.key: [x for x in shifts if x.member == who.key] for who in facts.people}
    people = tuple(
        (who.name, sum(x.stint.effective for x in own[who.key]), who.contract)
        for who in facts.people
    )
    paid = [x for x in facts.people if x.worker.status_on(facts.week.first).is_employee]
    minutes = sum(x.stint.effective for who in paid for x in own[who.key])
    hard = [sum(_is_hard(x) for x in own[who.key]) for who in paid]
    return Figures(
        len(beside.covers),
        sum(not x.missing and not x.short and x.is_skilled for x in beside.covers),
        sum(bool(x.missing) for x in beside.covers) + len(beside.gaps),
        minutes,
        sum(abs(done - agreed) for _name, done, agreed in people if agreed is not None),
        max(hard, default=0) - min(hard, default=0),
        _cost(facts, minutes),
        sum(x.severity is Severity.FORBIDDEN for x in alerts),
        sum(x.severity is Severity.TO_JUSTIFY for x in alerts),
        people,
    )


def _is_hard(shift: Planned) -> bool:
    return shift.day.weekday() == 6 or shift.finish > EVENING


def _cost(facts: Facts, minutes: int) -> Money | None:
    if facts.hour_cost is None:
        return None
    return Money((facts.hour_cost.cents * minutes + 30) // 60)


def compare(one: Figures, two: Figures) -> list[CompareRow]:
    """Return two weeks line by line: coverage, hours, cost, fairness, what the law says."""
    both = (one, two)
    rows = [
        _row(
            tr("Besoins couverts comme souhaité"),
            [tr("{n} sur {needs}").format(n=x.covered, needs=x.needs) for x in both],
            [x.needs - x.covered for x in both],
        ),
        _row(
            tr("Sous le minimum ou sans formation"),
            [trn("{n} manque", "{n} manques", x.short) for x in both],
            [x.short for x in both],
        ),
        _row(tr("Heures des salarié·es"), [duration(x.minutes) for x in both], (0, 0)),
        _row(
            tr("Écart avec les contrats"),
            [duration(x.beside) for x in both],
            [x.beside for x in both],
        ),
        _row(
            tr("Écart de soirées et dimanches"),
            [trn("{n} d’écart", "{n} d’écart", x.spread) for x in both],
            [x.spread for x in both],
        ),
    ]
    if one.cost is not None and two.cost is not None:
        costs = (one.cost, two.cost)
        rows.append(
            _row(tr("Coût des heures"), [money(x) for x in costs], [x.cents for x in costs])
        )
    return [*rows, *_law(both), *_by_person(both)]


def _law(both: tuple[Figures, Figures]) -> list[CompareRow]:
    return [
        _row(title, [trn("{n} alerte", "{n} alertes", n) for n in counts], counts)
        for title, counts in (
            (tr("Ce que la loi interdit"), [x.forbidden for x in both]),
            (tr("À justifier"), [x.to_justify for x in both]),
        )
    ]


def _by_person(both: tuple[Figures, Figures]) -> list[CompareRow]:
    found: list[CompareRow] = []
    for (name, first, agreed), (_name, second, _agreed) in zip(
        both[0].people, both[1].people, strict=True
    ):
        worse = [0 if agreed is None else abs(x - agreed) for x in (first, second)]
        what = tr("Heures de {name}").format(name=name)
        found.append(_row(what, [duration(first), duration(second)], worse))
    return found


def _row(what: str, words: Sequence[str], worse: Sequence[int]) -> CompareRow:
    better = (worse[0] > worse[1]) - (worse[0] < worse[1])
    return CompareRow(what, words[0], words[1], better)
