"""What statuses, skills and counters are called."""

from datetime import date
from decimal import Decimal

from cantine_desktop.i18n import mark, number, short_day, tr
from cantine_desktop.sources import Source
from cantine_desktop.sources import Status as Wording
from cantine_desktop.staff.contracts.model import (
    Availability,
    AvailabilityKind,
    BalanceKind,
    Contract,
    OpeningBalance,
    Sex,
    SkillKind,
    Status,
    Wish,
)
from cantine_desktop.values.period import DAY

STATUSES: dict[Status, str] = {
    Status.PERMANENT: mark("CDI"),
    Status.FIXED_TERM: mark("CDD"),
    Status.APPRENTICE: mark("Apprentissage"),
    Status.PROFESSIONALISATION: mark("Contrat de professionnalisation"),
    Status.CIVIC_SERVICE: mark("Service civique"),
    Status.TRAINEE: mark("Stage"),
    Status.DINER_COOK: mark("Convive qui cuisine"),
    Status.BOARD_MEMBER: mark("Membre du conseil"),
}
SKILLS: dict[SkillKind, str] = {
    SkillKind.HYGIENE: mark("Hygiène alimentaire, 14 h"),
    SkillKind.FIRST_AID: mark("Premiers secours"),
    SkillKind.MACHINES: mark("Machines"),
    SkillKind.OPENING: mark("Ouverture, avec la clé"),
    SkillKind.CLOSING: mark("Fermeture, avec la clé"),
    SkillKind.CASH: mark("Caisse"),
}
SEXES: dict[Sex, str] = {Sex.WOMAN: mark("Femme"), Sex.MAN: mark("Homme")}
BALANCES: dict[BalanceKind, str] = {
    BalanceKind.LEAVE: mark("Congés payés (jours)"),
    BalanceKind.RECOVERY: mark("À récupérer (heures)"),
    BalanceKind.OVERTIME: mark("Heures supplémentaires de l’année (heures)"),
}
KINDS: dict[AvailabilityKind, str] = {
    AvailabilityKind.WEEKLY: mark("Chaque semaine"),
    AvailabilityKind.EXCEPTIONAL: mark("Exceptionnellement"),
    AvailabilityKind.SCHOOL: mark("École ou CFA"),
}
WEEKDAYS = (
    mark("lundi"),
    mark("mardi"),
    mark("mercredi"),
    mark("jeudi"),
    mark("vendredi"),
    mark("samedi"),
    mark("dimanche"),
)
WHOLE_DAY = (0, 1440)
WORDINGS: dict[Wording, str] = {
    Wording.TEXT: mark("texte lu"),
    Wording.OFFICIAL: mark("page officielle"),
    Wording.SECONDARY: mark("source secondaire"),
    Wording.PRACTICE: mark("choix de la cantine"),
    Wording.UNCHECKED: mark("à vérifier, cité de mémoire"),
}
"""How sure the wording of a rule is."""


def how_sure(source: Source) -> str:
    """Return how sure the wording of a rule is, in words."""
    return tr(WORDINGS[source.status])


def clock_words(minutes: int) -> str:
    """Return an hour of the day or a length in hours: « 9 h 30 », « 35 h »."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    words = tr("{hours} h").format(hours=hours)
    return f"{sign}{words}\u00a0{rest:02d}" if rest else f"{sign}{words}"


def span_words(first: date, end: date | None) -> str:
    """Return the days of a contract: « du 01/09/2026 au 31/08/2027 », « depuis le… »."""
    if end is None:
        return tr("depuis le {first}").format(first=short_day(first))
    return tr("du {first} au {last}").format(first=short_day(first), last=short_day(end - DAY))


def contract_words(contract: Contract) -> str:
    """Return a contract in a line: what it is, the job, the hours and the days."""
    parts = [tr(STATUSES[contract.status]), contract.job]
    if contract.weekly_minutes is not None:
        hours = clock_words(contract.weekly_minutes)
        parts.append(tr("{hours} par semaine").format(hours=hours))
    parts.append(span_words(contract.first, contract.end))
    return ", ".join(part for part in parts if part)


def availability_words(each: Availability) -> str:
    """Return an availability in a line: « Chaque semaine, mardi, pas disponible »."""
    parts = [tr(KINDS[each.kind])]
    if each.weekday is not None:
        parts.append(tr(WEEKDAYS[each.weekday]))
    if each.first is not None:
        parts.append(span_words(each.first, each.end))
    elif each.end is not None:
        parts.append(tr("jusqu’au {day}").format(day=short_day(each.end - DAY)))
    parts += [*_hours(each.start, each.finish)]
    parts.append(tr("disponible") if each.is_available else tr("pas disponible"))
    return ", ".join([*parts, *([each.note] if each.note else [])])


def wish_words(wish: Wish) -> str:
    """Return a wish in a line, with its weight out of five."""
    parts = [tr("Souhaite") if wish.is_wanted else tr("Préfère éviter")]
    day = tr("tous les jours") if wish.weekday is None else tr(WEEKDAYS[wish.weekday])
    parts[0] = tr("{wish} : {day}").format(wish=parts[0], day=day)
    parts += _hours(wish.start, wish.finish)
    parts.append(tr("poids {weight} sur 5").format(weight=wish.weight))
    return ", ".join(parts)


def balance_words(balance: OpeningBalance) -> str:
    """Return an opening balance in a line."""
    if balance.kind is BalanceKind.LEAVE:
        amount = number((Decimal(balance.amount) / 100).normalize() + 0)
    else:
        amount = clock_words(balance.amount)
    return tr("{what} : {amount} au {day}").format(
        what=tr(BALANCES[balance.kind]), amount=amount, day=short_day(balance.day)
    )


def _hours(start: int, finish: int) -> list[str]:
    if (start, finish) == WHOLE_DAY:
        return []
    first, last = clock_words(start), clock_words(finish)
    return [tr("de {start} à {finish}").format(start=first, finish=last)]
