"""Appliances and probes: what is due on each, and the temperatures a wrong probe measured."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.catalogue import REGISTERS
from cantine_desktop.hygiene.equipment import keeping
from cantine_desktop.hygiene.equipment.boiling import HIGHEST, LOWEST, boiling_point
from cantine_desktop.hygiene.equipment.kinds import EquipmentKind
from cantine_desktop.hygiene.equipment.queries import EquipmentRow, equipment_rows
from cantine_desktop.hygiene.suspects import WrongCheck, suspects_of, wrong_checks
from cantine_desktop.i18n import celsius, short_day, tr, trn
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.hygiene.equipment_pane import DevicePane
from ui.hygiene.equipment_place import kind_and_key
from ui.hygiene.equipment_suspects import SuspectsPane
from ui.kit.empty import EmptyState
from ui.kit.fields import NumberEdit
from ui.kit.list_detail import ListDetail
from ui.kit.notice import Notice
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role
from ui.screen import Screen

RECENT = timedelta(days=60)
"""A wrong probe that is right again is told for so long."""


class DevicesScreen(Screen):
    """The list of appliances, and the card of one of them."""

    key: ClassVar[str] = "equipment"
    shows: ClassVar[frozenset[str]] = frozenset({
        "equipment",
        "calibration",
        "maintenance_visit",
        "canteen",
        "plan_version",
        "reading",
        *(register.model.__tablename__ for register in REGISTERS),
    })

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[int, EquipmentRow] = {}
        self._wrong: WrongCheck | None = None
        self._add = QAction(tr("Ajouter un appareil"), self)
        self._add.triggered.connect(self._add_device)
        self._add.setEnabled(desk.may_write("hygiene"))
        self.altitude = NumberEdit(
            tr("Altitude de la cantine"),
            places=0,
            unit="m",
            minimum=Decimal(LOWEST),
            maximum=Decimal(HIGHEST),
        )
        self.altitude.setMaximumWidth(scaled(120))
        self.altitude.setEnabled(desk.may_write("canteen"))
        self.altitude.committed.connect(self._set_altitude)
        self.boils = QLabel()
        set_role(self.boils, "small")
        self.notice = Notice()
        empty = EmptyState(
            tr("Ajoutez la sonde, la balance, la friteuse… Leurs contrôles suivront."),
            tr("Commencer par une sonde"),
            self._add_probe,
        )
        self.table: LazyTable[int] = LazyTable(
            tr("Appareils et sondes"), _columns(), self._load, self._find, empty=empty
        )
        self.list = ListDetail(
            self.table, self._detail, tr("Choisissez un appareil, ou ajoutez-en un.")
        )
        self.suspects = SuspectsPane(desk)
        self.suspects.left.connect(self._show_list)
        self._pages = QStackedLayout()
        self._lay_out()

    @override
    def primary(self) -> QAction:
        return self._add

    @override
    def document(self) -> tuple[str, Period]:
        today = civil_date(self.desk.book.clock())
        if self._pages.currentIndex() == 1 and self.suspects.check is not None:
            return "suspect-temperatures", Period.month(self.suspects.check.found_on)
        return "equipment-register", Period.year(today)

    @override
    def place(self) -> object:
        return self.table.current_key

    @override
    def open_at(self, target: object) -> None:
        """Show an appliance by its key, or the temperatures of a check: ``("suspects", 3)``."""
        name, key = kind_and_key(target, "equipment")
        self.refresh()
        if name in {"suspects", "calibration"} and isinstance(key, int):
            with self.desk.book.read() as session:
                found = [each for each in wrong_checks(session) if each.calibration_id == key]
            if found:
                self._show_suspects(found[0])
        elif isinstance(key, int):
            self._show_list()
            self.table.go_to(key)

    @override
    def refresh(self) -> None:
        """Read the appliances again."""
        today = self._today()
        with self.desk.book.read() as session:
            rows = equipment_rows(session, today)
            canteen = the_canteen(session)
            altitude = canteen.altitude if canteen else None
            self._say_wrong(wrong_checks(session), today)
            count = len(suspects_of(session, self._wrong)) if self._wrong else 0
        self._rows = {row.equipment_id: row for row in rows}
        used = sum(not row.is_retired for row in rows)
        self.subtitle = trn("{n} appareil en service", "{n} appareils en service", used)
        self.altitude.set_value(None if altitude is None else Decimal(altitude))
        self._say_boiling(altitude)
        self._tell_wrong(count)
        self.table.refresh()
        if self.table.current_key is None and rows:
            self.table.go_to(rows[0].equipment_id)
        pane = self.list.pane
        if isinstance(pane, DevicePane):
            pane.refresh()
        if self._pages.currentIndex() == 1:
            self.suspects.refresh()

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    def _say_boiling(self, altitude: int | None) -> None:
        point = celsius(boiling_point(altitude or 0))
        if altitude is None:
            self.boils.setText(
                tr("À donner : d’ici là, l’eau est dite bouillir à {point}.").format(point=point)
            )
        else:
            self.boils.setText(tr("L’eau y bout à {point}.").format(point=point))

    def _say_wrong(self, checks: Sequence[WrongCheck], today: date) -> None:
        self._wrong = next(
            (
                check
                for check in checks
                if check.good_again is None or today - check.found_on <= RECENT
            ),
            None,
        )

    def _tell_wrong(self, count: int) -> None:
        wrong = self._wrong
        if wrong is None:
            self.notice.clear()
            return
        words = trn(
            "{name} : contrôle faux le {day}, {n} température à revoir.",
            "{name} : contrôle faux le {day}, {n} températures à revoir.",
            count,
        ).format(name=wrong.instrument, day=short_day(wrong.found_on))
        if words != self.notice.text:
            self.notice.tell("bad", words, tr("Les voir"), self._see_suspects)

    @Slot()
    def _see_suspects(self) -> None:
        if self._wrong is not None:
            self._show_suspects(self._wrong)

    def _show_suspects(self, check: WrongCheck) -> None:
        self.suspects.present(check)
        self._pages.setCurrentIndex(1)
        self.suspects.setFocus()

    @Slot()
    def _show_list(self) -> None:
        self._pages.setCurrentIndex(0)
        self.table.setFocus()

    def _find(self, column: str, down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        wanted = fold(self.list.words)
        found = [row for row in self._rows.values() if wanted in fold(" ".join(map(str, row[1:7])))]
        if column == "name" and down:
            found.reverse()
        elif column == "next":
            found.sort(
                key=lambda row: (row.next_due is None, row.next_due or date.min), reverse=down
            )
        return [row.equipment_id for row in found]

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [_texts(self._rows[key]) for key in keys]

    def _detail(self, key: int) -> QWidget:
        return DevicePane(self.desk, key)

    @Slot()
    def _add_device(self) -> None:
        self._add_one(tr("Nouvel appareil"), EquipmentKind.OTHER)

    @Slot()
    def _add_probe(self) -> None:
        if self.desk.may_write("hygiene"):
            self._add_one(tr("Sonde 1"), EquipmentKind.PROBE)

    def _add_one(self, name: str, kind: EquipmentKind) -> None:
        with self.desk.book.action(tr("Appareil ajouté")) as session:
            added = keeping.add(session, name, kind).id
        self._show_list()
        self.refresh()
        self.table.go_to(added)
        pane = self.list.pane
        if isinstance(pane, DevicePane):
            pane.name_it()

    @Slot(object)
    def _set_altitude(self, value: Decimal | None) -> None:
        try:
            with self.desk.book.action(tr("Altitude de la cantine")) as session:
                keeping.set_altitude(session, None if value is None else int(value))
        except UserError as error:
            self.altitude.refuse(str(error))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(scaled(8))
        label = QLabel(tr("Altitude de la cantine"))
        label.setBuddy(self.altitude)
        top.addWidget(label)
        top.addWidget(self.altitude)
        top.addWidget(self.boils, 1)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.notice)
        column.addWidget(self.list, 1)
        column.addLayout(top)
        self._pages.addWidget(listed)
        self._pages.addWidget(self.suspects)
        layout = QVBoxLayout(self)
        layout.addLayout(self._pages)


def _columns() -> list[Column]:
    return [
        Column(tr("Appareil"), 185, key="name"),
        Column(tr("À faire"), 240, key="next"),
        Column(tr("État"), 120),
    ]


def _texts(row: EquipmentRow) -> Row:
    name = f"{row.name} ({row.number})" if row.number else row.name
    tone = "muted" if row.is_retired else "bad" if row.is_wrong else ""
    return Row((name, row.next_words, row.state), tone)
