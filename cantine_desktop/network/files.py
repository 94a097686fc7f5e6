"""The indicators for other programs, as a table."""

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.exchange.registry import Export
from cantine_desktop.exchange.writers import Table, csv_export
from cantine_desktop.i18n import mark, tr
from cantine_desktop.network.indicators import Figure, figures
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.period import Period

HEADINGS = ("code", "cle", "indicateur", "valeur", "unite", "du", "au", "formule")
"""Columns, the same in every language: other programs rely on them."""


def table_of_figures(area: str, session: Session, period: Period, now: datetime) -> Table:
    """Return the indicators of an area over a period; nothing to count is an empty value."""
    only = Actor(reads=frozenset({area}))
    found = figures(session, period, civil_date(now), only)
    return as_table(found, period)


def as_table(found: list[Figure], period: Period) -> Table:
    """Return figures as a table."""
    return Table(
        HEADINGS,
        (
            (
                figure.indicator.code,
                figure.indicator.key,
                tr(figure.indicator.title),
                figure.value,
                tr(figure.indicator.unit) if figure.indicator.unit else "",
                period.first,
                period.last,
                tr(figure.indicator.formula),
            )
            for figure in found
        ),
    )


EXPORTS: tuple[Export, ...] = tuple(
    csv_export(f"figures-{area}", title, partial(table_of_figures, area), area)
    for area, title in (
        ("meals", mark("Indicateurs des services")),
        ("finance", mark("Indicateurs d’argent et de prix libre")),
        ("hygiene", mark("Indicateurs d’hygiène")),
        ("supply", mark("Indicateurs d’achats")),
    )
)
"""One file by area of rights: who may not read an area exports none of its figures."""
