"""The form of a label: what, when, until when, allergens, how many."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QGroupBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.canteen.allergens import ALLERGENS, Allergen
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.labels.labelling import MOST_COPIES, LabelWish
from cantine_desktop.hygiene.labels.lifetimes import LIFETIMES, last_day
from cantine_desktop.hygiene.labels.model import Labelled, LabelledFood
from cantine_desktop.i18n import long_day, tr
from ui.kit.date_field import DateEdit
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.flow import FlowLayout
from ui.kit.form import Form
from ui.kit.theme import scaled, set_role

SHEET, ROLL = "sheet", "roll"
"""The two papers labels are printed on."""


class LabelForm(QWidget):
    """Asks what a label says. Choosing a food labelled before brings its allergens back.

    Nothing is supposed: allergens are said one by one, or « aucun des 14 » is ticked.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._known: dict[str, LabelledFood] = {}
        self.name = TextEdit(tr("Plat ou produit"), required=True, longest=120)
        self.reason = QComboBox()
        for reason, life in LIFETIMES.items():
            self.reason.addItem(tr(life.label), reason)
        self.begun_on = DateEdit(tr("Fait le"), today, required=True)
        self.maker_use_by = DateEdit(tr("Date limite du fabricant"), today)
        self.use_by = DateEdit(tr("À consommer jusqu’au"), today)
        self.lot = TextEdit(tr("Lot"), longest=60)
        self.initials = TextEdit(tr("Visa"), longest=6)
        self.copies = _count(tr("Combien d’étiquettes"), MOST_COPIES)
        self.paper = QComboBox()
        self.paper.addItem(tr("Planche de 24"), SHEET)
        self.paper.addItem(tr("Rouleau de 62 mm"), ROLL)
        self.start = _count(tr("Première place libre"), 24)
        self.boxes = {each: QCheckBox(tr(words.name)) for each, words in ALLERGENS.items()}
        self.none = QCheckBox(tr("Aucun des 14"))
        self.life = QLabel()
        self.life.setWordWrap(True)
        set_role(self.life, "small")
        self._lay_out()
        self._connect()
        self.clear()

    def propose(self, foods: dict[str, LabelledFood]) -> None:
        """Offer the names labelled before while typing."""
        self._known = foods
        completer = QCompleter(list(foods), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._recall)
        self.name.line.setCompleter(completer)
        self.name.line.dropped = completer.popup()

    def clear(self) -> None:
        """Begin another label; the visa, the paper and the day stay."""
        self.name.set_value(None)
        self.lot.set_value(None)
        self.maker_use_by.set_value(None)
        self.use_by.set_value(None)
        if self.begun_on.value is None:
            self.begun_on.set_value(self._today())
        self.copies.set_value(Decimal(1))
        if self.start.value is None:
            self.start.set_value(Decimal(1))
        self._tick(None)
        self._say_life()

    def wish(self) -> LabelWish | None:
        """Return what is asked for, or ``None`` when a field says what is wrong with it."""
        if not self.form.check():
            return None
        begun, name, copies = self.begun_on.value, self.name.value, self.copies.value
        assert begun is not None
        assert name is not None
        assert copies is not None
        return LabelWish(
            name=name,
            begun_on=begun,
            reason=self._reason,
            use_by=self.use_by.value,
            maker_use_by=self.maker_use_by.value,
            allergens=self.allergens,
            lot=self.lot.value or "",
            initials=self.initials.value or "",
            copies=int(copies),
        )

    @property
    def allergens(self) -> frozenset[Allergen] | None:
        """Those ticked; ``None`` when nobody has said."""
        ticked = frozenset(each for each, box in self.boxes.items() if box.isChecked())
        return ticked if ticked or self.none.isChecked() else None

    @property
    def _reason(self) -> Labelled:
        return Labelled(self.reason.currentData())

    def _tick(self, allergens: frozenset[Allergen] | None) -> None:
        for each, box in self.boxes.items():
            box.setChecked(bool(allergens) and each in (allergens or ()))
        self.none.setChecked(allergens is not None and not allergens)

    def _lay_out(self) -> None:
        self.form = Form()
        add = self.form.add
        add("name", tr("Plat ou produit"), self.name)
        add("reason", tr("Pourquoi"), self.reason)
        add("begun_on", tr("Fait le"), self.begun_on)
        add("use_by", tr("À consommer jusqu’au"), self.use_by)
        add("initials", tr("Visa"), self.initials)
        add("copies", tr("Combien d’étiquettes"), self.copies)
        self.form.more()
        add("maker_use_by", tr("Date du fabricant"), self.maker_use_by)
        add("lot", tr("Lot"), self.lot)
        add("paper", tr("Papier"), self.paper)
        add("start", tr("Première place libre"), self.start)
        group = QGroupBox(tr("Allergènes"))
        flow = FlowLayout(scaled(8))
        for box in (*self.boxes.values(), self.none):
            flow.addWidget(box)
        group.setLayout(flow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, scaled(8), 0)
        layout.setSpacing(scaled(8))
        for part in (self.form, self.life, group):  # Tab follows this order
            layout.addWidget(part)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.reason.currentIndexChanged.connect(self._say_life)
        self.begun_on.committed.connect(self._say_life)
        self.maker_use_by.committed.connect(self._say_life)
        self.paper.currentIndexChanged.connect(self._choose_paper)
        self.none.toggled.connect(self._untick)
        for box in self.boxes.values():
            box.toggled.connect(self._untick_none)

    @Slot()
    def _say_life(self) -> None:
        begun = self.begun_on.value
        if begun is None:
            self.life.clear()
            return
        last = last_day(self._reason, begun, self.maker_use_by.value)
        self.life.setText(
            tr("Sans autre date : à consommer jusqu’au {day}.").format(day=long_day(last))
        )

    @Slot()
    def _choose_paper(self) -> None:
        self.start.setEnabled(self.paper.currentData() == SHEET)

    @Slot(bool)
    def _untick(self, ticked: bool) -> None:  # noqa: FBT001  -- a signal's argument
        if ticked:
            for box in self.boxes.values():
                box.setChecked(False)

    @Slot(bool)
    def _untick_none(self, ticked: bool) -> None:  # noqa: FBT001  -- a signal's argument
        if ticked:
            self.none.setChecked(False)

    @Slot(str)
    def _recall(self, name: str) -> None:
        food = self._known.get(name)
        if food is not None:
            self.reason.setCurrentIndex(self.reason.findData(food.reason))
            self._tick(food.allergens)
            self._say_life()

    def refuse(self, error: UserError) -> None:
        """Say why the label cannot be made, under the date it speaks of."""
        self.use_by.refuse(str(error))
        self.use_by.setFocus()


def _count(name: str, most: int) -> NumberEdit:
    """Return a field for a whole number from one."""
    return NumberEdit(name, places=0, minimum=Decimal(1), maximum=Decimal(most), required=True)
