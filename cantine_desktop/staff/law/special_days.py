"""Public holidays and Sundays."""

from collections.abc import Iterator
from datetime import date

from cantine_desktop.i18n import tr
from cantine_desktop.staff.law.articles import cite
from cantine_desktop.staff.law.case import Case
from cantine_desktop.staff.law.nouns import Alert, Status
from cantine_desktop.staff.law.wording import day, duration


def holiday_minor(case: Case) -> Iterator[Alert]:
    """Judge that nobody under 18 works on a public holiday, Alsatian ones included.

    Source: CT-JEUNES, CSN, CT-FERIES.
    """
    for when, minutes, name in _holidays(case):
        limit = case.limit("HOLIDAY_MINOR", when)
        agreed = case.context.minors_on_holidays and case.limit("LEGAL_WEEK", when) is not None
        if limit is None or (agreed and not _is_may_first(when)):
            continue
        yield case.alert(
            limit,
            [when],
            minutes,
            tr("{worked} de travail {day}, jour férié ({name}), avant 18 ans ({article}).").format(
                worked=duration(minutes), day=day(when), name=name, article=cite(limit.article)
            ),
            tr("Libérer cette journée."),
        )


def may_first(case: Case) -> Iterator[Alert]:
    """Judge work on 1 May, which is off and paid, and paid double when it cannot stop.

    Source: CT-TEMPS.
    """
    for when, minutes, _name in _holidays(case):
        limit = case.limit("MAY_FIRST", when)
        if limit is None or not _is_may_first(when):
            continue
        yield case.alert(
            limit,
            [when],
            minutes,
            tr("{worked} de travail le 1er mai, chômé et payé, ou payé double ({article}).").format(
                worked=duration(minutes), article=cite(limit.article)
            ),
            tr("Fermer, ou noter pourquoi le travail ne peut pas s’interrompre."),
        )


def holiday(case: Case) -> Iterator[Alert]:
    """Tell of adults' work on other public holidays; in Alsace and Moselle it is to justify.

    Source: CT-TEMPS, ECLAT, HCR, CT-FERIES.
    """
    for when, minutes, name in _holidays(case):
        limit = case.limit("LOCAL_HOLIDAY" if case.is_local else "HOLIDAY", when)
        if limit is None or _is_may_first(when) or case.regime(when).is_minor:
            continue
        said = {
            "worked": duration(minutes),
            "day": day(when),
            "name": name,
            "article": cite(limit.article),
        }
        sentence = (
            tr(
                "{worked} {day}, {name} : en Alsace-Moselle, seul ce qui presse ({article})."
            ).format(**said)
            if case.is_local
            else tr("{worked} de travail {day}, jour férié ({name}) ({article}).").format(**said)
        )
        yield case.alert(
            limit,
            [when],
            minutes,
            sentence,
            tr("Prévoir la compensation de l’accord."),
        )


def sunday(case: Case) -> Iterator[Alert]:
    """Tell of work on Sundays; that of the young is to justify, but for apprentices.

    Source: CT-TEMPS, CT-JEUNES, ECLAT, ALISFA.
    """
    for when, minutes in case.line.minutes.items():
        if when.weekday() != 6 or when not in case.span:
            continue
        is_apprentice = case.worker.status_on(when) is Status.APPRENTICE
        rule = "SUNDAY"
        if case.regime(when).is_minor and not is_apprentice:
            rule = "SUNDAY_MINOR"
        elif case.is_local:
            rule = "LOCAL_HOLIDAY"
        limit = case.limit(rule, when)
        if limit is None:
            continue
        yield case.alert(
            limit,
            [when],
            minutes,
            tr("{worked} de travail {day} ({article}).").format(
                worked=duration(minutes), day=day(when), article=cite(limit.article)
            ),
            tr("Vérifier le roulement et la compensation."),
        )


def _holidays(case: Case) -> Iterator[tuple[date, int, str]]:
    for when, minutes in case.line.minutes.items():
        if when in case.span:
            name = case.holiday(when)
            if name:
                yield when, minutes, name


def _is_may_first(when: date) -> bool:
    return (when.month, when.day) == (5, 1)
