"""Breaches of every register: what is open, for how long, and what was done about the others."""

import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtCore import Slot as QtSlot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
)
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import breach_closing as closing
from cantine_desktop.hygiene import breaches, lots
from cantine_desktop.hygiene.breach_effects import Deed, Tells
from cantine_desktop.hygiene.breach_letters import letter
from cantine_desktop.hygiene.breach_list import list_breaches
from cantine_desktop.hygiene.breach_rows import BreachRow, BreachState, open_count
from cantine_desktop.hygiene.breach_tables import BlockedLot, LotState
from cantine_desktop.hygiene.breach_words import age, measured_text, state_name, where
from cantine_desktop.hygiene.faults import Fault
from cantine_desktop.hygiene.shelf_lots import follow_decision
from cantine_desktop.i18n import hour, mark, tr, trn
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.breach_filters import BreachFilters
from ui.hygiene.breach_pane import BreachPane
from ui.hygiene.deeds import write_deed
from ui.hygiene.settling import HandStrip
from ui.hygiene.strips import Strip
from ui.hygiene.zone_list import go_to_record, zone_items, zone_words
from ui.kit.files import Folders, ask_open
from ui.kit.icons import icon
from ui.kit.theme import scaled
from ui.screen import Screen

ROLE = Qt.ItemDataRole.UserRole


