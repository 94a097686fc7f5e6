"""The card of an appliance: what is known of it, and its checks, typed in place."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.equipment import keeping
from cantine_desktop.hygiene.equipment.due import TESTS_OF
from cantine_desktop.hygiene.equipment.kinds import KINDS, EquipmentKind
from cantine_desktop.hygiene.equipment.model import Equipment
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.hygiene.equipment_checks import ChecksBox
from ui.kit.fields import DateEdit, TextEdit
from ui.kit.form import Form
from ui.kit.theme import scaled, set_role

_TEXTS = ("number", "place", "supplier", "note")


class DevicePane(QWidget):
    """What is known of one appliance; each field is written when it is left."""

    def __init__(self, desk: Desk, equipment_id: int) -> None:
        super().__init__()
        self._desk = desk
        self._id = equipment_id
        today = partial(_today, desk)
        self.form = Form()
        self.name = TextEdit(tr("Nom"), required=True, longest=60)
        self.kind = QComboBox()
        for kind, words in KINDS.items():
            self.kind.addItem(tr(words.label), kind)
        self.kind.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.kind.setMinimumContentsLength(10)
        self.form.add("name", tr("Nom"), self.name)
        self.form.add("kind", tr("Type"), self.kind)
        self.form.add("number", tr("Numéro"), TextEdit(tr("Numéro"), longest=40))
        self.form.add("place", tr("Emplacement"), TextEdit(tr("Emplacement"), longest=60))
        self.form.more()
        self.form.add("bought_on", tr("Acheté le"), DateEdit(tr("Acheté le"), today))
        self.form.add("supplier", tr("Vendeur ou dépanneur"), TextEdit(tr("Vendeur ou dépanneur")))
        self.form.add(
            "since", tr("En service depuis le"), DateEdit(tr("En service depuis le"), today)
        )
        self.form.add("until", tr("Retiré le"), DateEdit(tr("Retiré le"), today))
        self.form.add("note", tr("Remarque"), TextEdit(tr("Remarque"), longest=300))
        self.form.committed.connect(self._write)
        self.checks = ChecksBox(desk, equipment_id)
        self.aside = QPushButton()
        self.aside.clicked.connect(self._put_aside)
        self.remove = QPushButton(tr("Supprimer"))
        self.remove.clicked.connect(self._remove)
        self.message = QLabel()
        self.message.setWordWrap(True)
        set_role(self.message, "error")
        self._is_aside = False
        self._lay_out()
        may = desk.may_write("hygiene")
        for each in (self.form, self.checks, self.aside, self.remove):
            each.setEnabled(may)
        self.refresh()

    def refresh(self) -> None:
        """Read the appliance again; nothing is shown once it is gone."""
        with self._desk.book.read() as session:
            equipment = session.get(Equipment, self._id)
            if equipment is None:
                return
            self._present(equipment)
            self.checks.present(session, equipment)

    def name_it(self) -> None:
        """Let the person type its name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.line.selectAll()

    def _present(self, equipment: Equipment) -> None:
        self.name.set_value(equipment.name)
        self.kind.setCurrentIndex(self.kind.findData(equipment.kind))
        for key in _TEXTS:
            field = self.form.field(key)
            assert isinstance(field, TextEdit)
            field.set_value(getattr(equipment, key) or None)
        for key in ("bought_on", "since", "until"):
            day = self.form.field(key)
            assert isinstance(day, DateEdit)
            day.set_value(getattr(equipment, key))
        self._is_aside = equipment.broken_since is not None
        self.aside.setText(
            tr("Remettre en service") if self._is_aside else tr("Mettre hors service")
        )
        self.checks.setVisible(equipment.kind in TESTS_OF)
        self.message.clear()

    @Slot(str, object)
    def _write(self, key: str, value: object) -> None:
        if key == "kind":
            value = EquipmentKind(self.kind.currentData())
        elif key in _TEXTS:
            value = value or ""
        changes: Any = {key: value}
        try:
            with self._desk.book.action(tr("Appareil modifié")) as session:
                keeping.change(session, self._id, **changes)
        except UserError as error:
            self.message.setText(str(error))

    @Slot()
    def _put_aside(self) -> None:
        if self._is_aside:
            with self._desk.book.action(tr("Appareil remis en service")) as session:
                keeping.put_back(session, self._id)
            return
        with self._desk.book.action(tr("Appareil hors service")) as session:
            keeping.put_aside(session, self._id, _today(self._desk))

    @Slot()
    def _remove(self) -> None:
        try:
            with self._desk.book.action(tr("Appareil supprimé")) as session:
                keeping.remove(session, self._id)
        except UserError as error:
            self.message.setText(str(error))
            return
        self._desk.tell(tr("Appareil supprimé."), undo=True)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.aside)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, scaled(8), 0)
        layout.setSpacing(scaled(12))
        layout.addWidget(self.checks)
        layout.addWidget(self.form)
        layout.addWidget(self.message)
        layout.addLayout(buttons)
        layout.addStretch(1)


def _today(desk: Desk) -> date:
    return civil_date(desk.book.clock())
