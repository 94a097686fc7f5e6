"""How equipment, checks and documents are put into words, on screen and on paper."""

from datetime import date
from decimal import Decimal

from cantine_desktop.hygiene.equipment.kinds import KINDS, EquipmentKind
from cantine_desktop.hygiene.equipment.model import CalibrationTest, Equipment
from cantine_desktop.i18n import celsius, number, short_day, tr
from cantine_desktop.values.text import NBSP


def kind_name(kind: EquipmentKind) -> str:
    """Return the name of a kind of equipment."""
    return tr(KINDS[kind].label)


def check_name(test: CalibrationTest) -> str:
    """Return the name of a check: ``Glace fondante``."""
    names = {
        CalibrationTest.ICE: tr("Glace fondante"),
        CalibrationTest.BOIL: tr("Eau bouillante"),
        CalibrationTest.COMPARE: tr("Afficheur comparé à la sonde"),
        CalibrationTest.WEIGH: tr("Masse étalon"),
    }
    return names[test]


def figure(value: Decimal | None, test: CalibrationTest | None) -> str:
    """Write what an instrument said: ``1,2 °C``, ``998 g``."""
    if value is None:
        return ""
    tidy = (
        value.normalize() + 0 if value != value.to_integral_value() else value.quantize(Decimal(1))
    )
    if test is CalibrationTest.WEIGH:
        return f"{number(tidy)}{NBSP}g"
    return celsius(tidy)


def signed_figure(value: Decimal | None, test: CalibrationTest | None) -> str:
    """Write a difference with its sign: ``+1,2 °C``."""
    if value is None:
        return ""
    return f"+{figure(value, test)}" if value > 0 else figure(value, test)


def state_words(equipment: Equipment, day: date) -> str:
    """Say whether an appliance is in use on a day."""
    if equipment.until is not None and equipment.until <= day:
        return tr("retiré le {day}").format(day=short_day(equipment.until))
    if equipment.broken_since is not None:
        return tr("hors service depuis le {day}").format(day=short_day(equipment.broken_since))
    if equipment.since is not None and day < equipment.since:
        return tr("en service le {day}").format(day=short_day(equipment.since))
    return tr("en service")


def document_state(state: str) -> str:
    """Say where a document stands: ``manque``, ``à renouveler``."""
    names = {
        "missing": tr("manque"),
        "expired": tr("échu"),
        "soon": tr("à renouveler"),
        "valid": tr("valable"),
        "replaced": tr("remplacé"),
    }
    return names[state]
