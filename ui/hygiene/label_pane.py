"""Labels: make one on the left, what is still in the fridge on the right."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.labels import labelling
from cantine_desktop.hygiene.labels.model import LabelledFood
from cantine_desktop.i18n import short_day, tr, trn
from ui.desk import Desk
from ui.hygiene.label_form import SHEET, LabelForm
from ui.kit.empty import EmptyState
from ui.kit.labels import heading
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled


class LabelPane(QWidget):
    """The form of a label beside the foods nobody has finished, the first to eat first.

    Signals:
        printed: Labels are ready to print (the PDF as bytes, its title).
    """

    printed = Signal(bytes, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._foods: dict[int, LabelledFood] = {}
        self.form = LabelForm(self._today)
        self.table: LazyTable[int] = LazyTable(
            tr("Préparations étiquetées en cours"),
            [
                Column(tr("Quoi"), 200),
                Column(tr("Fait le"), 100),
                Column(tr("Jusqu’au"), 165),
                Column(tr("Lot"), 110),
            ],
            self._load,
            self._find,
            empty=EmptyState(tr("Rien d’étiqueté en cours."), icon="tag"),
        )
        self.gone = QPushButton(tr("Fini, mangé ou jeté"))
        self.gone.clicked.connect(self.finish)
        self.again = QPushButton(tr("Réimprimer"))
        self.again.clicked.connect(self.print_again)
        self.table.current_changed.connect(self._allow)
        self._lay_out()
        self._allow()

    def refresh(self) -> None:
        """Read the labels again."""
        with self._desk.book.read() as session:
            self._foods = {food.id: food for food in labelling.in_stock(session)}
            self.form.propose(labelling.usual_foods(session))
        self.table.refresh()
        self._allow()

    def choose(self, food_id: int) -> None:
        """Make a food current."""
        self.table.go_to(food_id)
        self.table.setFocus()

    @property
    def late(self) -> int:
        """How many foods are past their day."""
        return sum(food.use_by < self._today() for food in self._foods.values())

    @Slot()
    def print_label(self) -> None:
        """Keep the label and show it ready to print."""
        wish = self.form.wish()
        if wish is None:
            return
        try:
            with self._desk.book.action(tr("Étiquette")) as session:
                food_id = labelling.label(session, wish, self._desk.book.clock()).id
        except UserError as error:
            self.form.refuse(error)
            return
        self._print([food_id])
        self.form.clear()

    @Slot()
    def print_again(self) -> None:
        """Show the labels of the chosen foods ready to print once more."""
        chosen = self.table.selected_keys
        if chosen:
            self._print(chosen)

    @Slot()
    def finish(self) -> None:
        """Say that the chosen foods are gone, today."""
        chosen = self.table.selected_keys
        if not chosen:
            return
        now = self._desk.book.clock()
        with self._desk.book.action(tr("Préparation finie")) as session:
            for food_id in chosen:
                labelling.finish(session, food_id, self._today(), now)
        self._desk.tell(
            trn("{n} préparation finie.", "{n} préparations finies.", len(chosen)), undo=True
        )

    def _print(self, food_ids: Sequence[int]) -> None:
        from cantine_desktop.documents.labels import A4_24, ROLL_62  # noqa: PLC0415  -- ReportLab
        from cantine_desktop.hygiene.labels.papers import write_foods  # noqa: PLC0415

        target = BytesIO()
        on_sheet = self.form.paper.currentData() == SHEET
        start = int(self.form.start.value or 1) if on_sheet else 1
        with self._desk.book.read() as session:
            foods = [session.get_one(LabelledFood, food_id) for food_id in food_ids]
            write_foods(
                session,
                foods,
                self._desk.book.clock(),
                target,
                A4_24 if on_sheet else ROLL_62,
                start,
            )
        self.printed.emit(target.getvalue(), tr("Étiquettes"))

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    def _find(self, _key: str, _down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's call
        return list(self._foods)

    def _load(self, keys: Sequence[int]) -> Sequence[Row]:
        return [self._row(self._foods[key]) for key in keys]

    def _row(self, food: LabelledFood) -> Row:
        late = food.use_by < self._today()
        until = short_day(food.use_by)
        if late:
            until = tr("{day}, dépassé").format(day=until)
        texts = (food.name, short_day(food.begun_on), until, food.lot)
        return Row(texts, "bad" if late else "")

    @Slot()
    def _allow(self) -> None:
        may = self._desk.may_write("hygiene")
        chosen = self.table.current_key is not None
        self.gone.setEnabled(may and chosen)
        self.again.setEnabled(chosen)

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keyboard
        left = _column(heading(tr("Nouvelle étiquette")), scroll)
        buttons = QWidget()
        flow = QHBoxLayout(buttons)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in (self.gone, self.again):
            flow.addWidget(each)
        right = _column(heading(tr("En cours, à manger d’abord")), self.table, buttons)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([scaled(480), scaled(560)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, scaled(8), 0, 0)
        layout.addWidget(split)
        scroll.setWidget(self.form)  # last: it measures the form, dressed in its place then


def _column(*widgets: QWidget) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(scaled(8))
    for widget in widgets:
        layout.addWidget(widget, 1 if isinstance(widget, QScrollArea | LazyTable) else 0)
    return column
