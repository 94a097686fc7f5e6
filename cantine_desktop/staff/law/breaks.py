"""Breaks, and days cut in two (pauses et coupures)."""

from collections.abc import Iterator

from cantine_desktop.i18n import tr, trn
from cantine_desktop.staff.law.articles import cite
from cantine_desktop.staff.law.case import Case
from cantine_desktop.staff.law.nouns import Alert
from cantine_desktop.staff.law.rules import Limit
from cantine_desktop.staff.law.stints import Stint, minute_of
from cantine_desktop.staff.law.timeline import WorkDay
from cantine_desktop.staff.law.wording import day, duration, moment


def break_due(case: Case) -> Iterator[Alert]:
    """Judge that a break is taken before so much work is reached; every day at ÉCLAT.

    A break inside a stint whose time nobody noted is taken as early as needed. The time between
    two stints is a break too.

    Source: CT-TEMPS, ECLAT.
    """
    for work in case.work_days:
        limit = case.limit("BREAK", work.day)
        if limit is None or work.effective < limit.after:
            continue
        taken = _taken_in_time(work, limit)
        if taken >= limit.whole:
            continue
        said = {
            "taken": duration(taken),
            "worked": duration(work.effective),
            "day": day(work.day),
            "limit": duration(limit.whole),
            "article": cite(limit.article),
        }
        sentence = (
            tr(
                "Pause de {taken} pour {worked} de travail {day} : {limit} sont dues ({article})."
            ).format(**said)
            if taken
            else tr(
                "Aucune pause pour {worked} de travail {day} : {limit} sont dues ({article})."
            ).format(**said)
        )
        yield case.alert(
            limit,
            [work.day],
            taken,
            sentence,
            _when_due(limit),
        )


def _when_due(limit: Limit) -> str:
    if not limit.after:
        return tr("Prévoir {limit} de suite.").format(limit=duration(limit.whole))
    return tr("Prévoir {limit} de suite avant que {after} de travail soient atteintes.").format(
        limit=duration(limit.whole), after=duration(limit.after)
    )


def _taken_in_time(work: WorkDay, limit: Limit) -> int:
    """Return the longest break that begins before ``limit.after`` minutes are worked."""
    longest = worked = 0
    reached = work.since
    for stint in work.stints:
        in_time = not limit.after or worked < limit.after
        if in_time:
            longest = max(longest, stint.since - reached if stint.since > reached else 0)
        if stint.pause:
            before = worked if stint.pause_at is None else worked + _before_break(stint)
            if not limit.after or before < limit.after:
                longest = max(longest, stint.pause)
        worked += stint.effective
        reached = max(reached, stint.until)
    return longest


def _before_break(stint: Stint) -> int:
    return 0 if stint.pause_at is None else minute_of(stint.pause_at) - stint.since


def break_minor(case: Case) -> Iterator[Alert]:
    """Judge that nobody under 18 works more than 4 h 30 without 30 minutes of break.

    Source: CT-JEUNES, CSN.
    """
    for work in case.work_days:
        limit = case.limit("BREAK_MINOR", work.day)
        if limit is None:
            continue
        run = _longest_run(work, limit.whole, limit.after)
        if run <= limit.after:
            continue
        yield case.alert(
            limit,
            [work.day],
            run,
            tr(
                "{run} de travail sans pause de {limit} {day} : {after} au plus ({article})."
            ).format(
                run=duration(run),
                limit=duration(limit.whole),
                day=day(work.day),
                after=duration(limit.after),
                article=cite(limit.article),
            ),
            tr("Prévoir {limit} de suite au bout de {after} au plus.").format(
                limit=duration(limit.whole), after=duration(limit.after)
            ),
        )


def _longest_run(work: WorkDay, least: int, most: int) -> int:
    """Return the longest work without a break of ``least`` minutes.

    A break nobody placed is put as late as ``most`` minutes of work allow.
    """
    longest = run = 0
    reached = work.since
    for stint in work.stints:
        if stint.since - reached >= least:
            run = 0
        if stint.pause < least:
            run += stint.effective
        else:
            before = (
                min(max(most - run, 0), stint.effective)
                if stint.pause_at is None
                else _before_break(stint)
            )
            longest = max(longest, run + before)
            run = stint.effective - before
        longest = max(longest, run)
        reached = max(reached, stint.until)
    return longest


