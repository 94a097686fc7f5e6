"""How breaches are put into words, on screen and on paper."""

from decimal import Decimal

from cantine_desktop.hygiene.breach_rows import BreachRow, BreachState
from cantine_desktop.hygiene.breach_tables import CauseGroup, Decision, LotState
from cantine_desktop.hygiene.faults import Severity
from cantine_desktop.hygiene.words import round_celsius, slot_name
from cantine_desktop.i18n import celsius, hour, number, round_half_up, tr, trn

NNBSP = "\u202f"


def figure(value: Decimal, unit: str) -> str:
    """Write a measure in its unit: ``6,2 °C``, ``135 min``, ``27 %``."""
    if unit == "°C":
        return celsius(round_half_up(value, 1))
    return f"{number(_short(value))}{NNBSP}{unit}".rstrip()


def measured_text(row: BreachRow) -> str:
    """Write what was measured, or what was seen where nothing is."""
    if row.measured is not None:
        return figure(row.measured, row.unit)
    return row.words


def bound_text(row: BreachRow) -> str:
    """Write the bound that was crossed: ``≤ 4 °C``, ``≥ 63 °C``; empty when there is none."""
    if row.limit is None:
        return ""
    bound = round_celsius(row.limit) if row.unit == "°C" else figure(row.limit, row.unit)
    below = row.measured is not None and row.measured < row.limit
    return (tr("≥ {limit}") if below else tr("≤ {limit}")).format(limit=bound)


def where(row: BreachRow) -> str:
    """Say what was out of bounds, and when: ``CF 2, 20/11 matin``."""
    day = f"{row.day:%d/%m}"
    if row.slot is None:
        return tr("{subject}, {day}").format(subject=row.subject, day=day)
    return tr("{unit}, {day} {slot}").format(unit=row.subject, day=day, slot=slot_name(row.slot))


def about(row: BreachRow) -> str:
    """Say what is concerned and where: « CF 2, matin », « Vitre cassée (cuisine) »."""
    said = row.subject if row.slot is None else f"{row.subject}, {slot_name(row.slot)}"
    return tr("{subject} ({place})").format(subject=said, place=row.place) if row.place else said


def what_was_done(row: BreachRow) -> str:
    """Say the causes, actions and rechecks of a breach, in order, in one paragraph."""
    said: list[str] = []
    for action in row.actions:
        words = " → ".join(part for part in (action.cause, action.action) if part)
        if action.recheck_value is not None and action.recheck_at is not None:
            words += tr(" ; contrôle à {hour} : {celsius}").format(
                hour=hour(action.recheck_at), celsius=figure(action.recheck_value, row.unit)
            )
        elif action.worked is not None and action.recheck_at is not None:
            seen = tr("bon") if action.worked else tr("pas encore bon")
            words += tr(" ; contrôle à {hour} : {celsius}").format(
                hour=hour(action.recheck_at), celsius=seen
            )
        if action.initials:
            words += f" ({action.initials})"
        said.append(words)
    return ". ".join(said)


def state_name(state: BreachState) -> str:
    """Return how far a breach is, in a word or two."""
    names = {
        BreachState.TO_ACT: tr("à traiter"),
        BreachState.TO_RECHECK: tr("à recontrôler"),
        BreachState.TO_VERIFY: tr("à vérifier"),
        BreachState.SETTLED: tr("réglée"),
        BreachState.CLOSED: tr("close"),
        BreachState.WITHDRAWN: tr("annulée"),
    }
    return names[state]


def severity_name(severity: Severity) -> str:
    """Return how serious a breach is."""
    names = {
        Severity.MINOR: tr("mineure"),
        Severity.MAJOR: tr("majeure"),
        Severity.CRITICAL: tr("critique"),
    }
    return names[severity]


def cause_group_name(group: CauseGroup) -> str:
    """Return the name of one of the five M."""
    names = {
        CauseGroup.MATERIAL: tr("Matière (denrée, livraison)"),
        CauseGroup.METHOD: tr("Méthode"),
        CauseGroup.PEOPLE: tr("Main-d’œuvre"),
        CauseGroup.EQUIPMENT: tr("Matériel"),
        CauseGroup.PLACE: tr("Milieu (locaux)"),
    }
    return names[group]


def decision_name(decision: Decision) -> str:
    """Return what becomes of the food."""
    names = {
        Decision.NONE: tr("Aucune denrée concernée"),
        Decision.KEPT: tr("Conservée"),
        Decision.RESERVED: tr("Acceptée avec réserve"),
        Decision.BLOCKED: tr("Bloquée en attendant"),
        Decision.RETURNED: tr("Refusée, rendue au fournisseur"),
        Decision.REWORKED: tr("Recuite ou remise en température"),
        Decision.DESTROYED: tr("Jetée"),
    }
    return names[decision]


def lot_state_name(state: LotState) -> str:
    """Return what may be done with a lot set aside."""
    names = {
        LotState.RESERVED: tr("accepté avec réserve"),
        LotState.BLOCKED: tr("bloqué"),
        LotState.REFUSED: tr("refusé"),
        LotState.DESTROYED: tr("jeté"),
    }
    return names[state]


def age(hours: int) -> str:
    """Write how long a breach has been open."""
    if hours < 1:
        return tr("moins d’une heure")
    if hours < 48:
        return trn("{n} heure", "{n} heures", hours)
    return trn("{n} jour", "{n} jours", hours // 24)


def _short(value: Decimal) -> Decimal:
    """Drop the zeros a stored measure ends with."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
