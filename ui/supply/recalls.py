"""Recalls: the public list held beside our lots, what is set aside, the exercise of the year."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import mark, short_day, tr, trn
from cantine_desktop.meals.consumption.drills import drills
from cantine_desktop.supply.recalls.queries import NoticeRow, notice_rows
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.flow import FlowLayout
from ui.kit.list_detail import ListDetail
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled
from ui.screen import Screen
from ui.supply.lot_file import DrillDialog, LotDialog
from ui.supply.recall_pane import RecallPane


class RecallsScreen(Screen):
    """The notices that may touch a lot, those to look at first."""

    key: ClassVar[str] = "recalls"
    shows: ClassVar[frozenset[str]] = frozenset({
        "recall_notice",
        "recall_match",
        "recall_drill",
        "lot",
        "lot_event",
        "stock_move",
    })
    help_text: ClassVar[str] = mark(
        "Téléchargez la liste « RappelConso » (CSV) sur data.economie.gouv.fr, puis déposez-la "
        "ici : seuls les avis qui ressemblent à vos lots sont gardés. Ce qui est sûr est mis de "
        "côté ; du reste, vous décidez, l’étiquette en main."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[int, NoticeRow] = {}
        may = desk.may_write("supply")
        self.take = self._action(tr("Importer la liste…"), "Ctrl+N", self._take, enabled=may)
        self.follow = self._action(tr("Dossier d’un lot…"), "", self._follow)
        self.drill = self._action(tr("Exercice de rappel…"), "", self._drill, enabled=may)
        empty = EmptyState(
            tr(
                "Aucun rappel ne ressemble à vos lots. Importez la liste publique de temps en "
                "temps, ou dès qu’un fournisseur vous prévient."
            ),
            self.take.text(),
            self.take.trigger,
            icon="package",
        )
        self.table: LazyTable[int] = LazyTable(
            tr("Avis de rappel"), _columns(), self._load, self._find, empty=empty, parent=self
        )
        self.list = ListDetail(
            self.table, self._detail, tr("Choisissez un avis pour voir les lots à comparer."), self
        )
        self.list.share(4, 7)
        self._bar = self._make_bar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.first_stop = self.list.search

    def _make_bar(self) -> QWidget:
        bar = QWidget(self)
        flow = FlowLayout(scaled(8), bar)
        for action in (self.follow, self.drill):
            button = QPushButton(action.text(), bar)
            button.setEnabled(action.isEnabled())
            button.clicked.connect(action.trigger)
            flow.addWidget(button)
        return bar

    @override
    def filters(self) -> QWidget:
        return self._bar

    @override
    def primary(self) -> QAction:
        return self.take

    @override
    def document(self) -> tuple[str, Period]:
        return "recall-file", Period.year(civil_date(self.desk.book.clock()))

    @override
    def place(self) -> object:
        return self.table.current_key

    @override
    def open_at(self, target: object) -> None:
        """Show a notice by its key."""
        self.list.search.clear()
        self.refresh()
        if isinstance(target, int):
            self.table.go_to(target)

    @override
    def refresh(self) -> None:
        """Read the notices again."""
        with self.desk.book.read() as session:
            rows = notice_rows(session)
            last = drills(session, limit=1)
        self._rows = {row.key: row for row in rows}
        waiting = sum(row.to_look_at for row in rows)
        words = [trn("{n} lot à regarder", "{n} lots à regarder", waiting)] if waiting else []
        if last:
            day = short_day(last[0].day)
            words.append(tr("dernier exercice le {day}").format(day=day))
        self.subtitle = " · ".join(words)
        self.table.refresh()
        if self.table.current_key is None and self.table.model.keys:
            self.table.go_to(self.table.model.keys[0])
        pane = self.list.pane
        if isinstance(pane, RecallPane) and pane.key in self._rows:
            pane.refresh()

    def _find(self, column: str, down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        words = fold(self.list.words)
        found = [row for row in self._rows.values() if words in fold(f"{row.product} {row.brand}")]
        if column == "product":
            found.sort(key=lambda row: fold(row.product))
        elif column == "day":
            found.sort(key=lambda row: row.published_on, reverse=True)
        if down:
            found.reverse()
        return [row.key for row in found]

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [_texts(self._rows[key]) for key in keys]

    def _detail(self, key: int) -> QWidget:
        return RecallPane(self.desk, key)

    @Slot()
    def _take(self) -> None:
        self.desk.importing.emit()

    @Slot()
    def _follow(self) -> None:
        text = tr("Un fournisseur vous rappelle un lot ? Trouvez-le, puis imprimez où il est allé.")
        LotDialog(self.desk, tr("Dossier d’un lot"), text, tr("Voir le dossier"), self).exec()

    @Slot()
    def _drill(self) -> None:
        DrillDialog(self.desk, self).exec()


def _columns() -> list[Column]:
    return [
        Column(tr("Publié"), 98, key="day"),
        Column(tr("Produit"), 170, key="product"),
        Column(tr("Nos lots"), 100),
    ]


def _texts(row: NoticeRow) -> Row:
    if row.to_look_at:
        state, tone = trn("{n} à regarder", "{n} à regarder", row.to_look_at), "bad"
    elif row.touched:
        state, tone = trn("{n} visé", "{n} visés", row.touched), ""
    else:
        state, tone = tr("aucun"), "muted"
    return Row((short_day(row.published_on), row.product, state), tone)
