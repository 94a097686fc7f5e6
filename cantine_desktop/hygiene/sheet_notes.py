"""What stands under the grids: the key, what to do, where the limits come from."""

from collections.abc import Sequence
from datetime import date

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from cantine_desktop.documents.styles import Align, heading, small
from cantine_desktop.documents.tables import Column, ruled_table
from cantine_desktop.hygiene.breach_rows import BreachRow
from cantine_desktop.hygiene.breach_words import measured_text, what_was_done, where
from cantine_desktop.hygiene.families import FAMILIES
from cantine_desktop.hygiene.honesty import identical_series
from cantine_desktop.hygiene.limits import USUAL_TOLERANCE, UnitKind
from cantine_desktop.hygiene.model import Gap, Slot
from cantine_desktop.hygiene.queries import UnitRow
from cantine_desktop.hygiene.retention.choices import months_kept
from cantine_desktop.hygiene.retention.classes import RETENTION, Retention
from cantine_desktop.hygiene.words import (
    BREACH_SIGN,
    TOLERATED_SIGN,
    gap_name,
    limit_text,
    series_words,
    slot_name,
    status_words,
)
from cantine_desktop.i18n import celsius, number, tr, trn
from cantine_desktop.sources import Status, sources


def kept_line(session: Session, retention: Retention) -> str:
    """Say how long records are kept: the canteen’s choice, and beside it what a text asks.

    It stands at the foot of every sheet, and follows the choice when it changes.
    """
    rule, months = RETENTION[retention], months_kept(session)[retention]
    if not months:
        return tr("À conserver tant que c’est utile (choix de la cantine).")
    kept, source = _span(months), sources()[rule.source]
    if source.status is Status.PRACTICE or not rule.least_months:
        return tr("À conserver {kept} (choix de la cantine).").format(kept=kept)
    # It already stands between parentheses.
    title = source.title.replace(" (", ", ").replace(")", "")
    if months == rule.least_months:
        said = tr("À conserver {kept} ({source}, {sure}).")
    else:
        said = tr("À conserver {kept} (choix de la cantine ; repère : {source}, {sure}).")
    return said.format(kept=kept, source=title, sure=status_words(source))


