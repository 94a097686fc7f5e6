"""How boxes, frequencies and products are put into words, on screen and on paper."""

from datetime import date
from decimal import Decimal

from cantine_desktop.hygiene.cleaning.matrix import Item, Matrix, Takes
from cantine_desktop.hygiene.cleaning.model import (
    Answer,
    CleaningProduct,
    CleaningTask,
    Every,
    When,
)
from cantine_desktop.hygiene.cleaning.weeks import Box, Sheet, Written
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.words import BREACH_SIGN, TOLERATED_SIGN
from cantine_desktop.i18n import number, tr, trn
from cantine_desktop.values.text import NBSP

TICK = "✓"
NOT_DONE_SIGN = "/"


def every_name(every: Every) -> str:
    """Return a frequency: ``1 fois par semaine``."""
    names = {
        Every.PER_USE: tr("À chaque utilisation"),
        Every.PER_SERVICE: tr("À chaque service"),
        Every.DAILY: tr("Chaque jour"),
        Every.WEEKLY: tr("1 fois par semaine"),
        Every.MONTHLY: tr("1 fois par mois"),
        Every.QUARTERLY: tr("1 fois par trimestre"),
    }
    return names[every]


def every_short(item: Item) -> str:
    """Return how often a row is due in the width of a column: ``1/semaine``."""
    names = {
        Every.PER_USE: tr("chaque usage"),
        Every.PER_SERVICE: tr("chaque service"),
        Every.DAILY: tr("chaque jour"),
        Every.WEEKLY: tr("1/semaine"),
        Every.MONTHLY: tr("1/mois"),
        Every.QUARTERLY: tr("1/trimestre"),
    }
    return tr("au besoin") if item.optional else names[item.every]


def when_name(when: When) -> str:
    """Return when in the day: ``après usage``."""
    names = {
        When.OPENING: tr("à l’ouverture"),
        When.AFTER_USE: tr("après usage"),
        When.CLOSING: tr("à la fermeture"),
    }
    return names[when]


def weekday_name(weekday: int | None) -> str:
    """Return a planned ISO weekday in full: ``vendredi``; nothing when any will do."""
    names = {
        1: tr("lundi"),
        2: tr("mardi"),
        3: tr("mercredi"),
        4: tr("jeudi"),
        5: tr("vendredi"),
        6: tr("samedi"),
        7: tr("dimanche"),
    }
    return names.get(weekday or 0, "")


def rhythm(task: CleaningTask) -> str:
    """Say how often and on which day: ``1 fois par semaine, vendredi``."""
    return ", ".join(filter(None, (every_name(task.every), weekday_name(task.weekday))))


def to_complete() -> str:
    """Return what stands where only the label of a product can tell."""
    return tr("à compléter (étiquette)")


def contact_text(product: CleaningProduct | None) -> str:
    """Return the contact time of a product: ``5 min``, or that its label is to be read."""
    if product is None or product.contact_minutes is None:
        return to_complete()
    return tr("{n} min").format(n=product.contact_minutes)


def dose_text(product: CleaningProduct | None) -> str:
    """Return the dose of a product, or that its label is to be read."""
    return product.dose if product is not None and product.dose else to_complete()


def box_text(matrix: Matrix, item: Item, box: Box, part: str) -> str:
    """Write what a box says as the sheet does: ``✓``, ``C``, ``▲ NC``, ``4,5``, ``/``."""
    text = written_text(matrix, item, box.written, part)
    if box.verdict is Verdict.BREACH:
        return f"{BREACH_SIGN}{NBSP}{text}"
    if box.verdict is Verdict.TOLERATED:
        return f"{TOLERATED_SIGN}{NBSP}{text}"
    return text


def written_text(matrix: Matrix, item: Item, written: Written, part: str) -> str:
    """Write an answer or a number, without its verdict."""
    if written.value is not None:
        return plain(written.value)
    if written.answer is None:
        return ""
    is_tick = matrix.takes(item, part) is Takes.TICK
    texts = {
        Answer.CONFORM: TICK if is_tick else tr("C"),
        Answer.NOT_CONFORM: tr("NC"),
        Answer.NOT_APPLICABLE: tr("SO"),
        Answer.NOT_DONE: NOT_DONE_SIGN,
    }
    return texts[written.answer]


def plain(value: Decimal) -> str:
    """Write a number without the zeros that say nothing: ``1,25``, ``30``."""
    whole = value.to_integral_value()
    return number(whole if value == whole else value.normalize())


def batch_words(sheet: Sheet) -> list[str]:
    """Say which days were ticked in one gesture, by whom and how many boxes."""
    days: dict[tuple[date, str], int] = {}
    for spot, box in sheet.boxes.items():
        if box.is_batch and not box.is_void:
            place = spot.day, box.initials
            days[place] = days.get(place, 0) + 1
    return [
        trn(
            "{day} : {n} case cochée d’un seul geste par {initials}.",
            "{day} : {n} cases cochées d’un seul geste par {initials}.",
            count,
        ).format(day=f"{day:%d/%m}", initials=initials)
        for (day, initials), count in sorted(days.items())
    ]


def late_words(sheet: Sheet) -> list[str]:
    """Say how many boxes were written in the book after their day."""
    late = sum(box.late for box in sheet.boxes.values())
    if not late:
        return []
    return [
        trn(
            "{n} case notée dans le registre après son jour.",
            "{n} cases notées dans le registre après leur jour.",
            late,
        )
    ]


def reasons(sheet: Sheet) -> list[str]:
    """Say why boxes were not done, what is not conform, what was corrected."""
    titles = {item.key: item.title for item in sheet.items}
    said: list[str] = []
    for spot, box in sorted(sheet.boxes.items(), key=lambda pair: pair[0].day):
        where = f"{spot.day:%d/%m} — {titles.get(spot.key, '')}"
        if box.is_explained:
            said.append(
                tr("{where} : pas fait, {reason}.").format(where=where, reason=box.written.note)
            )
        elif box.written.note:
            said.append(tr("{where} : {words}.").format(where=where, words=box.written.note))
        if box.reason:
            said.append(
                tr("{where} : corrigé par {initials}, {reason}.").format(
                    where=where, initials=box.initials, reason=box.reason
                )
            )
    return said
