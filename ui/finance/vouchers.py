"""Pieces: what was dropped in, what is wrong in it, what it proves, and what has no proof."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.matching.unproved import bank_spending, unproved
from cantine_desktop.finance.pieces.listing import PieceRow, PieceState, pieces, to_do_count
from cantine_desktop.finance.pieces.queries import MissingRow
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finance import voucher_deeds as deeds
from ui.finance.voucher_drop import SUFFIXES, Outcome
from ui.finance.voucher_intake import VoucherIntake
from ui.finance.voucher_list import (
    ROLE,
    Place,
    VoucherFilters,
    Which,
    first_missing,
    missing_item,
    missing_key,
    piece_item,
    why_nothing,
)
from ui.finance.voucher_missing import MissingPane
from ui.finance.voucher_pane import VoucherPane, instead_of, read_piece
from ui.finance.voucher_preview import VoucherPreview
from ui.finance.voucher_ways_out import WaysOut
from ui.kit.dialogs import ask_text
from ui.kit.files import SelectiveDrop
from ui.kit.notice import Notice
from ui.kit.scrolling import scroll_area
from ui.kit.theme import scaled, set_role
from ui.screen import Screen


class VouchersScreen(Screen):
    """A list of pieces, the file of one of them, and what is done with it."""

    key: ClassVar[str] = "vouchers"
    shows: ClassVar[frozenset[str]] = frozenset({
        "piece", "piece_link", "missing_piece", "entry", "bank_line", "matched_bank_line", "party",
    })  # fmt: skip
    help_text: ClassVar[str] = mark(
        "Déposez factures, tickets et courriels n’importe où sur cet écran. Une facture "
        "électronique se lit seule : Ctrl+Entrée enregistre l’achat et y joint la pièce."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._pieces: dict[int, PieceRow] = {}
        self._missing: dict[str, MissingRow] = {}
        self._still = 0
        self._wanted: int | str | None = None
        self._listed: Which | None = None
        self._asked = False
        self._may_write = desk.may_write("finance")
        self.list_filters = VoucherFilters(self)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Pièces"))
        self.list.setWordWrap(True)
        # Each inside what holds it from the first: a widget that moves in is dressed again.
        self._right = QStackedWidget(self)
        self._piece_page = QSplitter(Qt.Orientation.Horizontal, self._right)
        self.preview = VoucherPreview(desk, self._piece_page)
        self._beside = QWidget(self._piece_page)
        self._piece_area = scroll_area(self._beside)
        self.pane = VoucherPane(desk, self._piece_area.viewport())
        self._missing_area = scroll_area(self._right)
        self.missing_pane = MissingPane(self._missing_area.viewport())
        self.nothing = QLabel(self._right)
        self.refusals = Notice(self)
        self.intake = VoucherIntake(desk, self.refusals, self)
        self.drop = SelectiveDrop(self, [(SUFFIXES, self.take)])
        may = self._may_write
        self._add = self._action(tr("Ajouter des pièces…"), "Ctrl+N", self._ask_files, enabled=may)
        self._pay = self._action(
            tr("Préparer un virement…"), "Ctrl+Shift+V", self._prepare_payment, enabled=may
        )
        self._post = self._action(
            tr("Enregistrer l’achat"), "Ctrl+Return", self._post_purchase, enabled=may
        )
        self._ways_out = WaysOut(desk, self.missing_pane, self._spent, self._write)
        self._connect()
        self._lay_out()

    @override
    def primary(self) -> QAction:
        return self._add

    @override
    def document(self) -> tuple[str, Period]:
        key = "missing-pieces" if self._shows_missing else "pieces-index"
        return key, Period.month(civil_date(self.desk.book.clock()))

    @override
    def place(self) -> object:
        return Place(self.list_filters.chosen, self._chosen_key())

    @override
    def open_at(self, target: object) -> None:
        """Show a piece by its key, what a month lacks, where the person was; take in a file."""
        self._asked = True
        if isinstance(target, Path):
            self.take([target])
        elif isinstance(target, int):
            self._wanted = target
            self.refresh()
            if target not in self._pieces:
                self.list_filters.show_only(Which.ALL)
        elif isinstance(target, str):
            self.list_filters.show_only(Which(target))
        elif isinstance(target, Place):
            self._wanted = target.key
            self.list_filters.show_only(target.which)
        elif isinstance(target, Period):
            self.list_filters.show_only(Which.MISSING)
            self.refresh()
            self._wanted = first_missing(self._missing, target)
        self.refresh()

    @property
    def _shows_missing(self) -> bool:
        return self.list_filters.chosen is Which.MISSING

    @override
    @Slot()
    def refresh(self) -> None:
        """Read the pieces again."""
        wanted = self._wanted if self._wanted is not None else self._chosen_key()
        self._wanted = None
        with self.desk.book.read() as session:
            waiting = to_do_count(session)
            missing = unproved(session, self._in_sight())
            self._still = sum(not row.lost_reason for row in missing)
            self._begin_where_work_is(waiting)
            which, words = self.list_filters.chosen, self.list_filters.words.text()
            rows = [] if self._shows_missing else pieces(session, which.state, words)
        self._pieces = {row.key: row for row in rows}
        shown = deeds.holding(missing, words) if self._shows_missing else []
        self._missing = {missing_key(row): row for row in shown}
        self.subtitle = tr("{waiting}, {missing}").format(
            waiting=trn("{n} à traiter", "{n} à traiter", waiting),
            missing=trn("{n} sans justificatif", "{n} sans justificatif", self._still),
        )
        self._fill(wanted)

    def _begin_where_work_is(self, waiting: int) -> None:
        if not (self._asked or waiting) and self._still and self.list_filters.chosen is Which.TO_DO:
            self.list_filters.blockSignals(True)  # it is being read already
            self.list_filters.show_only(Which.MISSING)
            self.list_filters.blockSignals(False)
        self._asked = True

    def _in_sight(self) -> Period:
        """Return the days whose proofs are asked for: this year and the one before."""
        today = civil_date(self.desk.book.clock())
        return Period(date(today.year - 1, 1, 1), today + timedelta(days=1))

    def _fill(self, wanted: object) -> None:
        self.list.blockSignals(True)
        same = self._listed is self.list_filters.chosen
        after = max(self.list.currentRow(), 0) if same else 0
        self._listed = self.list_filters.chosen
        self.list.clear()
        # There as soon as rows are: they are measured before it would come and take their width.
        keys: list[int | str] = [*self._pieces, *self._missing]
        bars = Qt.ScrollBarPolicy
        self.list.setVerticalScrollBarPolicy(
            bars.ScrollBarAlwaysOn if keys else bars.ScrollBarAlwaysOff
        )
        for row in self._pieces.values():
            self.list.addItem(piece_item(row))
        for spent in self._missing.values():
            self.list.addItem(missing_item(spent))
        # There before it is needed: rows are measured before it would come and take their width.
        policy = Qt.ScrollBarPolicy
        self.list.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if keys else policy.ScrollBarAlwaysOff
        )
        ranks = [rank for rank, key in enumerate(keys) if key == wanted]
        self.list.setCurrentRow(ranks[0] if ranks else min(after, len(keys) - 1))
        self.list.blockSignals(False)
        self._show_chosen()

    def _chosen_key(self) -> int | str | None:
        row = self.list.currentRow()
        key: int | str | None = self.list.item(row).data(ROLE) if row >= 0 else None
        return key

    def _piece(self) -> PieceRow | None:
        key = self._chosen_key()
        return self._pieces.get(key) if isinstance(key, int) else None

    def _spent(self) -> MissingRow | None:
        key = self._chosen_key()
        return self._missing.get(key) if isinstance(key, str) else None

    @Slot()
    def _show_chosen(self) -> None:
        piece, spent = self._piece(), self._spent()
        self._post.setEnabled(
            self._may_write and piece is not None and piece.state is not PieceState.LINKED
        )
        if piece is not None:
            self._show_piece(piece)
        elif spent is not None:
            with self.desk.book.read() as session:
                waiting = pieces(session, PieceState.TO_DO)
            self.missing_pane.present(spent, waiting, writable=self._may_write)
            self._right.setCurrentWidget(self._missing_area)
        else:
            filters = self.list_filters
            said = why_nothing(filters.chosen, filters.words.text(), self._still)
            self.nothing.setText(said)
            self._right.setCurrentWidget(self.nothing)

    def _show_piece(self, piece: PieceRow) -> None:
        try:
            with self.desk.book.read() as session:
                spent = bank_spending(session, self._in_sight())
                shown = read_piece(session, piece, self.desk, spent)
                self.pane.present(session, shown, writable=self._may_write)
        except UserError as error:
            self.nothing.setText(str(error))
            self._right.setCurrentWidget(self.nothing)
            return
        self.preview.present(piece.attachment_id, instead_of(shown.facts))
        self._right.setCurrentWidget(self._piece_page)

    # -- taking files in

    @Slot()
    def _ask_files(self) -> None:
        self.take(self.intake.ask(self.window()))

    @Slot(QPoint)
    def _aim(self, place: QPoint) -> None:
        """Choose the line that files are let go on, when the list is of what is missing."""
        item = self.list.itemAt(self.list.viewport().mapFrom(self, place))
        if self._shows_missing and item is not None:
            self.list.setCurrentItem(item)

    def take(self, files: list[Path]) -> None:
        """Keep files as pieces; on a line without a piece, join them to it."""
        if self._may_write and files:
            self.intake.take(files, self._spent())

    @Slot(object)
    def _on_taken(self, outcome: Outcome) -> None:
        if outcome.keys and not self._shows_missing:
            self._wanted = outcome.keys[0]
            self.list_filters.show_only(Which.TO_DO)
            self.refresh()
            self.pane.start()

    # -- what is done with a piece

    @Slot()
    def _post_purchase(self) -> None:
        piece = self._piece()
        if piece is None or not self._post.isEnabled() or not self.pane.form.check():
            return
        purchase = self.pane.form.purchase()
        label = tr("Achat {supplier}").format(supplier=purchase.supplier)
        done = tr("Achat de {supplier} enregistré, pièce {number} jointe.").format(
            supplier=purchase.supplier, number=piece.number
        )
        self._write(label, partial(deeds.post, piece.key, purchase), done)

    @Slot()
    def _keep(self) -> None:
        piece = self._piece()
        if piece is None:
            return
        said = self.pane.form.said()
        self._write(
            tr("Pièce nommée"), partial(deeds.describe, piece.key, said), tr("Pièce nommée.")
        )

    @Slot()
    def _put_aside(self) -> None:
        piece = self._piece()
        if piece is None:
            return
        reason: str | None = ""
        if piece.state is not PieceState.SET_ASIDE:
            text = tr("Elle reste numérotée et gardée, mais n’attend plus d’écriture.")
            title = tr("Pourquoi la mettre de côté ?")
            reason = ask_text(self, title, text, tr("Mettre de côté"))
        if reason is not None:
            label = tr("Pièce mise de côté") if reason else tr("Pièce reprise")
            self._write(label, partial(deeds.set_aside, piece.key, reason), f"{label}.")

    @Slot(object)
    def _link(self, row: MissingRow) -> None:
        piece = self._piece()
        if piece is not None:
            done = tr("Pièce {number} liée.").format(number=piece.number)
            self._write(tr("Pièce liée"), partial(deeds.join, piece.key, row), done)

    @Slot(int)
    def _unlink(self, link_id: int) -> None:
        done = tr("Pièce déliée : elle attend de nouveau.")
        self._write(tr("Pièce déliée"), partial(deeds.unjoin, link_id), done)

    @Slot()
    def _prepare_payment(self) -> None:
        from ui.finance.transfer_dialog import TransferDialog  # noqa: PLC0415  -- only when paying

        TransferDialog(self.desk, self.window()).open()

    @Slot(int)
    def _show_entry(self, entry_id: int) -> None:
        self.desk.go("accounts", entry_id)

    def _write(self, label: str, write: Callable[[Session], object], done: str) -> None:
        """Write as one undo step; a refusal is said in the pane that asked."""
        try:
            with self.desk.book.action(label) as session:
                write(session)
        except UserError as error:
            pane = self.missing_pane if self._shows_missing else self.pane
            pane.complain(str(error))
            return
        self.desk.tell(done, undo=True)

    # -- laying out

    def _connect(self) -> None:
        self.list_filters.changed.connect(self.refresh)
        self.pane.pay.clicked.connect(self._prepare_payment)
        self.intake.taken.connect(self._on_taken)
        self.list.currentItemChanged.connect(self._show_chosen)
        self.drop.aimed.connect(self._aim)
        self.pane.posted.connect(self._post_purchase)
        self.pane.kept.connect(self._keep)
        self.pane.put_aside.connect(self._put_aside)
        self.pane.linked.connect(self._link)
        self.pane.unlinked.connect(self._unlink)
        self.pane.entry_wanted.connect(self._show_entry)
        self.list.itemActivated.connect(self.pane.start)
        self.missing_pane.file_wanted.connect(self._ask_files)
        self.missing_pane.entry_wanted.connect(self._show_entry)

    def _lay_out(self) -> None:
        self.list.setMinimumWidth(scaled(140))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = QVBoxLayout()
        left.setSpacing(scaled(8))
        left.addWidget(self.list_filters)
        left.addWidget(self.list, 1)
        self._piece_page.setChildrenCollapsible(False)
        self._piece_page.setHandleWidth(scaled(16))
        column = QVBoxLayout(self._beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._piece_area, 1)
        column.addWidget(self.pane.buttons)
        for area in (self._piece_area, self._missing_area):
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._piece_area.setWidget(self.pane)
        self._piece_page.setStretchFactor(0, 1)
        self._piece_page.setSizes([scaled(270), scaled(470)])  # labels beside their fields
        self._missing_area.setWidget(self.missing_pane)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self.nothing, "muted")
        for page in (self.nothing, self._piece_page, self._missing_area):
            self._right.addWidget(page)
        both = QHBoxLayout()
        both.setSpacing(scaled(16))
        both.addLayout(left, 2)
        both.addWidget(self._right, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.refusals)
        layout.addLayout(both, 1)
        self.first_stop = self.list
