"""The length of a day: effective work, work across midnight, amplitude, two posts at once."""

from collections.abc import Iterator
from itertools import pairwise

from cantine_desktop.i18n import tr
from cantine_desktop.staff.law.articles import cite
from cantine_desktop.staff.law.case import Case
from cantine_desktop.staff.law.nouns import Alert
from cantine_desktop.staff.law.stints import DAY_LONG, clock_minute
from cantine_desktop.staff.law.wording import day, duration, moment
from cantine_desktop.values.period import DAY


def daily_max(case: Case) -> Iterator[Alert]:
    """Judge effective work by civil day, from 0 h to 24 h: what follows midnight is tomorrow's.

    Source: CT-TEMPS, CT-JEUNES, ECLAT, HCR.
    """
    for when, minutes in case.line.minutes.items():
        if when not in case.span:
            continue
        limit = case.limit("DAILY_MAX", when)
        if limit is None or minutes <= limit.whole:
            continue
        over = minutes - limit.whole
        yield case.alert(
            limit,
            [when],
            minutes,
            tr("{worked} de travail {day} : {over} de trop pour {limit} ({article}).").format(
                worked=duration(minutes),
                day=day(when),
                over=duration(over),
                limit=duration(limit.whole),
                article=cite(limit.article),
            ),
            tr("Retirer {over} ce jour-là, ou ajouter une pause.").format(over=duration(over)),
        )


def period_max(case: Case) -> Iterator[Alert]:
    """Judge work that goes on past midnight, when neither civil day is too long alone.

    Source: CT-TEMPS, CT-JEUNES, HCR.
    """
    for work in case.work_days:
        if work.until <= clock_minute(work.day, DAY_LONG):
            continue
        limit, alone = case.limit("PERIOD_MAX", work.day), case.limit("DAILY_MAX", work.day)
        if limit is None or alone is None or work.effective <= limit.whole:
            continue
        parts = [case.line.minutes.get(each, 0) for each in (work.day, work.day + DAY)]
        if max(parts) > alone.whole:
            continue
        yield case.alert(
            limit,
            [work.day, work.day + DAY],
            work.effective,
            tr(
                "{worked} d’un seul tenant de {start} à {end}, partagées par minuit : "
                "plus de {limit} ({article})."
            ).format(
                worked=duration(work.effective),
                start=moment(work.since),
                end=moment(work.until),
                limit=duration(limit.whole),
                article=cite(limit.article),
            ),
            tr("Finir plus tôt, ou noter pourquoi c’était nécessaire."),
        )


def amplitude(case: Case) -> Iterator[Alert]:
    """Judge the time between the beginning and the end of a day's work.

    Source: CT-DEDUIT, ECLAT.
    """
    for work in case.work_days:
        limit = case.limit("AMPLITUDE", work.day)
        if limit is None or work.amplitude <= limit.whole:
            continue
        yield case.alert(
            limit,
            [work.day],
            work.amplitude,
            tr(
                "Amplitude de {span} de {start} à {end} : {over} de trop pour {limit} ({article})."
            ).format(
                span=duration(work.amplitude),
                start=moment(work.since),
                end=moment(work.until),
                over=duration(work.amplitude - limit.whole),
                limit=duration(limit.whole),
                article=cite(limit.article),
            ),
            tr("Finir {time} au plus tard, ou commencer plus tard.").format(
                time=moment(work.since + limit.whole)
            ),
        )


def overlap(case: Case) -> Iterator[Alert]:
    """Find two posts at the same time; the other rules reckon such minutes once."""
    stints = case.line.stints
    for before, after in pairwise(stints):
        limit = case.limit("OVERLAP", after.day)
        common = min(before.until, after.until) - after.since
        if limit is None or common <= 0 or after.day not in case.span:
            continue
        yield case.alert(
            limit,
            [after.day],
            common,
            tr("Deux postes à la fois pendant {common} à partir de {start}.").format(
                common=duration(common), start=moment(after.since)
            ),
            tr("Raccourcir ou retirer l’un des deux."),
        )


def outside_contract(case: Case) -> Iterator[Alert]:
    """Find work on days that no contract, mission or placement holds.

    Source: CT-TEMPS, BP.
    """
    for work in case.work_days:
        limit = case.limit("OUTSIDE_CONTRACT", work.day)
        if limit is None or case.worker.terms_on(work.day) or not case.worker.terms:
            continue
        yield case.alert(
            limit,
            [work.day],
            1,
            tr("{worked} de travail {day}, hors de tout contrat ({article}).").format(
                worked=duration(work.effective), day=day(work.day), article=cite(limit.article)
            ),
            tr("Noter la période de contrat, ou retirer ce poste."),
        )
