"""The lines of the demand as the engine counts them: what must be, what is wished, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from cantine_desktop.i18n import tr
from cantine_desktop.staff.choosing.model import Need
from cantine_desktop.staff.contracts.model import SkillKind
from cantine_desktop.staff.contracts.words import SKILLS
from cantine_desktop.staff.law.wording import clock
from cantine_desktop.staff.law.wording import day as day_words
from cantine_desktop.staff.proposing.costs import USUAL, Weights
from cantine_desktop.staff.proposing.facts import Facts, Planned, Someone
from cantine_desktop.staff.proposing.options import pieces
from cantine_desktop.staff.rosters.demand import (
    DemandLine,
    LineKind,
    may_accompany,
    may_count,
    serves,
    shares,
)


class Aspect(StrEnum):
    """What of a line is counted."""

    LEAST = "least"
    TARGET = "target"
    SKILL = "skill"


@dataclass(frozen=True)
class Counted:
    """A need of the engine and the line it comes from.

    Attributes:
        start: Of the stretch it counts; ``finish`` likewise.
    """

    line: DemandLine
    aspect: Aspect
    start: int
    finish: int

    @property
    def words(self) -> str:
        """What is needed, alone of its words in a week."""
        if self.line.kind is LineKind.TRAINED:
            return tr("une personne formée à l’hygiène {day} de {start} à {finish}").format(
                day=day_words(self.line.day), start=clock(self.start), finish=clock(self.finish)
            )
        if self.aspect is Aspect.SKILL and self.line.skill is not None:
            return tr("{what} : la compétence « {skill} »").format(
                what=self.line.words, skill=tr(SKILLS[self.line.skill])
            )
        return self.line.words


@dataclass
class NeedTable:
    """The needs of a week, in the order of the engine.

    Attributes:
        needs: Their names are keys of ``counted``.
        remarks: What cannot be asked for because nobody could ever bring it.
    """

    needs: list[Need] = field(default_factory=list[Need])
    counted: dict[str, Counted] = field(default_factory=dict[str, Counted])
    remarks: list[str] = field(default_factory=list[str])
    _ranks: dict[str, list[tuple[int, Aspect]]] = field(
        default_factory=dict[str, list[tuple[int, Aspect]]]
    )
    _lines: dict[str, DemandLine] = field(default_factory=dict[str, DemandLine])

    def add(self, key: str, counted: Counted, need: Need) -> None:
        """Add a need that a stretch of a line asks for."""
        self._ranks.setdefault(key, []).append((len(self.needs), counted.aspect))
        self._lines[key] = counted.line
        self.counted[need.name] = counted
        self.needs.append(need)

    def terms(self, who: Someone, day: date, covers: Iterable[str]) -> tuple[tuple[int, int], ...]:
        """Return the ranks of the needs that somebody serves on a day, each with one unit."""
        counts, held = may_count(who.worker, day), who.skills(day)
        found: list[tuple[int, int]] = []
        for key in covers:
            for rank, aspect in self._ranks.get(key, ()):
                skill = self._lines[key].skill
                fits = aspect is Aspect.TARGET or counts
                if aspect is Aspect.SKILL:
                    is_firm = bool(self._lines[key].least)
                    fits = (counts or not is_firm) and skill in held
                if fits:
                    found.append((rank, 1))
        return tuple(sorted(found))


def table_of(
    facts: Facts, waived: frozenset[str] = frozenset(), weights: Weights = USUAL
) -> NeedTable:
    """Return the needs of a week.

    Args:
        facts: The week.
        waived: Names of needs that must not be any more.
        weights: What a head costs.
    """
    table = NeedTable()
    unknown: dict[SkillKind, None] = {}
    for line in facts.demand:
        if line.kind is LineKind.TRAINED and line.skill is not None and not _is_held(facts, line):
            unknown.setdefault(line.skill)
            continue
        _add(table, facts, line, waived, weights)
    for skill in unknown:
        table.remarks.append(
            tr(
                "Personne n’a la compétence « {skill} » : notez-la dans les fiches de l’équipe."
            ).format(skill=tr(SKILLS[skill]))
        )
    return table


def _is_held(facts: Facts, line: DemandLine) -> bool:
    return any(
        line.skill in who.skills(line.day) and may_accompany(who.worker, line.day)
        for who in (*facts.people, *facts.givers)
    )


def _add(
    table: NeedTable, facts: Facts, line: DemandLine, waived: frozenset[str], weights: Weights
) -> None:
    cuts = sorted({
        at
        for other in facts.demand
        if other.day == line.day and other.kind is LineKind.POST
        for at in (other.start, other.finish)
    })
    for key, start, finish in pieces(line, cuts):
        least = line.least
        if line.kind is LineKind.TRAINED and _is_given(facts.givers, line, (start, finish)):
            least = 0
        if least:
            name = f"{key}/{Aspect.LEAST}"
            counted = Counted(line, Aspect.LEAST, start, finish)
            table.add(key, counted, Need(name, least, is_required=name not in waived))
        if line.kind is not LineKind.POST:
            continue
        given = _giving(facts.givers, line)
        left = max(line.least, line.target - len(given))
        target = Need(
            f"{key}/{Aspect.TARGET}",
            low=left,
            high=left,
            under=weights.missing_head,
            over=weights.extra_head,
        )
        table.add(key, Counted(line, Aspect.TARGET, start, finish), target)
        is_known = not line.least and any(line.skill in who.skills(line.day) for who in given)
        if line.skill is not None and not is_known:
            name = f"{key}/{Aspect.SKILL}"
            firm = bool(line.least)
            need = Need(
                name, 1, is_required=firm and name not in waived,
                missing=0 if firm else weights.missing_head,
            )  # fmt: skip
            table.add(key, Counted(line, Aspect.SKILL, start, finish), need)


def _giving(givers: Sequence[Someone], line: DemandLine) -> list[Someone]:
    """Return the volunteers who already offered to hold a post."""
    return [
        who
        for who in givers
        if any(
            serves(line, x.post, who.skills(line.day)) and shares(line, (x.start, x.finish))
            for x in _offered(who, line)
        )
    ]


def _is_given(givers: Sequence[Someone], line: DemandLine, span: tuple[int, int]) -> bool:
    """Tell whether a volunteer who offered to come is trained as asked, all along some hours."""
    return any(
        line.skill in who.skills(line.day)
        and any(x.start <= span[0] and span[1] <= x.finish for x in _offered(who, line))
        for who in givers
    )


def _offered(who: Someone, line: DemandLine) -> list[Planned]:
    return [x for x in (*who.locked, *who.current) if x.day == line.day]


def needs_in_words(table: NeedTable, names: Iterable[str]) -> list[str]:
    """Return needs by their words: the stretches of a presence together, a post before its skill.

    Args:
        table: The needs of the week.
        names: Of some of them; others are left out.
    """
    by_line: dict[str, list[Counted]] = {}
    for name in names:
        if name in table.counted:
            counted = table.counted[name]
            by_line.setdefault(counted.line.key, []).append(counted)
    found: list[str] = []
    for own in by_line.values():
        first = min(own, key=lambda each: (list(Aspect).index(each.aspect), each.start))
        whole = replace(first, start=min(x.start for x in own), finish=max(x.finish for x in own))
        found.append(whole.words)
    return found
