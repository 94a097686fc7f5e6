"""The form of a cold unit: each field is written when it is left."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.hygiene.families import FAMILIES, Family
from cantine_desktop.hygiene.limits import UnitKind
from cantine_desktop.hygiene.model import ColdUnit, Frequency
from cantine_desktop.hygiene.words import (
    frequency_name,
    kind_name,
    limit_reason,
    limit_text,
    status_words,
)
from cantine_desktop.i18n import tr
from cantine_desktop.sources import sources
from ui.kit.date_field import DateEdit
from ui.kit.fields import TemperatureEdit, TextEdit
from ui.kit.labels import wrapped
from ui.kit.theme import scaled, set_role

_SHORT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class UnitForm(QWidget):
    """Name, kind, contents, limits and service of a unit.

    Signals:
        changed: A field was left with another value (``UnitChanges``).
    """

    changed = Signal(object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.name = TextEdit(tr("Nom"), required=True, longest=60)
        self.place = TextEdit(tr("Emplacement"), longest=60)
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Type d’enceinte"))
        self.kind.setSizeAdjustPolicy(_SHORT)
        self.kind.setMinimumContentsLength(8)
        self.kind.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for kind in UnitKind:
            self.kind.addItem(kind_name(kind), kind)
        self.frequency = QComboBox()
        self.frequency.setAccessibleName(tr("Relevés par jour"))
        for frequency in Frequency:
            self.frequency.addItem(frequency_name(frequency), frequency)
        self.maximum = TemperatureEdit(tr("Maximum de l’enceinte"), required=True)
        self.tolerance = TemperatureEdit(tr("Tolérance de la cantine"), required=True)
        self.from_day = DateEdit(tr("Ces réglages s’appliquent à partir du"), today)
        self.from_day.set_value(today())
        self.since = DateEdit(tr("Relevée à partir du"), today)
        self.until = DateEdit(tr("Plus relevée à partir du"), today)
        self.limit = QLabel()
        self.limit.setWordWrap(True)
        set_role(self.limit, "strong")
        self.source = QLabel()
        self.source.setWordWrap(True)
        set_role(self.source, "small")
        self._lines: dict[Family, _FamilyLine] = {}
        self._connect()
        self._lay_out()

    def present(self, unit: ColdUnit) -> None:
        """Show a unit, without telling anybody."""
        for box, value in ((self.kind, unit.kind), (self.frequency, unit.frequency)):
            box.blockSignals(True)
            box.setCurrentIndex(box.findData(value))
            box.blockSignals(False)
        self.name.set_value(unit.name)
        self.place.set_value(unit.place)
        self.maximum.set_value(unit.maximum)
        self.tolerance.set_value(unit.tolerance)
        self.since.set_value(unit.since)
        self.until.set_value(unit.until)
        for family, line in self._lines.items():
            line.box.blockSignals(True)
            line.box.setChecked(family in unit.holds)
            line.box.blockSignals(False)
            line.setVisible(FAMILIES[family].frozen == (unit.kind is UnitKind.FREEZER))
        self._say_limit(unit)

    def _say_limit(self, unit: ColdUnit) -> None:
        family = unit.derived.family
        self.limit.setText(tr("Limite : {limit}").format(limit=limit_reason(unit.bounds, family)))
        if family is None:
            self.source.setText(
                tr("C’est le maximum de l’enceinte ; aucune denrée cochée n’est plus stricte.")
            )
            return
        source = sources()[FAMILIES[family].source]
        self.source.setText(f"{source.title} ({status_words(source)})")

    def _connect(self) -> None:
        self.name.committed.connect(partial(self._tell, "name"))
        self.place.committed.connect(self._tell_place)
        self.maximum.committed.connect(partial(self._tell, "maximum"))
        self.tolerance.committed.connect(partial(self._tell, "tolerance"))
        self.since.committed.connect(partial(self._tell, "since"))
        self.until.committed.connect(partial(self._tell, "until"))
        self.kind.currentIndexChanged.connect(self._tell_kind)
        self.frequency.currentIndexChanged.connect(self._tell_frequency)

    def _tell(self, field: str, value: object) -> None:
        self.changed.emit({field: value})

    @Slot(object)
    def _tell_place(self, value: str | None) -> None:
        self.changed.emit({"place": value or ""})

    @Slot()
    def _tell_kind(self) -> None:
        self.changed.emit({"kind": UnitKind(self.kind.currentData())})

    @Slot()
    def _tell_frequency(self) -> None:
        self.changed.emit({"frequency": Frequency(self.frequency.currentData())})

    @Slot()
    def _tell_holds(self) -> None:
        held = frozenset(
            family
            for family, line in self._lines.items()
            if line.box.isChecked() and not line.isHidden()
        )
        self.changed.emit({"holds": held})

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(scaled(8))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(tr("Nom"), self.name)
        form.addRow(tr("Type d’enceinte"), self.kind)
        form.addRow(tr("Emplacement"), self.place)
        holds = QGroupBox(tr("Ce qu’elle contient"))
        column = QVBoxLayout(holds)
        column.setSpacing(scaled(4))
        for family, rule in FAMILIES.items():
            line = _FamilyLine(f"{tr(rule.label)} — {limit_text(rule.maximum)}")
            line.box.toggled.connect(self._tell_holds)
            self._lines[family] = line
            column.addWidget(line)
        limits = QFormLayout()
        limits.setSpacing(scaled(8))
        limits.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        limits.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        limits.addRow(tr("Maximum de l’enceinte"), self.maximum)
        limits.addRow(tr("Tolérance de la cantine"), self.tolerance)
        limits.addRow(tr("Relevés par jour"), self.frequency)
        limits.addRow(tr("Ces réglages s’appliquent à partir du"), self.from_day)
        limits.addRow(
            wrapped(tr("Les relevés dus avant le restent. Vide : depuis toujours."), "small")
        )
        limits.addRow(tr("Relevée à partir du"), self.since)
        limits.addRow(tr("Plus relevée à partir du"), self.until)
        layout = QVBoxLayout(self)
        layout.setSpacing(scaled(12))
        layout.addLayout(form)
        layout.addWidget(holds)
        layout.addWidget(self.limit)
        layout.addWidget(self.source)
        layout.addLayout(limits)
        layout.addStretch(1)


class _FamilyLine(QWidget):
    """A box to tick and its words, which wrap; a click on the words ticks too."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setAccessibleName(words)
        label = QLabel(words)
        label.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        row.addWidget(label, 1)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.box.toggle()
        super().mouseReleaseEvent(event)
