"""What to write to those who must hear of a breach, ready to copy."""

from cantine_desktop.hygiene.breach_effects import Tells
from cantine_desktop.hygiene.breach_rows import BreachRow
from cantine_desktop.hygiene.breach_words import bound_text, measured_text
from cantine_desktop.i18n import short_day, tr


def letter(row: BreachRow, to: Tells, canteen: str) -> str:
    """Write to the supplier, or to the DDPP, what happened with which food.

    Args:
        row: The breach.
        to: Who reads it.
        canteen: Name of the canteen, which signs.
    """
    lines = [tr("Bonjour,"), "", _opening(row, to), "", *_facts(row), "", _asking(to), "", canteen]
    return "\n".join(lines)


def _opening(row: BreachRow, to: Tells) -> str:
    day = short_day(row.day)
    if to is Tells.SUPPLIER:
        return tr("Nous avons constaté le {day} un défaut sur un produit que vous livrez :").format(
            day=day
        )
    return tr(
        "Nous vous signalons un produit susceptible de présenter un risque, constaté le {day} :"
    ).format(day=day)


def _facts(row: BreachRow) -> list[str]:
    facts = [
        (tr("Produit"), row.product or row.subject),
        (tr("Lot"), row.lot),
        (tr("Quantité"), row.quantity),
        (tr("Constat"), row.words or measured_text(row)),
        (tr("Limite"), bound_text(row)),
        (tr("Fiche"), row.number),
    ]
    return [
        tr("– {name} : {value}").format(name=name, value=value) for name, value in facts if value
    ]


def _asking(to: Tells) -> str:
    if to is Tells.SUPPLIER:
        return tr("Merci de nous dire l’origine du défaut, et ce que vous proposez.")
    return tr("Le lot est bloqué. Nous tenons nos fiches et la traçabilité à votre disposition.")