def _span(months: int) -> str:
    """Write how long in the unit people count in: up to twelve months, then years."""
    if months > 12 and months % 12 == 0:
        return trn("{n} an", "{n} ans", months // 12)
    return trn("{n} mois", "{n} mois", months)


def key_line(*, blank: bool) -> str:
    """Return how to fill the grid, or how to read it."""
    if blank:
        return tr(
            "Notez la température lue, jamais « OK ». Pas de relevé : écrivez pourquoi "
            "(fermé, oubli, panne). Entourez ce qui dépasse la limite."
        )
    return tr(
        "{breach} encadré : non conforme, action immédiate. {tolerated} : au-dessus de la limite "
        "mais toléré par la cantine, à recontrôler. — : rien n’a été noté. Barré : corrigé après "
        "signature."
    ).format(breach=BREACH_SIGN, tolerated=TOLERATED_SIGN)


def what_to_do() -> list[str]:
    """Return what a person alone in the kitchen does when a unit is too warm."""
    fridge, freezer = (USUAL_TOLERANCE[kind] for kind in (UnitKind.FRIDGE, UnitKind.FREEZER))
    return [
        tr(
            "Jusqu’à {fridge} au-dessus (froid positif) ou {freezer} (congélateur) : vérifiez la "
            "porte, le givre, la charge ; recontrôlez dans 30 à 60 min et notez."
        ).format(fridge=celsius(fridge), freezer=celsius(freezer)),
        tr(
            "Au-delà : mesurez à cœur la denrée la plus fragile, transférez dans une enceinte "
            "conforme, prévenez la direction ou le dépanneur."
        ),
        tr("Dans le doute, isolez « NE PAS UTILISER » ; une denrée jetée se note (quantité)."),
    ]


def what_happened(
    units: Sequence[UnitRow], days: Sequence[date], breaches: Sequence[BreachRow]
) -> list[Flowable]:
    """Return the breaches and what was done, then what is missing, repeated or late."""
    notes = [small(note) for note in gap_notes(units, days)]
    if not breaches:
        return [small(tr("Aucun écart au-delà de la zone de tolérance.")), *notes]
    return [*breaches_part(breaches), *notes]


def breaches_part(breaches: Sequence[BreachRow]) -> list[Flowable]:
    """Return the table of breaches with what was done about each, under its heading."""
    columns = [
        Column(tr("Écart"), 2),
        Column(tr("Relevé"), 1.7),
        Column(tr("Cause, action corrective, contrôle"), 5.3),
        Column(tr("État"), 1.2),
    ]
    rows = [
        [
            where(row),
            measured_text(row),
            what_was_done(row) or tr("Rien n’est encore noté."),
            tr("réglé") if row.settled_at else tr("à régler"),
        ]
        for row in breaches
    ]
    return [heading(tr("Écarts et actions correctives")), ruled_table(columns, rows)]


def gap_notes(units: Sequence[UnitRow], days: Sequence[date]) -> list[str]:
    """Say why readings are missing, what repeats strangely, and what was written late."""
    notes: list[str] = []
    for day in days:
        for slot in Slot:
            notes += _gaps_of(units, day, slot)
    notes += [
        tr("{series} ; à vérifier au thermomètre.").format(series=series_words(series))
        for series in identical_series(units)
    ]
    late = sum(cell.late for unit in units for cell in unit.cells.values())
    if late:
        notes.append(
            tr("{n} relevés notés dans le registre après leur jour.").format(n=late)
            if late > 1
            else tr("Un relevé noté dans le registre après son jour.")
        )
    return notes


def _gaps_of(units: Sequence[UnitRow], day: date, slot: Slot) -> list[str]:
    reasons: dict[str, list[str]] = {}
    for unit in units:
        cell = unit.cells.get((day, slot))
        if cell is None or cell.value.gap in {None, Gap.CLOSED}:
            continue
        assert cell.value.gap is not None
        words = " : ".join(part for part in (gap_name(cell.value.gap), cell.value.note) if part)
        reasons.setdefault(words, []).append(unit.name)
    return [
        tr("Non relevé le {day} {slot} — {reason} ({units}).").format(
            day=f"{day:%d/%m}", slot=slot_name(slot), reason=reason, units=", ".join(names)
        )
        for reason, names in reasons.items()
    ]


def limits_table() -> Flowable:
    """Return the storage limits by family of food, each with its text and how sure it is.

    Source: AM09-I, AM09-IV1, AM09-IV-PT, AM13.
    """
    columns = [
        Column(tr("Famille de denrées"), 5),
        Column(tr("Limite"), 1.2, Align.RIGHT),
        Column(tr("D’où vient la limite"), 4.5),
    ]
    rows = [
        [
            tr(rule.label),
            limit_text(rule.maximum),
            f"{sources()[rule.source].title} ({status_words(sources()[rule.source])})",
        ]
        for rule in FAMILIES.values()
    ]
    return ruled_table(columns, rows, size=9)


def tolerance_note() -> Flowable:
    """Say that a tolerance is the canteen's own and makes nothing legal.

    Source: BP, SURG.
    """
    return small(
        tr(
            "La tolérance (+{fridge} °C en froid positif, +{freezer} °C pour les congélateurs, "
            "aucune pour les plats témoins) est un choix de la cantine, sans texte pour le "
            "stockage : elle ne rend pas un relevé conforme, elle dit seulement de recontrôler "
            "avant de vider l’enceinte. Document non relu par un service officiel."
        ).format(
            fridge=number(USUAL_TOLERANCE[UnitKind.FRIDGE]),
            freezer=number(USUAL_TOLERANCE[UnitKind.FREEZER]),
        )
    )
