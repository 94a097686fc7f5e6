"""Grids, tables, days, reports and the preview, each in each of its states."""

import io
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from ui.kit.day_list import DayList, Task
from ui.kit.empty import EmptyState
from ui.kit.fields import (
    DateEdit,
    TextEdit,
)
from ui.kit.figure import Figure, Point
from ui.kit.files import Folders
from ui.kit.form import Form
from ui.kit.grid import Cell, Edit, EntryGrid, GridModel, Head, State
from ui.kit.list_detail import ListDetail
from ui.kit.preview import PdfPreview
from ui.kit.report_page import ReportPage
from ui.kit.sentences import read_number
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role
from ui.specimens.samples import LONG, TODAY, stacked, worded


def grid() -> QWidget:
    """Show an entry grid with a cell in each state, two of them refused."""
    cells = {
        (0, 0): Cell("3,1", State.CONFORM),
        (0, 1): Cell("3,4", State.CONFORM),
        (1, 0): Cell("3,8", State.CONFORM),
        (1, 1): Cell("4,6", State.TOLERATED, "Entre la limite et sa tolérance."),
        (1, 2): Cell("6,2", State.BREACH, "Porte mal fermée\u00a0: denrées transférées."),
        (2, 0): Cell("−19", State.SEALED, "Semaine signée."),
        (2, 1): Cell("", State.SKIPPED, "Sonde en panne."),
        **{(row, 7): Cell("fermé", State.CLOSED) for row in range(3)},
    }

    def write(row: int, column: int, text: str) -> None:
        value = read_number(text, 3) if text else None
        bad = value is not None and value > 4
        state = State.BREACH if bad else State.CONFORM if text else State.MISSING
        cells[row, column] = Cell(text.replace(".", ","), state)

    model = GridModel(lambda row, column: cells.get((row, column), Cell("", State.MISSING)), write)
    rows = [Head("Chambre froide 1", "≤ 4 °C"), Head("Chambre froide 2", "≤ 4 °C")]
    days = ("mar. 17", "mer. 18", "jeu. 19", "ven. 20")
    columns = [Head(slot, group=day) for day in days for slot in ("matin", "soir")]
    model.show([*rows, Head("Congélateur", "≤ −18 °C")], columns)
    made = EntryGrid(model, "Relevés de la semaine")
    model.enter([Edit(0, 4, "froid"), Edit(1, 4, "1.234")])
    made.view.stand(1, 4)
    made.view.setMinimumHeight(scaled(200))
    return stacked(made)


def _people(count: int) -> LazyTable[int]:
    def load(keys: Sequence[int]) -> list[Row]:
        return [
            Row(
                (f"Convive {key}", f"{key % 28 + 1:02}/10/2026", f"{key % 17},50", "à jour"),
                "muted" if key % 7 == 0 else "",
            )
            for key in keys
        ]

    def find(_column: str, down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        return range(count, 0, -1) if down else range(1, count + 1)

    columns = [
        Column("Nom", 220, key="name"),
        Column("Dernière venue", 140, key="visit"),
        Column("Contribution (€)", 140, "right"),
        Column("Adhésion", 120),
    ]
    empty = EmptyState("Personne pour l’instant.", "Ajouter une personne", icon="users")
    table = LazyTable("Convives", columns, load, find, empty=empty)
    table.refresh()
    return table


def tables() -> QWidget:
    """Show a million rows, and none."""
    full, none = _people(1_000_000), _people(0)
    full.go_to(3)
    return stacked(full, none, stretch=False)


def list_detail() -> QWidget:
    """Show a list with the detail of its current row."""

    def detail(key: int) -> QWidget:
        form = Form()
        form.section(f"Convive {key}")
        form.add("name", "Nom", TextEdit("Nom"))
        form.add("day", "Adhésion du", DateEdit("Adhésion du", lambda: TODAY))
        return form

    made = ListDetail(_people(200), detail)
    made.table.go_to(4)
    return made


def day() -> QWidget:
    """Show the tasks of a day, done and to do."""
    tasks = [
        Task(
            "a", "Relevé des températures du matin (4 enceintes)", "08:45", True, "1 écart", "warn"
        ),
        Task(
            "b",
            "Réception\u00a0: Biocoop, Ferme du Kochersberg",
            "09:10",
            True,
            "2 livraisons",
            "ok",
        ),
        Task("c", "Menu et allergènes affichés", "11:15", True, "imprimé", "ok"),
        Task("d", "Plats témoins (entrée, plat, dessert)", "12:20", note="à faire", tone="warn"),
        Task("e", LONG, "14:00", note="en retard", tone="bad"),
    ]
    card = QFrame()
    set_role(card, "card")
    inside = QVBoxLayout(card)
    inside.addWidget(worded("Aujourd’hui, dans l’ordre", "h2"))
    made = DayList("Tâches du jour")
    made.show_tasks(tasks)
    made.setCurrentIndex(made.model().index(3, 0))
    inside.addWidget(made)
    return stacked(card)


def _months(kind: Any, title: str) -> Figure:
    names = ("mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.")
    values = (9.1, 9.6, 8.9, 9.4, None, 9.2, 9.6, 9.83)
    figure = Figure(title, kind)
    points = [
        Point(name, value, "–" if value is None else f"{value:.2f}\u00a0€".replace(".", ","))
        for name, value in zip(names, values, strict=True)
    ]
    figure.show_points(points, Point("prix affiché", 12.5, "12,50\u00a0€"))
    return figure


def report() -> QWidget:
    """Show a page to read and comment, with its figures."""
    page = ReportPage()
    page.heading("Octobre\u00a0: 666 repas")
    page.sentence(
        "La contribution moyenne est de 9,83\u00a0€, 57\u00a0% des charges sont couvertes."
    )
    figures = QWidget()
    row = QHBoxLayout(figures)
    row.setSpacing(scaled(24))
    row.addWidget(_months("bars", "Contribution moyenne"))
    row.addWidget(_months("line", "Contribution moyenne"))
    page.figure(figures, "Contribution moyenne par mois, en euros.")
    page.figure(_months("spark", "Contribution moyenne"))
    rows = [("Alimentation", "3,42", "20\u00a0%"), ("Équipe", "9,01", "52\u00a0%")]
    page.table(("Charge", "€ par repas", "part"), rows, ("Total", "12,43", "72\u00a0%"))
    page.comment("month", "Votre commentaire", hint="Ce que les chiffres ne disent pas.")
    page.setMinimumHeight(scaled(560))
    return page


def preview() -> QWidget:
    """Show a real PDF."""
    target = io.BytesIO()
    canvas: Any = import_module("reportlab.pdfgen.canvas").Canvas(target, invariant=1)
    for number in (1, 2):
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(60, 760, f"Feuille de releves, page {number}")
        for line in range(20):
            canvas.rect(60, 700 - 28 * line, 470, 28)
        canvas.showPage()
    canvas.save()
    made = PdfPreview(Folders({}))
    made.show_pdf(target.getvalue(), "Feuille de relevés")
    made.setMinimumHeight(scaled(420))
    made.destroyed.connect(made.close_document)
    return made
