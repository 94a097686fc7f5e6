"""The page of the cleaning plan: what, how often, with what, how, who (D04)."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import IO

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.styles import paragraph, small
from cantine_desktop.documents.tables import Band, Column, Row, ruled_table
from cantine_desktop.hygiene.cleaning.model import CleaningProduct, CleaningTask
from cantine_desktop.hygiene.cleaning.tasks import cleaning_tasks
from cantine_desktop.hygiene.cleaning.words import contact_text, dose_text, rhythm, when_name
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.hygiene.sheet_notes import kept_line
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.values.period import DAY, Period


def write_plan(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the cleaning plan as it is on the last day of a period, or today if that is sooner.

    Args:
        session: Where to read.
        period: Any days.
        now: The present instant.
        target: Where the PDF goes.
    """
    day = max(min(period.last, civil_date(now)), period.first)
    frame = PageFrame(
        canteen_name(session),
        tr("Plan de nettoyage et de désinfection"),
        tr("En vigueur le {day}").format(day=short_day(day)),
        now,
        footer=kept_line(session, Retention.MONITORING),
        landscape=True,
    )
    write_document(target, frame, plan_page(session, Period(day, day + DAY)))


def plan_page(session: Session, period: Period) -> list[Flowable]:
    """Return the table of the plan, zone by zone, then how to read it."""
    tasks = cleaning_tasks(session, period)
    if not tasks:
        return [paragraph(tr("Le plan de nettoyage est vide."))]
    columns = [
        Column(tr("Zone ou matériel"), 4),
        Column(tr("Fréquence, moment"), 3.5),
        Column(tr("Produit"), 3),
        Column(tr("Dosage, temps de contact"), 3),
        Column(tr("Méthode"), 5.4),
        Column(tr("Qui"), 1.4),
    ]
    return [
        ruled_table(columns, _rows(tasks), size=8.5),
        small(
            tr(
                "Dose et temps de contact : ceux de l’étiquette du produit, jamais d’autres. "
                "Produits autorisés au contact des aliments ; rincer à l’eau potable après "
                "désinfection de ce qui touche les aliments."
            )
        ),
        small(tr("Fréquences : choix de la cantine, aucun texte ne les fixe.")),
        *_standards(tasks),
    ]


def _rows(tasks: list[CleaningTask]) -> Iterator[Row]:
    for zone, lines in groupby(tasks, key=lambda task: task.zone):
        yield Band(zone)
        for task in lines:
            yield [
                task.name,
                tr("{often}, {when}").format(often=rhythm(task), when=when_name(task.when)),
                task.product.name if task.product else "……………………",
                _use_of(task.product),
                _method(task),
                task.who or "…………",
            ]


def _use_of(product: CleaningProduct | None) -> str:
    """Return dose and contact time, or one mention that the label is to be read."""
    dose, contact = dose_text(product), contact_text(product)
    return dose if dose == contact else tr("{dose} ; {contact}").format(dose=dose, contact=contact)


def _method(task: CleaningTask) -> str:
    rinse = tr("rinçage") if task.rinse else ""
    return ", ".join(filter(None, (task.method, _inside(task.temperature), rinse)))


def _inside(words: str) -> str:
    """Return words as they stand inside a sentence."""
    return words[:1].lower() + words[1:]


def _standards(tasks: list[CleaningTask]) -> list[Flowable]:
    products = {task.product.id: task.product for task in tasks if task.product}
    said = [
        tr("{name} : {standards}").format(name=product.name, standards=product.standards)
        for product in products.values()
        if product.standards
    ]
    return [small(tr("Normes : {list}.").format(list=" ; ".join(said)))] if said else []
