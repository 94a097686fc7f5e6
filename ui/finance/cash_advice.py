"""The one thing that should be done first about the till."""

from datetime import date
from typing import Literal, NamedTuple

from cantine_desktop.finance.cash.listing import Overview
from cantine_desktop.i18n import long_day, money, month, tr, trn
from ui.kit.notice import Kind


class Advice(NamedTuple):
    """A sentence, and what its button does.

    Attributes:
        deed: What the button does; empty without one.
        count_id: The count to explain.
        day: The day to count.
    """

    kind: Kind
    words: str
    button: str = ""
    deed: Literal["", "resolve", "close", "count"] = ""
    count_id: int = 0
    day: date | None = None


def advice(told: Overview) -> Advice | None:
    """Return what should be done first, ``None`` when all is well."""
    if told.held.cents < 0:
        return Advice(
            "bad",
            tr(
                "La caisse est négative : une recette en espèces manque, ou une sortie est en "
                "double."
            ),
        )
    if told.figures.unexplained:
        gap = told.figures.unexplained[0]
        words = tr("Écart de {amount} inexpliqué ({reference}).").format(
            amount=money(gap.left), reference=gap.reference
        )
        if gap.count_id is None:
            return Advice("warn", words)
        return Advice("warn", words, tr("Expliquer…"), "resolve", gap.count_id)
    if told.months_due:
        words = tr("Caisse à clôturer : {month}, le mois est fini.").format(
            month=month(told.months_due[0])
        )
        return Advice("info", words, tr("Clôturer…"), "close")
    if told.uncounted:
        words = trn(
            "{n} jour avec des espèces et sans comptage : {day}.",
            "{n} jours avec des espèces et sans comptage, le premier : {day}.",
            len(told.uncounted),
        ).format(day=long_day(told.uncounted[0]))
        return Advice("info", words, tr("Compter…"), "count", day=told.uncounted[0])
    return None