def _splits(work: WorkDay, shortest: int) -> list[tuple[int, int]]:
    """Return the times between stints that are too long to be a break for a meal."""
    return [gap for gap in work.gaps if gap[1] - gap[0] > shortest]


def split_count(case: Case) -> Iterator[Alert]:
    """Judge how often a day is interrupted: once at most for part-time, and at ÉCLAT.

    Source: CT-TEMPS, ECLAT, BP.
    """
    for work in case.work_days:
        limit, shortest = case.limit("SPLIT_COUNT", work.day), case.limit("SPLIT_FROM", work.day)
        if limit is None or shortest is None or len(work.stints) < 3:
            continue
        count = len(_splits(work, shortest.whole))
        if count <= limit.whole:
            continue
        yield case.alert(
            limit,
            [work.day],
            count,
            tr("{count} {day} : {limit} au plus ({article}).").format(
                count=trn("{n} coupure", "{n} coupures", count),
                day=day(work.day),
                limit=trn("{n} coupure", "{n} coupures", limit.whole),
                article=cite(limit.article),
            ),
            tr("Rapprocher deux postes de la journée."),
        )


def sequence_min(case: Case) -> Iterator[Alert]:
    """Judge how short a half-day of part-time work is at ÉCLAT, a short stop not cutting it.

    Source: ECLAT, BP.
    """
    for work in case.work_days:
        limit, shortest = case.limit("SEQUENCE_MIN", work.day), case.limit("SPLIT_FROM", work.day)
        if limit is None or shortest is None:
            continue
        reached = work.since
        for first, end in (*_splits(work, shortest.whole), (work.until, work.until)):
            length = first - reached
            if length < limit.whole:
                yield case.alert(
                    limit,
                    [work.day],
                    length,
                    tr("{length} de suite {day} : {limit} au moins ({article}).").format(
                        length=duration(length),
                        day=day(work.day),
                        limit=duration(limit.whole),
                        article=cite(limit.article),
                    ),
                    tr("Regrouper ces heures avec d’autres."),
                )
            reached = end


def split_length(case: Case) -> Iterator[Alert]:
    """Judge how long a part-time day is interrupted; HCR allows more under conditions.

    Source: CT-TEMPS, HCR, BP.
    """
    for work in case.work_days:
        limit, shortest = case.limit("SPLIT_LENGTH", work.day), case.limit("SPLIT_FROM", work.day)
        if limit is None or shortest is None or len(work.stints) < 2:
            continue
        most = _longest_split(case, work, limit)
        for first, end in _splits(work, shortest.whole):
            if end - first <= most:
                continue
            yield case.alert(
                limit,
                [work.day],
                end - first,
                tr("Coupure de {gap} de {start} à {end} : {limit} au plus ({article}).").format(
                    gap=duration(end - first),
                    start=moment(first),
                    end=moment(end),
                    limit=duration(most),
                    article=cite(limit.article),
                ),
                _shorten(limit, most),
            )


def _longest_split(case: Case, work: WorkDay, limit: Limit) -> int:
    terms = case.worker.terms_on(work.day)
    if not limit.sequences:
        return limit.whole
    long_enough = all(stint.until - stint.since >= limit.sequences for stint in work.stints)
    contract = terms.weekly_minutes if terms else 0
    holds = long_enough and contract >= limit.contract
    return limit.whole if holds else min(limit.otherwise, limit.whole)


def _shorten(limit: Limit, most: int) -> str:
    if most == limit.whole:
        return tr("Raccourcir la coupure.")
    return tr(
        "Raccourcir la coupure. Jusqu’à {value}, il faut un contrat d’au moins {contract} par "
        "semaine et deux postes d’au moins {sequence}."
    ).format(
        value=duration(limit.whole),
        contract=duration(limit.contract),
        sequence=duration(limit.sequences),
    )
