"""People and contracts: who is in the team, under what contract, and what is to be renewed."""

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import mark, short_day, tr, trn
from cantine_desktop.staff.contracts.keeping import MemberFacts, add_member
from cantine_desktop.staff.contracts.model import StaffMember
from cantine_desktop.staff.contracts.queries import MemberRow, Which, team
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.table import Column, Row
from ui.list_screen import ListScreen, Sorting
from ui.staff.duties_dialog import DutiesDialog
from ui.staff.member_pane import MemberPane
from ui.staff.register_dialog import RegisterDialog

_WHICH = (
    (Which.PRESENT, mark("Présents et à venir")),
    (Which.PAST, mark("Anciens")),
    (Which.ALL, mark("Tous")),
)


class ContractsScreen(ListScreen[MemberRow, MemberPane]):
    """The people of the team."""

    key: ClassVar[str] = "contracts"
    shows: ClassVar[frozenset[str]] = frozenset({
        *("staff_member", "staff_contract", "staff_skill", "staff_paper", "staff_availability"),
        *("staff_wish", "staff_opening_balance", "staff_arrival_tick", "staff_register_line"),
    })
    help_text: ClassVar[str] = mark(
        "Ctrl+P imprime le registre unique du personnel, ou la fiche d’accueil quand le clavier "
        "est dans les étapes de l’accueil. Déposez un papier numérisé sur une liste pour l’y "
        "joindre."
    )

    parts: ClassVar[tuple[int, int]] = (3, 4)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        may = desk.may_write("staff")
        self.new = self._action(tr("Nouvelle personne"), "Ctrl+N", self._add, enabled=may)
        self.contract = self._action(
            tr("Nouveau contrat…"), "Ctrl+Shift+N", self._add_contract, enabled=may
        )
        self.register = self._action(tr("Registre…"), "", self._show_register, enabled=may)
        self.duties = self._action(tr("Obligations…"), "", self._show_duties)
        empty = EmptyState(
            tr("Personne dans cette liste. Ajoutez un membre de l’équipe."),
            self.new.text(),
            self.new.trigger,
            icon="identification-card",
        )
        invitation = tr("Choisissez une personne, ou ajoutez-en une.")
        self._lay_out(tr("Personnes de l’équipe"), _columns(), empty, invitation)
        self.which = QComboBox(self)
        self.which.setAccessibleName(tr("Quelles personnes"))
        for which, words in _WHICH:
            self.which.addItem(tr(words), which)
        self.which.activated.connect(self._refilter)
        self._main, self._bar = self.new, self._make_bar(self.which, self.register, self.duties)

    @override
    def document(self) -> tuple[str, Period]:
        """Return the register, or the arrival sheet while the keyboard is in its steps."""
        part = None if self.pane is None else self.pane.contracts
        if part is not None and _is_within(QApplication.focusWidget(), part.arrival):
            period = part.period()
            if period is not None:
                return "arrival-sheets", period
        return "staff-register", Period.year(civil_date(self.desk.book.clock()))

    @override
    def _widen(self) -> None:
        self.which.setCurrentIndex(len(_WHICH) - 1)

    @override
    def _read(self) -> list[MemberRow]:
        today = civil_date(self.desk.book.clock())
        with self.desk.book.read() as session:
            rows = team(session, today, Which(self.which.currentData()))
        late = sum(any(due.is_late for due in row.due) for row in rows)
        said = trn("{n} personne", "{n} personnes", len(rows))
        if late:
            waits = trn("{n} dossier en retard", "{n} dossiers en retard", late)
            said = f"{said} · {waits}"
        self.subtitle = said
        return rows

    @override
    def _words(self, record: MemberRow) -> str:
        return f"{record.name} {record.status_words} {record.job}"

    @override
    def _row(self, record: MemberRow) -> Row:
        status = record.status_words
        if record.is_minor:
            status = tr("{status}, mineur·e").format(status=status)
        last = short_day(record.last) if record.last is not None else ""
        late, count = sum(due.is_late for due in record.due), len(record.due)
        waits = trn("{n} à faire", "{n} à faire", count) if count else ""
        if late:
            waits = trn("{n} en retard", "{n} en retard", late)
        tone = "muted" if record.is_past else "bad" if late else ""
        return Row((record.name, waits, status, last), tone)

    @override
    def _sorting(self) -> Sorting[MemberRow]:
        return {"name": _by_name, "status": _by_status, "last": _by_last, "due": _by_due}

    @override
    def _pane(self, key: int) -> MemberPane:
        return MemberPane(self.desk, key)

    @Slot()
    def _refilter(self) -> None:
        self.refresh()

    @Slot()
    def _add(self) -> None:
        with self.desk.book.action(tr("Personne ajoutée")) as session:
            facts = MemberFacts(_free_name(session))
            key = add_member(session, facts, self.desk.book.clock()).id
        self.open_at(key)
        if self.pane is not None:
            self.pane.name_it()

    @Slot()
    def _add_contract(self) -> None:
        if self.pane is not None:
            self.pane.contracts.add()

    @Slot()
    def _show_register(self) -> None:
        RegisterDialog(self.desk, self).exec()

    @Slot()
    def _show_duties(self) -> None:
        DutiesDialog(self.desk, self).exec()


def _by_name(row: MemberRow) -> str:
    return fold(row.name)


def _by_status(row: MemberRow) -> tuple[str, str]:
    return fold(row.status_words), fold(row.name)


def _by_last(row: MemberRow) -> tuple[bool, object]:
    return row.last is None, row.last or 0


def _by_due(row: MemberRow) -> tuple[bool, int]:
    return not any(due.is_late for due in row.due), -len(row.due)


def _is_within(widget: QWidget | None, part: QWidget) -> bool:
    return widget is not None and (widget is part or part.isAncestorOf(widget))


def _free_name(session: Session) -> str:
    name, rank = tr("Nouvelle personne"), 2
    while session.scalar(select(StaffMember.id).where(StaffMember.name == name)) is not None:
        name, rank = tr("Nouvelle personne {n}").format(n=rank), rank + 1
    return name


def _columns() -> list[Column]:
    return [
        Column(tr("Nom"), 106, key="name"),
        Column(tr("À suivre"), 98, key="due"),
        Column(tr("Statut"), 150, key="status"),
        Column(tr("Dernier jour"), 96, key="last"),
    ]
