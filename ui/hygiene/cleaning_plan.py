"""The cleaning plan itself: lines, products, bait stations; a list and the form of one of them."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.cleaning import tasks
from cantine_desktop.hygiene.cleaning.model import BaitStation, CleaningProduct, CleaningTask
from cantine_desktop.hygiene.cleaning.starter import add_starter_tasks
from cantine_desktop.hygiene.cleaning.words import contact_text, rhythm
from cantine_desktop.i18n import short_day, tr, trn
from ui.desk import Desk
from ui.hygiene.cleaning_forms import ProductForm, StationForm, TaskForm
from ui.kit.files import Folders, ask_open
from ui.kit.flow import FlowLayout
from ui.kit.theme import scaled, set_role

ROLE = Qt.ItemDataRole.UserRole


class Line(NamedTuple):
    """A row of a list: its key, its words, and a smaller line under them."""

    key: int
    title: str
    under: str


class Listed(QWidget):
    """A list of things of the plan beside the form of the current one.

    Each field is written when it is left, as one action that undo takes back.
    """

    def __init__(self, desk: Desk, name: str, form: QWidget) -> None:
        super().__init__()
        self.desk = desk
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.currentItemChanged.connect(self._show_chosen)
        self.message = QLabel()
        self.message.setWordWrap(True)
        set_role(self.message, "error")
        self.form = form
        self._buttons = FlowLayout(scaled(8))
        self._lay_out()
        form.setEnabled(desk.may_write("hygiene"))

    def put(self, *buttons: tuple[str, Callable[..., object]]) -> None:
        """Put buttons under the list: their words, and what they do."""
        for text, run in buttons:
            button = QPushButton(text)
            button.clicked.connect(run)
            button.setEnabled(self.desk.may_write("hygiene"))
            self._buttons.addWidget(button)

    @property
    def today(self) -> date:
        """The present civil day."""
        return civil_date(self.desk.book.clock())

    def chosen(self) -> int | None:
        """Return the key of the current row."""
        row = self.list.currentRow()
        return None if row < 0 else int(self.list.item(row).data(ROLE))

    def show_lines(self, lines: Sequence[Line], wanted: int | None = None) -> None:
        """Show the list again, on the same row or on another one."""
        here = self.chosen() if wanted is None else wanted
        self.list.blockSignals(True)
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(f"{line.title}\n{line.under}")
            item.setData(ROLE, line.key)
            self.list.addItem(item)
        ranks = [rank for rank, line in enumerate(lines) if line.key == here]
        self.list.setCurrentRow(ranks[0] if ranks else 0)
        self.list.blockSignals(False)
        self._show_chosen()

    def present(self, key: int) -> None:
        """Show the form of a row."""

    def act(self, label: str, run: Callable[..., Any], *values: Any, **changes: Any) -> bool:
        """Do something in the book; say what is wrong when it cannot be done."""
        try:
            with self.desk.book.action(label) as session:
                run(session, *values, **changes)
        except UserError as error:
            self.message.setText(str(error))
            return False
        self.message.clear()
        return True

    @Slot()
    def _show_chosen(self) -> None:
        key = self.chosen()
        self.form.setVisible(key is not None)
        if key is not None:
            self.present(key)

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        for area in (scroll, self.list):
            area.setMinimumHeight(scaled(140))
        below = QWidget()
        below.setLayout(self._buttons)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(below)
        right = QVBoxLayout()
        right.addWidget(scroll, 1)
        right.addWidget(self.message)
        layout = QHBoxLayout(self)
        layout.setSpacing(scaled(16))
        layout.addLayout(left, 2)
        layout.addLayout(right, 3)


class Tasks(Listed):
    """The lines of the plan, zone by zone."""

    def __init__(self, desk: Desk) -> None:
        form = TaskForm()
        super().__init__(
            desk,
            tr("Lignes du plan de nettoyage"),
            form,
        )
        self.put(
            (tr("Ajouter"), self.add),
            (tr("Monter"), self.move_up),
            (tr("Descendre"), self.move_down),
            (tr("Retirer ou reprendre"), self.retire),
            (tr("Compléter avec le plan de départ"), self.complete),
        )
        self._form = form
        self._known: dict[int, CleaningTask] = {}
        form.changed.connect(self._change)

    def refresh(self, wanted: int | None = None) -> None:
        """Read the lines again."""
        with self.desk.book.read() as session:
            found = tasks.cleaning_tasks(session)
            self._known = {task.id: task for task in found}
            self._form.offer(tasks.products(session), list(dict.fromkeys(t.zone for t in found)))
        self.show_lines([self._line(task) for task in found], wanted)

    @override
    def present(self, key: int) -> None:
        """Show the form of a line."""
        self._form.present(self._known[key])

    def _line(self, task: CleaningTask) -> Line:
        words = [task.zone, rhythm(task)]
        if task.until is not None:
            words.append(tr("retirée le {day}").format(day=short_day(task.until)))
        return Line(task.id, task.name, " · ".join(words))

    @Slot(object)
    def _change(self, changes: dict[str, Any]) -> None:
        if (key := self.chosen()) is not None:
            self.act(tr("Ligne du plan modifiée"), tasks.change_task, key, **changes)

    @Slot()
    def add(self) -> None:
        """Add a line to the zone of the current one."""
        here = self._known.get(self.chosen() or 0)
        zone = here.zone if here is not None else tr("Cuisine")
        with self.desk.book.action(tr("Ligne du plan ajoutée")) as session:
            key = tasks.add_task(session, zone, tr("Nouvelle ligne"), since=self.today).id
        self.refresh(key)
        self._form.name.setFocus()
        self._form.name.line.selectAll()

    @Slot()
    def move_up(self) -> None:
        """Move the current line up; past the edge of its zone, the zone moves."""
        self._move(-1)

    @Slot()
    def move_down(self) -> None:
        """Move the current line down; past the edge of its zone, the zone moves."""
        self._move(1)

    def _move(self, steps: int) -> None:
        if (key := self.chosen()) is not None:
            self.act(tr("Ordre du plan"), tasks.move_task, key, steps)

    @Slot()
    def retire(self) -> None:
        """Take the current line off the plan from today, or put it back."""
        key = self.chosen()
        if key is None:
            return
        if self._known[key].until is not None:
            self.act(tr("Ligne du plan reprise"), tasks.resume_task, key)
        elif self.act(tr("Ligne du plan retirée"), tasks.retire_task, key, self.today):
            self.desk.tell(tr("Ligne retirée du plan ; ses cases cochées restent."), undo=True)

    @Slot()
    def complete(self) -> None:
        """Add the lines of the starter plan that are not there."""
        with self.desk.book.action(tr("Plan de nettoyage de départ")) as session:
            count = add_starter_tasks(session, self.desk.book.clock())
        self.desk.tell(trn("{n} ligne ajoutée.", "{n} lignes ajoutées.", count), undo=bool(count))


class Products(Listed):
    """The products, as their labels describe them."""

    def __init__(self, desk: Desk) -> None:
        form = ProductForm()
        super().__init__(
            desk,
            tr("Produits d’entretien"),
            form,
        )
        self.put((tr("Ajouter"), self.add), (tr("Retirer"), self.retire))
        self._form = form
        self._known: dict[int, CleaningProduct] = {}
        form.changed.connect(self._change)
        form.sheet_wanted.connect(self.join_sheet)

    def refresh(self, wanted: int | None = None) -> None:
        """Read the products again."""
        with self.desk.book.read() as session:
            found = tasks.products(session, retired=True)
            self._known = {product.id: product for product in found}
        lines = [
            Line(
                product.id,
                product.name,
                tr("retiré") if product.is_retired else contact_text(product),
            )
            for product in found
        ]
        self.show_lines(lines, wanted)

    @override
    def present(self, key: int) -> None:
        """Show the form of a product."""
        self._form.present(self._known[key])

    @Slot(object)
    def _change(self, changes: dict[str, Any]) -> None:
        if (key := self.chosen()) is not None:
            self.act(tr("Produit modifié"), tasks.change_product, key, **changes)

    @Slot()
    def add(self) -> None:
        """Add a product."""
        with self.desk.book.action(tr("Produit ajouté")) as session:
            key = tasks.add_product(session, tr("Nouveau produit")).id
        self.refresh(key)
        self._form.name.setFocus()
        self._form.name.line.selectAll()

    @Slot()
    def retire(self) -> None:
        """Take the current product off the list, or put it back."""
        key = self.chosen()
        if key is None:
            return
        if self._known[key].is_retired:
            self.act(tr("Produit repris"), tasks.change_product, key, is_retired=False)
        elif self.act(tr("Produit retiré"), tasks.remove_product, key):
            self.desk.tell(tr("Produit retiré."), undo=True)

    @Slot()
    def join_sheet(self) -> None:
        """Ask for the safety data sheet of the current product, and join it."""
        key = self.chosen()
        folders = Folders(self.desk.settings.folders)
        title = tr("Fiche de données de sécurité")
        found = ask_open(self, folders, "safety-sheets", title, [(tr("Fichiers PDF"), "*.pdf")])
        if key is not None and found is not None:
            self.join(key, found)

    def join(self, key: int, path: Path) -> None:
        """Join a safety data sheet to a product."""
        self.act(
            tr("Fiche de sécurité jointe"),
            tasks.attach_safety_sheet,
            key,
            path.read_bytes(),
            path.name,
            self.desk.book.clock(),
        )


class Stations(Listed):
    """The bait stations."""

    def __init__(self, desk: Desk) -> None:
        form = StationForm()
        super().__init__(
            desk,
            tr("Postes d’appât"),
            form,
        )
        self.put((tr("Ajouter"), self.add), (tr("Retirer"), self.retire))
        self._form = form
        self._known: dict[int, BaitStation] = {}
        form.changed.connect(self._change)

    def refresh(self, wanted: int | None = None) -> None:
        """Read the stations again."""
        with self.desk.book.read() as session:
            found = tasks.bait_stations(session)
            self._known = {station.id: station for station in found}
        lines = [Line(station.id, station.name, station.place) for station in found]
        self.show_lines(lines, wanted)

    @override
    def present(self, key: int) -> None:
        """Show the form of a station."""
        self._form.present(self._known[key])

    @Slot(object)
    def _change(self, changes: dict[str, Any]) -> None:
        if (key := self.chosen()) is not None:
            self.act(tr("Poste modifié"), tasks.change_station, key, **changes)

    @Slot()
    def add(self) -> None:
        """Add a bait station."""
        name = tr("Poste {n}").format(n=len(self._known) + 1)
        with self.desk.book.action(tr("Poste ajouté")) as session:
            key = tasks.add_station(session, name, since=self.today).id
        self.refresh(key)
        self._form.name.setFocus()
        self._form.name.line.selectAll()

    @Slot()
    def retire(self) -> None:
        """Watch the current station no more."""
        key = self.chosen()
        if key is not None and self.act(tr("Poste retiré"), tasks.retire_station, key, self.today):
            self.desk.tell(tr("Poste retiré."), undo=True)


class PlanPage(QTabWidget):
    """Lines, products and bait stations, each on a tab."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.tasks, self.products, self.stations = Tasks(desk), Products(desk), Stations(desk)
        self.addTab(self.tasks, tr("Lignes du plan"))
        self.addTab(self.products, tr("Produits"))
        self.addTab(self.stations, tr("Postes d’appât"))

    def refresh(self) -> None:
        """Read everything again."""
        for page in (self.tasks, self.products, self.stations):
            page.refresh()

    def show_task(self, key: int) -> None:
        """Show a line of the plan."""
        self.setCurrentWidget(self.tasks)
        self.tasks.refresh(key)

    def show_stations(self) -> None:
        """Show the bait stations."""
        self.setCurrentWidget(self.stations)
