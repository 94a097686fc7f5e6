"""How readings, limits and breaches are put into words, on screen and on paper."""

from decimal import Decimal

from cantine_desktop.hygiene.families import FAMILIES, Family
from cantine_desktop.hygiene.honesty import Series
from cantine_desktop.hygiene.limits import Bounds, UnitKind, Verdict
from cantine_desktop.hygiene.model import Frequency, Gap, Slot
from cantine_desktop.hygiene.queries import UnitRow, Value
from cantine_desktop.i18n import celsius, number, tr
from cantine_desktop.sources import Source, Status

BREACH_SIGN = "▲"
TOLERATED_SIGN = "△"


def kind_name(kind: UnitKind) -> str:
    """Return the name of a kind of cold unit."""
    names = {
        UnitKind.FRIDGE: tr("Réfrigérateur"),
        UnitKind.COLD_ROOM: tr("Chambre froide"),
        UnitKind.DISPLAY: tr("Vitrine, saladette"),
        UnitKind.SAMPLES: tr("Réfrigérateur des plats témoins"),
        UnitKind.FREEZER: tr("Congélateur"),
    }
    return names[kind]


def frequency_name(frequency: Frequency) -> str:
    """Return how often a unit is read: ``Matin et soir``."""
    names = {Frequency.TWICE: tr("Matin et soir"), Frequency.ONCE: tr("Le matin seulement")}
    return names[frequency]


def slot_name(slot: Slot) -> str:
    """Return the name of a part of the day: ``matin``."""
    return {Slot.MORNING: tr("matin"), Slot.EVENING: tr("soir")}[slot]


def gap_name(gap: Gap) -> str:
    """Return why there is no temperature: ``oubli``."""
    names = {
        Gap.CLOSED: tr("fermé"),
        Gap.FORGOTTEN: tr("oubli"),
        Gap.OUT_OF_ORDER: tr("panne"),
        Gap.OTHER: tr("autre"),
    }
    return names[gap]


def verdict_name(verdict: Verdict) -> str:
    """Return a verdict in a word; ``tolerated`` says that it is not legal conformity."""
    names = {
        Verdict.CONFORM: tr("conforme"),
        Verdict.TOLERATED: tr("toléré, à recontrôler"),
        Verdict.BREACH: tr("non conforme"),
        Verdict.NOT_DONE: tr("non relevé"),
        Verdict.NOT_APPLICABLE: tr("sans objet"),
    }
    return names[verdict]


def value_text(value: Value) -> str:
    """Write what a cell says: ``3,2``, or the reason of the gap."""
    if value.gap is not None:
        return gap_name(value.gap)
    return "" if value.celsius is None else number(value.celsius, 1)


def round_celsius(value: Decimal) -> str:
    """Write a temperature set, not read: ``4 °C`` rather than ``4,0 °C``."""
    whole = value.to_integral_value()
    return celsius(whole if value == whole else value)


def limit_text(limit: Decimal) -> str:
    """Write a limit: ``≤ 4 °C``, ``≤ −18 °C``."""
    return tr("≤ {limit}").format(limit=round_celsius(limit))


def limit_reason(bounds: Bounds, decided_by: Family | None) -> str:
    """Say a limit, what decided it, and from where the canteen acts at once."""
    said = limit_text(bounds.limit)
    if decided_by is not None:
        said = tr("{limit}, à cause de : {family}").format(
            limit=said, family=tr(FAMILIES[decided_by].label)
        )
    if bounds.tolerance:
        above = round_celsius(bounds.limit + bounds.tolerance)
        said += tr(" ; action immédiate au-dessus de {above} (choix de la cantine)").format(
            above=above
        )
    return said


def series_words(series: Series) -> str:
    """Say that a temperature repeats: ``CF 1 : 3,1 °C notés 8 fois de suite``."""
    return tr("{unit} : {celsius} notés {n} fois de suite").format(
        unit=series.unit, celsius=celsius(series.celsius), n=series.times
    )


def unit_note(row: UnitRow) -> str:
    """Return the small line under the name of a unit: its limit."""
    return limit_text(row.bounds.limit)


def status_words(source: Source) -> str:
    """Say how sure the wording of a source is; a rule from memory is said to be one."""
    names = {
        Status.TEXT: tr("texte lu"),
        Status.OFFICIAL: tr("page officielle"),
        Status.SECONDARY: tr("source secondaire"),
        Status.PRACTICE: tr("choix de la cantine"),
        Status.UNCHECKED: tr("à vérifier, cité de mémoire"),
    }
    return names[source.status]
