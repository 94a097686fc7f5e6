"""The board of the week: who comes when, what the rules say of it, publishing it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import mark, money, short_day, tr, trn
from cantine_desktop.staff.law.stints import monday_of
from cantine_desktop.staff.rosters import planning
from cantine_desktop.staff.rosters.board import Board, BoardCell
from cantine_desktop.staff.rosters.model import STATES
from cantine_desktop.staff.rosters.typed_cell import type_cell
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.cells import Cell, Edit
from ui.kit.grid import EntryGrid
from ui.kit.grid_model import Place
from ui.kit.notice import Notice
from ui.kit.theme import scaled
from ui.screen import Screen
from ui.staff.board_alerts import AlertList
from ui.staff.board_bar import BoardBar
from ui.staff.board_cells import heads, person_cell, row_heads, total_cell, under_cell
from ui.staff.board_grid import BoardModel, hours_words
from ui.staff.board_proposals import BoardProposals
from ui.staff.board_reading import ShownWeek, read_week
from ui.staff.publish_dialog import PublishDialog
from ui.staff.rules_dialog import RulesDialog
from ui.staff.staffing_dialog import StaffingDialog

_ROW = 42


class BoardScreen(Screen):
    """People by day; type hours, drag them, see at once what the rules say."""

    key: ClassVar[str] = "roster"
    shows: ClassVar[frozenset[str]] = frozenset({
        *("staff_shift", "staff_absence", "roster_week", "roster_publication", "staff_rules"),
        *("staff_limit", "staff_member", "staff_contract", "staff_skill", "meal_service"),
        *("reservation", "canteen", "closed_day", "staffing_rule"),
    })
    help_text: ClassVar[str] = mark(
        "Tapez un horaire dans une case : 8:30-15:30, 9-12 14-18, 18-0 ; p30 pour 30 min de pause, "
        "puis un poste : plonge, accueil… CP, MAL… dit une absence. Suppr vide "
        "la case. Glissez une case pour la déplacer, avec Ctrl pour la "
        "copier ; au clavier, Ctrl et une flèche."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._monday = monday_of(civil_date(desk.book.clock()))
        self.shown: ShownWeek | None = None
        self._proposals = BoardProposals(desk, self)
        self.notice = Notice()
        self._make_actions()
        self.bar = BoardBar(self, (self.proposing, self.comparing))
        self.model = BoardModel(self._cell, self._write, self._write_many, self)
        self.model.may_move = self._may_move
        self.grid = EntryGrid(
            self.model, tr("Planning de la semaine"), enter_moves="across", row_height=_ROW
        )
        self._let_drag()
        self.grid.view.addActions([self.explaining, self.replacing, self.locking])
        self.alerts = AlertList((self.copying, self.needs, self.rules))
        self.grid.setMinimumHeight(scaled(100))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.notice)
        column.addWidget(self.grid, 1)
        column.addWidget(self.alerts)
        self._connect()
        self.first_stop = self.grid

    def _make_actions(self) -> None:
        may = self.desk.may_write("staff")
        self.publishing = self._action(tr("Publier…"), "Ctrl+Return", self._publish, enabled=may)
        self.copying = self._action(
            tr("Copier la semaine d’avant"), "Ctrl+Shift+D", self._copy, enabled=may
        )
        self.proposing = self._action(tr("Proposer…"), "Ctrl+Shift+P", self._propose, enabled=may)
        self.comparing = self._action(tr("Comparer…"), "Ctrl+Shift+B", self._compare)
        self.explaining = self._action(
            tr("Pourquoi ? Pourquoi pas ?"), "Ctrl+Shift+W", self._explain
        )
        self.replacing = self._action(tr("Remplacer…"), "Ctrl+Shift+M", self._replace, enabled=may)
        self.clearing = self._action(tr("Vider la semaine"), "", self._clear, enabled=may)
        self.locking = self._action(
            tr("Garder cette case fixe, ou la libérer"), "Ctrl+L", self._lock, enabled=may
        )
        self.rules = self._action(tr("Règles…"), "", self._show_rules, enabled=may)
        self.needs = self._action(tr("Besoins…"), "", self._show_needs)
        self.calendars = self._action(tr("Exporter vers un agenda (iCalendar)…"), "", self._export)
        for words, keys, step in (
            (tr("Déplacer d’un jour vers la droite"), "Ctrl+Right", (0, 1)),
            (tr("Déplacer d’un jour vers la gauche"), "Ctrl+Left", (0, -1)),
            (tr("Donner à la personne du dessous"), "Ctrl+Down", (1, 0)),
            (tr("Donner à la personne du dessus"), "Ctrl+Up", (-1, 0)),
        ):
            action = self._action(words, keys, self._move_by_keys, enabled=may)
            action.setData(step)

    def _let_drag(self) -> None:
        view = self.grid.view
        view.setDragEnabled(True)
        view.setAcceptDrops(True)
        view.setDropIndicatorShown(True)
        view.setDefaultDropAction(Qt.DropAction.MoveAction)
        view.fill_width()

    def _connect(self) -> None:
        self.bar.stepped.connect(self._step)
        self.bar.home.connect(self._go_home)
        self.model.dropped.connect(self._drop)
        self.alerts.chosen.connect(self._go_to_alert)

    # -- reading

    @property
    def week(self) -> Period:
        """The civil week shown."""
        return Period.week(self._monday)

    @override
    def filters(self) -> QWidget:
        return self.bar

    @override
    def primary(self) -> QAction:
        return self.publishing

    @override
    def document(self) -> tuple[str, Period]:
        return "roster-week", self.week

    @override
    def place(self) -> object:
        return self._monday

    @override
    def open_at(self, target: object) -> None:
        if isinstance(target, Period):
            target = target.first
        if isinstance(target, date):
            self._monday = monday_of(target)
            self.refresh()

    @override
    @Slot()
    def refresh(self) -> None:
        now = self.desk.book.clock()
        with self.desk.book.read() as session:
            shown = read_week(session, self.week, now)
        self.shown, board = shown, shown.board
        self.model.show(row_heads(shown), heads(board))
        names = {str(row.key): row.name for row in board.rows}
        self.alerts.show_alerts(board.alerts, shown.coverage.gaps, names)
        self.bar.say(self.week)
        self.subtitle = _subtitle(board)
        self._tell(board)

    def _tell(self, board: Board) -> None:
        if not board.rows:
            told = tr("Personne n’a de contrat ni de mandat cette semaine.")
            self.notice.tell("info", told, tr("Personnes et contrats"), self._go_to_people)
        elif board.changed:
            days = trn("{n} jour diffère", "{n} jours diffèrent", board.changed)
            told = tr("{days} de ce qui a été publié : prévenez les personnes.").format(days=days)
            self.notice.tell("warn", told, tr("Publier…"), self._publish)
        else:
            self.notice.clear()

    @property
    def board(self) -> Board | None:
        """The people of the week."""
        return self.shown.board if self.shown is not None else None

    def _cell(self, row: int, column: int) -> Cell:
        if self.shown is None:
            return Cell()
        board = self.shown.board
        if row >= len(board.rows):
            return under_cell(self.shown, row - len(board.rows), column)
        person = board.rows[row]
        if column >= 7:
            return total_cell(person)
        may = self.desk.may_write("staff")
        return person_cell(person.cells[column], person.status, editable=may)

    def _at(self, place: Place) -> BoardCell | None:
        board, (row, column) = self.board, place
        if board is None or not (0 <= row < len(board.rows) and 0 <= column < 7):
            return None
        return board.rows[row].cells[column]

    # -- writing

    def _write(self, row: int, column: int, text: str) -> str | None:
        return self._write_many([Edit(row, column, text)])[0]

    def _write_many(self, edits: Sequence[Edit]) -> Sequence[str | None]:
        with self.desk.book.action(self._label(edits)) as session:
            for edit in edits:
                cell = self._at((edit.row, edit.column))
                if cell is not None:
                    type_cell(session, cell.spot, edit.text)
        return [None] * len(edits)

    def _label(self, edits: Sequence[Edit]) -> str:
        cell = self._at((edits[0].row, edits[0].column))
        if len(edits) > 1 or cell is None or self.board is None:
            return tr("Planning : {n} cases").format(n=len(edits))
        name = self.board.rows[edits[0].row].name
        return tr("Planning : {name}, {day}").format(name=name, day=short_day(cell.spot.day))

    def _may_move(self, row: int, column: int) -> bool:
        cell = self._at((row, column))
        return cell is not None and bool(cell.shifts) and self.desk.may_write("staff")

    @Slot(object, object, bool)
    def _drop(self, source: Place, target: Place, copies: bool) -> None:  # noqa: FBT001  -- what the signal carries
        taken, put = self._at(source), self._at(target)
        if taken is None or put is None or not put.is_bound:
            self.grid.say(tr("On ne peut pas poser d’horaire ici."))
            return
        label = tr("Horaire copié") if copies else tr("Horaire déplacé")
        with self.desk.book.action(label) as session:
            planning.move_day(session, taken.spot, put.spot, copies=copies)
        self.grid.view.stand(*target)

    @Slot()
    def _move_by_keys(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        down, across = action.data()
        index = self.grid.view.currentIndex()
        source = (index.row(), index.column())
        if self._may_move(*source):
            self._drop(source, (source[0] + down, source[1] + across), False)

    @Slot()
    def _copy(self) -> None:
        with self.desk.book.action(tr("Semaine copiée")) as session:
            report = planning.copy_week(session, self._monday - 7 * DAY, self._monday)
        said = trn("{n} créneau copié.", "{n} créneaux copiés.", report.copied)
        self.desk.tell(" ".join([said, *report.left[:3]]), undo=bool(report.copied))

    @Slot()
    def _propose(self) -> None:
        self.grid.commit()
        self._proposals.propose(self.week)

    @Slot()
    def _compare(self) -> None:
        self.grid.commit()
        self._proposals.compare(self.week)

    @Slot()
    def _explain(self) -> None:
        self.grid.commit()
        cell, name = self._current()
        if cell is not None:
            self._proposals.explain(cell.spot, name)

    @Slot()
    def _replace(self) -> None:
        self.grid.commit()
        cell, name = self._current()
        if cell is not None:
            self._proposals.replace(cell.spot, name)

    def _current(self) -> tuple[BoardCell | None, str]:
        index = self.grid.view.currentIndex()
        cell = self._at((index.row(), index.column()))
        if cell is None or self.board is None:
            return None, ""
        return cell, self.board.rows[index.row()].name

    @Slot()
    def _clear(self) -> None:
        with self.desk.book.action(tr("Semaine vidée")) as session:
            count = planning.clear_week(session, self._monday)
        said = trn("{n} créneau retiré.", "{n} créneaux retirés.", count)
        self.desk.tell(said, undo=bool(count))

    @Slot()
    def _lock(self) -> None:
        index = self.grid.view.currentIndex()
        cell = self._at((index.row(), index.column()))
        if cell is None or not cell.shifts:
            return
        with self.desk.book.action(tr("Case fixe")) as session:
            planning.set_lock(session, cell.spot, is_locked=not cell.is_locked)

    @Slot()
    def _publish(self) -> None:
        self.grid.commit()
        if self.board is not None and self.desk.may_write("staff"):
            PublishDialog(self.desk, self.board, self).exec()

    @Slot()
    def _show_rules(self) -> None:
        RulesDialog(self.desk, self).exec()

    @Slot()
    def _show_needs(self) -> None:
        StaffingDialog(self.desk, self).exec()

    @Slot()
    def _export(self) -> None:
        self.desk.export("roster-calendar", self.week)

    # -- moving about

    @Slot(int)
    def _step(self, weeks: int) -> None:
        self.grid.commit()
        self._monday += timedelta(days=7 * weeks)
        self.refresh()

    @Slot()
    def _go_home(self) -> None:
        self._monday = monday_of(civil_date(self.desk.book.clock()))
        self.refresh()

    @Slot()
    def _go_to_people(self) -> None:
        self.desk.go("contracts")

    @Slot(str, object)
    def _go_to_alert(self, worker: str, day: date | None) -> None:
        board = self.board
        if board is None or day is None:
            return
        for row, person in enumerate(board.rows):
            if str(person.key) == worker and day in board.days:
                self.grid.view.stand(row, board.days.index(day))


def _subtitle(board: Board) -> str:
    parts = [tr(STATES[board.state])]
    if board.published_at is not None:
        said = tr("{state} le {day}, version {n}").format(
            state=tr(STATES[board.state]),
            day=short_day(civil_date(board.published_at)),
            n=board.revision,
        )
        parts = [said]
    parts.append(tr("{hours} prévues pour les salarié·es").format(hours=hours_words(board.minutes)))
    if board.cost is not None:
        parts.append(money(board.cost))
    return " · ".join(parts)
