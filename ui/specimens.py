"""The pages of the gallery: each part of the kit in each of its states, with sample texts."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.values.money import Money
from ui.kit import icons
from ui.kit.day_list import DayList, Task
from ui.kit.empty import EmptyState
from ui.kit.fields import (
    DateEdit,
    Item,
    MoneyEdit,
    NumberEdit,
    SearchCombo,
    TemperatureEdit,
    TextEdit,
)
from ui.kit.figure import Figure, Point
from ui.kit.files import Folders
from ui.kit.form import Form
from ui.kit.grid import Cell, Edit, EntryGrid, GridModel, Head, State
from ui.kit.jobs import Job, Jobs
from ui.kit.list_detail import ListDetail
from ui.kit.notice import Kind, Notice, Toast, chip
from ui.kit.preview import PdfPreview
from ui.kit.progress import ProgressStrip
from ui.kit.report_page import ReportPage
from ui.kit.sentences import read_number
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role

_LONG = (
    "Un texte très long, comme il en vient des fichiers des autres, qui doit se plier ou "
    "s’abréger sans jamais pousser ce qui l’entoure hors de la fenêtre"
)
_TODAY = date(2026, 11, 22)


def _stack(*widgets: QWidget, stretch: bool = True) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(scaled(12))
    for widget in widgets:
        column.addWidget(widget)
    if stretch:
        column.addStretch(1)
    return holder


def _row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(scaled(8))
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder


def _label(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(len(text) > 60)
    set_role(label, role)
    return label


def texts() -> QWidget:
    """Show the sizes of text and the chips."""
    names = ("h1", "kpi", "h2", "", "strong", "muted", "small", "error")
    labels = [_label(f"Relevé du matin · 14\u202f382,10\u00a0€ · {r or 'texte'}", r) for r in names]
    chips = [chip("conforme", "ok"), chip("2 écarts", "warn"), chip("à corriger", "bad")]
    return _stack(*labels, _row(*chips, chip("3 livraisons", "info")), _label(_LONG))


def buttons() -> QWidget:
    """Show buttons and ticks, in use, checked and out of use."""
    rows: list[QWidget] = []
    for enabled in (True, False):
        made: list[QWidget] = []
        for role, text in (
            ("primary", "Clôturer"),
            ("", "Imprimer"),
            ("danger", "Supprimer"),
            ("quiet", "Arrêter"),
            ("link", "2 cases à corriger"),
        ):
            button = QPushButton(text)
            button.setIcon(icons.icon("printer", "on_primary" if role == "primary" else "text"))
            set_role(button, role)
            made.append(button)
        tool = QToolButton()
        tool.setIcon(icons.icon("gear"))
        tool.setAccessibleName("Réglages")
        made.append(tool)
        ticks = [
            QCheckBox("Mardi"),
            QCheckBox("Mercredi"),
            QRadioButton("Midi"),
            QRadioButton("Soir"),
        ]
        ticks[0].setChecked(True)
        ticks[2].setChecked(True)
        rows += [_row(*made), _row(*ticks)]
        for row in rows[-2:]:
            row.setEnabled(enabled)
    tabs = QTabBar()
    for text in ("Résumé", "Menu", "Convives"):
        tabs.addTab(text)
    tabs.setExpanding(False)
    combo = QComboBox()
    combo.setAccessibleName("Feuille")
    combo.addItems(["Froid positif", "Froid négatif"])
    return _stack(*rows, tabs, _row(combo))


def fields() -> QWidget:
    """Show fields: with a value, empty, refused, asking, out of use."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(scaled(16))
    grid.setVerticalSpacing(scaled(12))
    makers: dict[str, Callable[[], Any]] = {
        "Nombre": lambda: NumberEdit("Nombre", places=3, unit="kg"),
        "Montant": lambda: MoneyEdit("Montant"),
        "Température": lambda: TemperatureEdit("Température"),
        "Date": lambda: DateEdit("Date", lambda: _TODAY),
        "Choix": lambda: SearchCombo("Choix", [Item(1, "Odile Colin", "bénévole")]),
        "Texte": lambda: TextEdit("Texte", required=True),
    }
    values = (Decimal("12.5"), Money(123450), Decimal(-18), _TODAY, Item(1, "Odile Colin"), "Bon")
    wrong = ("1.234", "douze", "700", "31/2", "Xavier", "")
    for column, title in enumerate(("", "Valeur", "À corriger", "Vide", "Hors d’usage")):
        grid.addWidget(_label(title, "small"), 0, column)
        grid.setColumnStretch(column, 1 if column else 0)
    for row, ((name, make), value, text) in enumerate(
        zip(makers.items(), values, wrong, strict=True), 1
    ):
        made = [make() for _ in range(4)]
        made[0].set_value(value)
        made[1].line.setText(text)
        made[1].commit()
        made[3].set_value(value)
        made[3].setEnabled(False)
        grid.addWidget(_label(name), row, 0)
        for column, field in enumerate(made, 1):
            grid.addWidget(field, row, column)
    area, search = QPlainTextEdit("Porte mal fermée ce matin."), QLineEdit()
    area.setAccessibleName("Remarque")
    area.setMaximumHeight(scaled(80))
    search.setPlaceholderText("Rechercher ou lancer une action…")
    search.setAccessibleName("Rechercher")
    return _stack(holder, search, area)


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
    return _stack(made)


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
    return _stack(full, none, stretch=False)