class BreachesScreen(Screen):
    """A list of breaches, the open ones first, and beside it what one of them needs."""

    key: ClassVar[str] = "breaches"
    shows: ClassVar[frozenset[str]] = frozenset({
        "breach",
        "corrective_action",
        "blocked_lot",
        "breach_proof",
    })
    help_text: ClassVar[str] = mark(
        "Une non-conformité se règle par une action, un contrôle s’il en faut un, et une "
        "vérification. Corriger un relevé mal tapé l’annule. Déposez une photo pour la joindre."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[int, BreachRow] = {}
        self._filters = BreachFilters()
        self.which = self._filters.which
        self._filters.changed.connect(self.refresh)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Non-conformités"))
        self.list.currentItemChanged.connect(self._show_chosen)
        self.hand = HandStrip()
        self.pane = BreachPane(desk)
        self.title_line, self.story = self.pane.title_line, self.pane.story
        self.strip = self.pane.strip
        self._may_write = desk.may_write("hygiene")
        self._note = QAction(tr("Noter un écart"), self)
        self._note.setShortcut("Ctrl+N")
        self._note.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._note.setEnabled(self._may_write)
        self._note.triggered.connect(self.hand.open)
        self.addAction(self._note)
        self._connect()
        self._lay_out()

    @override
    def primary(self) -> QAction:
        return self._note

    @override
    def document(self) -> tuple[str, Period]:
        row = self._chosen()
        day = civil_date(self.desk.book.clock()) if row is None else row.day
        return "breach-register", Period.month(day)

    @override
    def place(self) -> object:
        row = self._chosen()
        return None if row is None else row.breach_id

    @override
    def open_at(self, target: object) -> None:
        """Show a breach by its key, or the month of a period."""
        if not isinstance(target, int):
            return
        self.refresh()
        if target not in self._rows:
            self._filters.show_everything()
        self._choose(target)
        if self.strip.isVisible():
            self.strip.start()

    @override
    def refresh(self) -> None:
        """Read the breaches again."""
        chosen = self._chosen()
        with self.desk.book.read() as session:
            wanted = self._filters.wanted()
            asked = not self._filters.asks_zone
            rows = list_breaches(session, wanted, self.desk.book.clock()) if asked else []
            still = open_count(session)
        self._rows = {row.breach_id: row for row in rows}
        self.subtitle = trn("{n} à régler", "{n} à régler", still)
        self.list.blockSignals(True)
        self.list.clear()
        zone = self._filters.asks_zone
        for item in zone_items(self.desk) if zone else map(_item, rows):
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._choose(chosen.breach_id if chosen and chosen.breach_id in self._rows else None)

    def _choose(self, breach_id: int | None) -> None:
        ranks = [rank for rank, key in enumerate(self._rows) if key == breach_id]
        self.list.setCurrentRow(ranks[0] if ranks else 0)
        self._show_chosen()

    def _chosen(self) -> BreachRow | None:
        row = self.list.currentRow()
        return None if row < 0 else self._rows.get(self.list.item(row).data(ROLE))

    @QtSlot()
    def _show_chosen(self) -> None:
        row = self._chosen()
        if row is not None:
            self.pane.present(row, self.desk.book.clock(), writable=self._may_write)
        elif self._filters.asks_zone:
            nothing = tr("Rien dans la zone de tolérance depuis un mois.")
            self.pane.empty(zone_words(self.list.currentItem()) if self.list.count() else nothing)
        elif self._filters.wanted().is_open and not self._filters.words.text():
            self.pane.empty(tr("Aucune non-conformité à régler."))
        else:
            self.pane.empty(tr("Aucune non-conformité ne répond à ces filtres."))

    # -- what is answered

    @QtSlot(object)
    def _answer(self, deed: Deed) -> None:
        write_deed(self.desk, self.strip, deed)

    @QtSlot(str, str, bool)
    def _verify(self, words: str, initials: str, worked: bool) -> None:  # noqa: FBT001  -- a signal's
        row = self._chosen()
        if row is None:
            return

        def write(session: Session) -> None:
            now = self.desk.book.clock()
            closing.verify(session, row.breach_id, words, initials, now, worked=worked)
            if worked:
                closing.close(session, row.breach_id, initials, now)

        done = tr("Non-conformité close.") if worked else tr("Noté : il reste à agir.")
        self._write(self.pane.verify, tr("Vérification"), write, done)

    @QtSlot(str)
    def _close(self, initials: str) -> None:
        row = self._chosen()
        if row is None:
            return

        def write(session: Session) -> None:
            closing.close(session, row.breach_id, initials, self.desk.book.clock())

        self._write(self.pane.verify, tr("Clôture"), write, tr("Non-conformité close."))

    @QtSlot(int, object, str, str)
    def _decide(self, lot_id: int, state: str | None, why: str, initials: str) -> None:
        fate = None if state is None else LotState(state)

        def write(session: Session) -> None:
            now = self.desk.book.clock()
            lots.release(session, lot_id, why, initials, now, state=fate)
            if self.desk.may_write("supply"):
                follow_decision(session, session.get_one(BlockedLot, lot_id), now)

        self._write(self.pane.lot, tr("Sort du lot"), write, tr("Décision notée."))

    @QtSlot(object)
    def _note_by_hand(self, said: dict[str, Any]) -> None:
        now = self.desk.book.clock()

        def write(session: Session) -> None:
            fault = Fault(
                civil_date(now),
                said["subject"],
                unit="",
                words=said["words"],
                severity=said["severity"],
            )
            more = {name: said[name] for name in ("place", "product", "lot", "quantity")}
            breach = breaches.note_by_hand(session, fault, now, noted_by=said["noted_by"], **more)
            session.flush()
            keys.append(breach.id)

        keys: list[int] = []
        if self._write(self.hand, tr("Écart noté"), write, tr("Écart noté.")):
            self.hand.hide()
            self.open_at(keys[0])

    @QtSlot(object)
    def _change(self, said: dict[str, Any]) -> None:
        row = self._chosen()
        if row is None or all(getattr(row, name) == value for name, value in said.items()):
            return

        def write(session: Session) -> None:
            if "decision" in said:
                closing.decide(session, row.breach_id, said["decision"])
            elif "cause_group" in said:
                closing.group_cause(session, row.breach_id, said["cause_group"])
            else:
                now = self.desk.book.clock()
                closing.charge(session, row.breach_id, said["responsible"], said["due_on"], now)

        self._write(self.strip, tr("Non-conformité complétée"), write, "")

    def _write(self, strip: Strip, label: str, write: Callable[[Session], None], done: str) -> bool:
        """Write as one undo step; a refusal is said under the strip that asked."""
        try:
            with self.desk.book.action(label) as session:
                write(session)
        except UserError as error:
            strip.show()
            strip.complain(str(error))
            return False
        if done:
            self.desk.tell(done)
        return True

    # -- proofs and papers

    @QtSlot()
    def _ask_proof(self) -> None:
        folders = Folders(self.desk.settings.folders)
        kinds = ((tr("Photos et documents"), "*.jpg *.jpeg *.png *.pdf *.heic *.webp"),)
        found = ask_open(self, folders, "proof", tr("Joindre une preuve"), kinds)
        if found is not None:
            self.join([found])

    @QtSlot(object)
    def join(self, files: list[Path]) -> None:
        """Join files to the breach in view, as its proofs."""
        row = self._chosen()
        if row is None or not self._may_write:
            return

        def write(session: Session) -> None:
            for file in files:
                try:
                    content = file.read_bytes()
                except OSError as error:
                    raise UserError(
                        tr("« {name} » ne se lit pas : vérifiez le fichier.").format(name=file.name)
                    ) from error
                kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
                now = self.desk.book.clock()
                closing.join_proof(session, row.breach_id, content, file.name, kind, now)

        said = trn("{n} preuve jointe.", "{n} preuves jointes.", len(files))
        if not self._write(self.strip, tr("Preuve jointe"), write, ""):
            return
        self.desk.tell(said, undo=True)

    @QtSlot()
    def _print_form(self) -> None:
        row = self._chosen()
        if row is None:
            return
        from ui.hygiene.form_paper import show_form  # noqa: PLC0415  -- brings ReportLab

        show_form(self.desk, row, self.window())

    @QtSlot()
    def _copy_letter(self) -> None:
        row = self._chosen()
        if row is None:
            return
        with self.desk.book.read() as session:
            name = canteen_name(session)
        QGuiApplication.clipboard().setText(letter(row, Tells.SUPPLIER, name))
        self.desk.tell(tr("Lettre copiée : collez-la dans un message."))

    @QtSlot()
    def _add_note(self) -> None:
        row = self._chosen()
        if row is not None:
            self.strip.set_short(False)
            self.strip.present(row, 0, self.desk.book.clock())
            self.strip.start()

    @QtSlot(QListWidgetItem)
    def _go_to_record(self, item: QListWidgetItem) -> None:
        go_to_record(self.desk, item)

    @QtSlot()
    def _focus_list(self) -> None:
        self.list.setFocus()

    def _connect(self) -> None:
        pane = self.pane
        self.list.itemActivated.connect(self._go_to_record)
        pane.strip.answered.connect(self._answer)
        pane.verify.verified.connect(self._verify)
        pane.verify.closed.connect(self._close)
        pane.lot.decided.connect(self._decide)
        pane.told.connect(self._change)
        pane.filed.connect(self.join)
        pane.join.clicked.connect(self._ask_proof)
        pane.paper.clicked.connect(self._print_form)
        pane.letter.clicked.connect(self._copy_letter)
        pane.note.clicked.connect(self._add_note)
        self.hand.noted.connect(self._note_by_hand)
        for strip in (pane.strip, pane.verify, pane.lot, self.hand):
            strip.left.connect(self._focus_list)

    def _lay_out(self) -> None:
        self.list.setMinimumWidth(scaled(200))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = QVBoxLayout()
        left.setSpacing(scaled(8))
        left.addWidget(self._filters)
        left.addWidget(self.list, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.addWidget(self.hand)
        both = QHBoxLayout()
        both.setSpacing(scaled(16))
        both.addLayout(left, 1)
        both.addWidget(area, 2)
        layout.addLayout(both, 1)
        area.setWidget(self.pane)  # last: it measures the pane, which is then dressed in its place
        self.first_stop = self.list


def _item(row: BreachRow) -> QListWidgetItem:
    text = where(row)
    if row.measured is not None:
        text = tr("{where} : {celsius}").format(where=text, celsius=measured_text(row))
    text = f"{text}\n{_state(row)}"
    item = QListWidgetItem(text)
    item.setData(ROLE, row.breach_id)
    opened = row.settled_at is None
    item.setIcon(icon("warning-octagon-fill", "bad") if opened else icon("check-circle-fill", "ok"))
    return item


def _state(row: BreachRow) -> str:
    if row.withdrawn:
        return tr("annulée : relevé corrigé")
    old = age(row.hours)
    if row.settled_at is not None:
        if row.sealed:
            return tr("close en {age}").format(age=old)
        return tr("réglée en {age}").format(age=old)
    if row.recheck_due is not None:
        return tr("contrôle attendu à {hour}, ouverte depuis {age}").format(
            hour=hour(row.recheck_due), age=old
        )
    if row.state is BreachState.TO_ACT:
        return tr("ouverte depuis {age}").format(age=old)
    return tr("{state}, ouverte depuis {age}").format(state=state_name(row.state), age=old)
