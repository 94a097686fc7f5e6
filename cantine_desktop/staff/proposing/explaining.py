"""Why not, for any cell; what cannot be had together, and the cheapest things to give up for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cantine_desktop.i18n import tr, trn
from cantine_desktop.staff.choosing.model import Effort, Need
from cantine_desktop.staff.law.wording import day as day_words
from cantine_desktop.staff.proposing.facts import Someone
from cantine_desktop.staff.proposing.needs import needs_in_words
from cantine_desktop.staff.proposing.options import OFF, DayOptions, busy_name, lock_name
from cantine_desktop.staff.proposing.proposing import misses_in_words
from cantine_desktop.staff.proposing.solving import Solved, bare_choice, prepare, search
from cantine_desktop.staff.rosters.demand import may_count
from cantine_desktop.staff.rosters.model import POSTS, Post

SOON = Effort(seconds=0.2)
EACH = Effort(seconds=1.0)
MOST_TRIED = 12
"""Things to give up that are tried, at most."""


def why_not(solved: Solved, member: int, day: date, post: Post, effort: Effort = SOON) -> str:
    """Return why somebody does not hold a post on a day: what forbids it, or what it would cost.

    Args:
        solved: The roster it is compared with.
        member: Key.
        day: Of the week.
        post: Any hours of it.
        effort: How long to search.
    """
    who, rank = solved.facts.someone(member), (day - solved.facts.week.first).days
    if who not in solved.facts.people:
        return tr("Un bénévole se propose : personne ne l’affecte.")
    choices = solved.days[who.label][rank]
    wanted = frozenset(
        x.duty for x in choices.offered if any(shift.post is post for shift in x.shifts)
    )
    if not wanted:
        return _refused(who, choices, post)
    found = _forced(solved, who, (rank, wanted), effort)
    if found is None:
        return tr("{name} : aucune semaine permise ne contient ce poste {day}.").format(
            name=who.name, day=day_words(day)
        )
    return _beside(solved, found, who)


def why(solved: Solved, member: int, day: date, effort: Effort = SOON) -> str:
    """Return why somebody comes on a day: what would lack, or what it would cost, without them.

    Args:
        solved: The roster it is compared with.
        member: Key.
        day: Of the week.
        effort: How long to search.
    """
    who, rank = solved.facts.someone(member), (day - solved.facts.week.first).days
    if who not in solved.facts.people:
        return tr("Un bénévole se propose : personne ne l’affecte.")
    if any(x.day == day for x in who.locked):
        return tr("{name} : ce jour est verrouillé.").format(name=who.name)
    found = _forced(solved, who, (rank, frozenset({OFF})), effort)
    if found is None:
        return tr("{name} ne peut pas être en repos {day}.").format(
            name=who.name, day=day_words(day)
        )
    return tr("Sans {name} {day} : {what}").format(
        name=who.name, day=day_words(day), what=_beside(solved, found, who)
    )


def answers_about(solved: Solved, member: int, day: date, effort: Effort = SOON) -> list[str]:
    """Return all there is to say of a cell: why the person comes, then why not for each post.

    Args:
        solved: The roster it is compared with.
        member: Key.
        day: Of the week.
        effort: How long to search, for each answer.
    """
    who, rank = solved.facts.someone(member), (day - solved.facts.week.first).days
    if who not in solved.facts.people:
        return [tr("Un bénévole se propose : personne ne l’affecte.")]
    own = solved.options(who)[rank]
    found = [why(solved, member, day, effort)] if own.duty != OFF else []
    held = {x.post for x in own.shifts}
    posts = dict.fromkeys(x.post for x in solved.facts.demand if x.day == day and x.post)
    for post in posts:
        if post not in held:
            said = why_not(solved, member, day, post, effort)
            found.append(tr("{post} : {why}").format(post=tr(POSTS[post]), why=said))
    return found or [tr("Aucun service ne demande personne ce jour-là.")]


def _forced(
    solved: Solved, who: Someone, cell: tuple[int, frozenset[str]], effort: Effort
) -> Solved | None:
    """Return the best roster in which somebody has one of some duties; ``None`` without any."""
    own = solved.weeks[who.label]
    with own.only(*cell):
        if not own.is_possible():
            return None
        return search(replace(solved, unlawful={}, alone={}), effort)


def _refused(who: Someone, choices: DayOptions, post: Post) -> str:
    if any(x.duty != OFF for x in choices.offered) and choices.offered[0].duty != OFF:
        return tr("{name} : ce jour est verrouillé.").format(name=who.name)
    for duty, why in choices.refused.items():
        if duty.startswith(f"{post}@") and why:
            return why
    return tr("Aucun service ne demande ce poste ce jour-là, ou pas à {name}.").format(
        name=who.name
    )


def _beside(solved: Solved, found: Solved, who: Someone) -> str:
    now = set(misses_in_words(solved))
    more = [words for words in misses_in_words(found) if words not in now]
    if found.chosen(who) is None:
        alerts = found.unlawful.get(who.label, ())
        return alerts[0].sentence if alerts else tr("Aucune semaine permise ne le contient.")
    if more:
        return tr("Possible, mais alors : {misses}").format(misses=" ".join(more))
    extra = found.answer.cost - solved.answer.cost
    if extra <= 0:
        return tr("Aussi bon : les deux choix se valent.")
    names = [
        each.name for each in solved.facts.people if _duties(solved, each) != _duties(found, each)
    ]
    return tr("Possible, {points} : la semaine changerait pour {names}.").format(
        points=trn("{n} point de moins bien", "{n} points de moins bien", extra),
        names=", ".join(names),
    )


def _duties(solved: Solved, who: Someone) -> list[str]:
    return [x.duty for x in solved.options(who)]


@dataclass(frozen=True)
class Conflict:
    """Needs that cannot be met together: leaving any one of them out is enough.

    Attributes:
        names: Of the needs, as the search has them.
        words: The whole, named.
    """

    names: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Relaxation:
    """One thing to give up, and what is left then.

    Attributes:
        name: What ``prepare`` takes, names apart by a space.
        broken: What is still missing; ``cost``, points of the roster there would be.
    """

    name: str
    words: str
    broken: int
    cost: int


def conflicts_of(solved: Solved, effort: Effort = EACH) -> list[Conflict]:
    """Return why a roster lacks what it lacks: for each cause the fewest needs that clash.

    Needs of a day that none can meet, each by itself, are told as one.
    """
    missed = [miss.name for miss in solved.answer.misses if miss.name in solved.table.counted]
    kept = [need.name for need in solved.table.needs if need.is_required]
    cores: list[list[str]] = []
    while missed:
        core = _core(solved, kept, effort)
        if not core:
            break
        cores.append(core)
        done = [name for name in core if name in missed] or core
        missed = [name for name in missed if name not in core]
        kept = [name for name in kept if name not in done]
    alone: dict[date, list[str]] = {}
    for core in cores:
        if len(core) == 1:
            alone.setdefault(solved.table.counted[core[0]].line.day, []).append(core[0])
    found = [core for core in cores if len(core) > 1]
    return [
        *(Conflict(tuple(x), _words(solved, x, together=False)) for x in alone.values()),
        *(Conflict(tuple(x), _words(solved, x, together=True)) for x in found),
    ]


def _core(solved: Solved, names: list[str], effort: Effort) -> list[str]:
    """Return the fewest needs that cannot be met together; whole days are left out first."""
    if not _clash(solved, names, effort):
        return []
    core = names
    days = dict.fromkeys(solved.table.counted[name].line.day for name in names)
    groups = [[n for n in names if solved.table.counted[n].line.day == day] for day in days]
    for group in groups:
        fewer = [name for name in core if name not in group]
        if fewer and _clash(solved, fewer, effort):
            core = fewer
    for name in list(core):
        fewer = [other for other in core if other != name]
        if fewer and _clash(solved, fewer, effort):
            core = fewer
    return core


def _clash(solved: Solved, names: list[str], effort: Effort) -> bool:
    """Tell whether it is proved that some needs cannot be met together."""
    wanted = frozenset(names)
    needs = [
        Need(x.name, x.minimum, is_required=True) if x.name in wanted else Need(x.name)
        for x in solved.table.needs
    ]
    answer = bare_choice(solved, needs, effort)
    return bool(answer.misses) and answer.is_broken_least


def _words(solved: Solved, names: list[str], *, together: bool) -> str:
    what = " ; ".join(needs_in_words(solved.table, names))
    if together:
        words = tr("Impossible ensemble : {what}.").format(what=what)
    else:
        words = tr("Impossible : {what}.").format(what=what)
    return " ".join([words, *_why_each(solved, names)])


def _why_each(solved: Solved, core: list[str]) -> list[str]:
    """Return what keeps those who count from what is missing."""
    found: dict[str, None] = {}
    for name in core:
        line = solved.table.counted[name].line
        rank = (line.day - solved.facts.week.first).days
        for who in solved.facts.people:
            if not may_count(who.worker, line.day):
                continue
            choices = solved.days[who.label][rank]
            offered = any(name.startswith(key) for x in choices.offered for key in x.covers)
            why = next((x for x in choices.refused.values() if x), "")
            if not offered and why:
                named = tr("{name} : {why}").format(name=who.name, why=why)
                found.setdefault(why if who.name in why else named)
    return list(found)


def relaxations_of(
    solved: Solved, found: Sequence[Conflict], effort: Effort = EACH
) -> list[Relaxation]:
    """Return what could be given up, one thing at a time, the best roster first.

    Args:
        solved: The roster that lacks something.
        found: Its conflicts; only what stands in them is tried.
        effort: For each thing that is tried.
    """
    tried: dict[str, str] = {}
    for conflict in found:
        days = {solved.table.counted[name].line.day: None for name in conflict.names}
        for day in days:
            tried |= _liftable(solved, day)
            own = [x for x in conflict.names if solved.table.counted[x].line.day == day]
            what = " ; ".join(needs_in_words(solved.table, own))
            tried[" ".join(own)] = tr("Se passer de : {what}.").format(what=what)
    made: list[Relaxation] = []
    for name, words in list(tried.items())[:MOST_TRIED]:
        if effort.is_cancelled():
            break
        answer = search(prepare(solved.facts, frozenset(name.split(" "))), effort).answer
        made.append(Relaxation(name, words, answer.broken, answer.cost))
    better = [x for x in made if x.broken < solved.answer.broken]
    return sorted(better, key=lambda x: (x.broken, x.cost, x.words))


def _liftable(solved: Solved, day: date) -> dict[str, str]:
    rank = (day - solved.facts.week.first).days
    found: dict[str, str] = {}
    for who in solved.facts.people:
        if not may_count(who.worker, day):
            continue
        said = {"name": who.name, "day": day_words(day)}
        if any(x.day == day for x in who.locked):
            words = tr("Déverrouiller {day} de {name}.").format(**said)
            found[lock_name(who, day)] = words
        elif any(x == busy_name(who, day) for x in solved.days[who.label][rank].lifts.values()):
            words = tr("Demander à {name} de venir {day}.").format(**said)
            found[busy_name(who, day)] = words
    return found