def list_detail() -> QWidget:
    """Show a list with the detail of its current row."""

    def detail(key: int) -> QWidget:
        form = Form()
        form.section(f"Convive {key}")
        form.add("name", "Nom", TextEdit("Nom"))
        form.add("day", "Adhésion du", DateEdit("Adhésion du", lambda: _TODAY))
        return form

    made = ListDetail(_people(200), detail)
    made.table.go_to(4)
    return made


def forms() -> QWidget:
    """Show a form with sections, help, an error and folded options."""
    form = Form()
    form.section("Enceinte froide")
    form.add("name", "Nom", TextEdit("Nom", required=True), "Tel qu’il est écrit sur la porte.")
    form.add("limit", "Limite", TemperatureEdit("Limite", required=True))
    form.add("since", "En service depuis", DateEdit("En service depuis", lambda: _TODAY))
    form.add("used", "En service", QCheckBox("Relevée matin et soir"))
    more = form.more(is_open=True)
    form.add("probe", "Sonde", SearchCombo("Sonde", [Item(1, "Sonde 1"), Item(2, "Sonde 2")]))
    form.add("note", "Remarque", QPlainTextEdit())
    more.setAccessibleName("Plus d’options")
    form.check()
    form.setMaximumWidth(scaled(640))
    return _stack(form)


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
        Task("e", _LONG, "14:00", note="en retard", tone="bad"),
    ]
    card = QFrame()
    set_role(card, "card")
    inside = QVBoxLayout(card)
    inside.addWidget(_label("Aujourd’hui, dans l’ordre", "h2"))
    made = DayList("Tâches du jour")
    made.show_tasks(tasks)
    made.setCurrentIndex(made.model().index(3, 0))
    inside.addWidget(made)
    return _stack(card)


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


def messages() -> QWidget:
    """Show notices of each kind, a toast, the progress of a job."""
    made: list[QWidget] = []
    told: tuple[tuple[Kind, str, str], ...] = (
        ("ok", "La semaine 47 est validée.", ""),
        ("info", "Un autre poste a modifié ces relevés\u00a0; ils sont relus.", ""),
        ("warn", "Aucune imprimante n’est installée. Le PDF est prêt.", "Ouvrir"),
        ("bad", f"La feuille n’a pas pu être lue. Rien n’a changé. {_LONG}.", "Réessayer"),
    )
    for kind, text, button in told:
        notice = Notice()
        notice.tell(kind, text, button)
        made.append(notice)
    toast = Toast("ok", "Relevé ajouté\u00a0: chambre froide 2, 6,2\u00a0°C.", "Annuler", None)
    return _stack(*made, toast, _progress())


class _StillJobs(Jobs):
    """Jobs of which one stands still, to be looked at."""

    @property
    @override
    def running(self) -> list[Job]:
        return [Job("Kit de la semaine 47", percent=40, text="feuille 3 sur 7")]


def _progress() -> ProgressStrip:
    jobs = _StillJobs()
    strip = ProgressStrip(jobs)
    jobs.setParent(strip)
    jobs.changed.emit()
    strip.show()
    return strip


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


def empty() -> QWidget:
    """Show what stands where nothing is yet."""
    return EmptyState(
        "Aucune enceinte froide n’est encore décrite.", "Ajouter une enceinte", icon="snowflake"
    )


PAGES: dict[str, Callable[[], QWidget]] = {
    "Textes": texts,
    "Boutons": buttons,
    "Champs": fields,
    "Grille de saisie": grid,
    "Tables": tables,
    "Liste et détail": list_detail,
    "Formulaire": forms,
    "Liste du jour": day,
    "Page de rapport": report,
    "Messages": messages,
    "Aperçu du PDF": preview,
    "État vide": empty,
}
"""Makers of the pages, by title."""
