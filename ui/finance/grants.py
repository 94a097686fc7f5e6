"""Grants: what was asked, what came, what is left to prove, and by when."""

from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.grants.following import (
    STATES,
    FollowedGrant,
    GrantState,
    due_words,
    followed_grants,
)
from cantine_desktop.finance.grants.keeping import remove_grant
from cantine_desktop.finance.grants.model import Grant
from cantine_desktop.i18n import mark, money, tr, trn
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finance.grant_costs import CostsDialog
from ui.finance.grant_form import GrantDialog
from ui.finance.grant_notice import NotifyDialog
from ui.finance.grant_report import show_report
from ui.finance.kpi_strip import Kpi, KpiStrip
from ui.finance.line_list import show_lines
from ui.finance.rows_table import RowsTable, ShownRow, whole
from ui.finance.tight import Tight
from ui.finance.timeline_view import Lane, Milestone, TimelineView
from ui.kit.dialogs import ask
from ui.kit.empty import EmptyState
from ui.kit.flow import FlowLayout
from ui.kit.notice import Notice
from ui.kit.table import Column
from ui.kit.theme import scaled, set_role
from ui.screen import Screen


class GrantsScreen(Screen):
    """The list, its timeline, and what can be done with the current one."""

    key: ClassVar[str] = "grants"
    shows: ClassVar[frozenset[str]] = frozenset({
        "grant_record",
        "grant_payment",
        "grant_promise",
        "grant_cost",
        "entry",
        "line",
        "lettering",
        "party",
        "section",
    })
    help_text: ClassVar[str] = mark(
        "Ce qui attend un compte rendu vient d’abord. Entrée ouvre une subvention ; « Coûts » "
        "choisit les dépenses à lui présenter."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._may_write = desk.may_write("finance")
        self._today = civil_date(desk.book.clock())
        self._found: list[FollowedGrant] = []
        self.notice = Notice()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        set_role(self.sentence, "h2")
        self.kpis = KpiStrip(tr("Subventions en bref"), self)
        self.rows = RowsTable(tr("Subventions"), _columns(), self._empty(), self)
        self.rows.table.activated.connect(self._change)
        self.timeline = TimelineView(tr("Échéances des subventions"))
        self._make_actions()
        self._lay_out()
        self.first_stop = self.rows.table

    def _make_actions(self) -> None:
        self.new = self._action(tr("Nouvelle subvention…"), "Ctrl+N", self._add)
        self.change = self._action(tr("Modifier…"), "", self._change)
        self.notify = self._action(tr("Notifiée : écrire dans les comptes…"), "", self._notify)
        self.costs = self._action(tr("Coûts présentés…"), "", self._costs)
        self.report = self._action(tr("Compte rendu (PDF)"), "", self._report)
        self.lines = self._action(tr("Montrer les écritures"), "F4", self._lines)
        self.remove = self._action(tr("Retirer"), "Del", self._remove)
        for action in (self.new, self.notify, self.remove):
            action.setEnabled(self._may_write)

    @override
    def primary(self) -> QAction:
        return self.new

    @override
    def document(self) -> tuple[str, Period]:
        return "grants-list", Period.year(self._today)

    @override
    def open_at(self, target: object) -> None:
        """Show a grant by its key."""
        if isinstance(target, int):
            for grant in self._found:
                if grant.key == target:
                    self.rows.go_to(grant)

    @override
    def refresh(self) -> None:
        """Read the grants again."""
        kept = self._current()
        with self.desk.book.read() as session:
            self._found = followed_grants(session, self._today)
            paid = {
                grant.id: [(p.expected_on, p.received_on) for p in grant.payments]
                for grant in session.scalars(select(Grant).options(selectinload(Grant.payments)))
            }
        self.rows.show_rows([_row(grant) for grant in self._found])
        if kept is not None:
            self.open_at(kept.key)
        lanes = [
            _lane(grant, paid[grant.key])
            for grant in self._found
            if grant.state is not GrantState.REFUSED
        ]
        self.timeline.show_lanes([lane for lane in lanes if lane.milestones][:6], self._today)
        self.sentence.setText(_words(self._found))
        self.kpis.show_kpis(_kpis(self._found) if self._found else [])

    def _current(self) -> FollowedGrant | None:
        key = self.rows.current
        return key if isinstance(key, FollowedGrant) else None

    @Slot()
    def _add(self) -> None:
        GrantDialog(self.desk, self.window(), None).exec()

    @Slot()
    def _change(self, _place: object = None) -> None:
        if (grant := self._current()) is not None:
            GrantDialog(self.desk, self.window(), grant.key).exec()

    @Slot()
    def _notify(self) -> None:
        grant = self._current()
        if grant is None:
            return
        if grant.is_booked:
            self.notice.tell("info", tr("Cette subvention est déjà dans les comptes."))
            return
        NotifyDialog(self.desk, self.window(), grant.key).exec()

    @Slot()
    def _costs(self) -> None:
        if (grant := self._current()) is not None:
            CostsDialog(self.desk, self.window(), grant.key).exec()

    @Slot()
    def _report(self) -> None:
        if (grant := self._current()) is not None:
            show_report(self.desk, self.window(), grant.key, grant.title)

    @Slot()
    def _lines(self) -> None:
        grant = self._current()
        if grant is None:
            return
        if not grant.project:
            self.notice.tell(
                "info",
                tr("Cette subvention n’a pas de projet : ses coûts ne sont pas suivis à part."),
            )
            return
        first = grant.first or Period.year(self._today).first
        last = grant.last or self._today
        period = Period.through(first, max(last, first))
        show_lines(self, self.desk, grant.title, period, project=grant.project)

    @Slot()
    def _remove(self) -> None:
        grant = self._current()
        if grant is None or not ask(
            self.window(),
            tr("Retirer cette subvention ?"),
            grant.title,
            tr("Retirer"),
            destructive=True,
        ):
            return
        try:
            with self.desk.book.action(tr("Subvention retirée")) as session:
                remove_grant(session, session.get_one(Grant, grant.key))
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.desk.tell(tr("Subvention retirée."), undo=True)

    def _empty(self) -> EmptyState:
        return EmptyState(
            tr("Aucune subvention suivie : notez la première dès que vous pensez la demander."),
            tr("Nouvelle subvention…") if self._may_write else "",
            self._add,
            "wallet",
        )

    def _lay_out(self) -> None:
        buttons = QWidget(self)
        bar = FlowLayout(scaled(8), buttons)
        for action in (self.change, self.notify, self.costs, self.report, self.lines):
            button = QPushButton(action.text())
            button.setEnabled(action.isEnabled())
            button.clicked.connect(action.trigger)
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        for widget in (self.notice, self.sentence, self.kpis):
            column.addWidget(widget)
        column.addWidget(buttons)
        column.addWidget(self.rows, 1)
        column.addWidget(self.timeline)
        self.tight = Tight(self, (self.kpis, buttons, self.timeline))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _columns() -> list[Column]:
    return [
        Column(tr("Subvention"), 200),
        Column(tr("Financeur"), 140),
        Column(tr("État"), 108),
        Column(tr("Demandé (€)"), 94, "right"),
        Column(tr("Accordé (€)"), 100, "right"),
        Column(tr("Versé (€)"), 84, "right"),
        Column(tr("À justifier (€)"), 138, "right"),
        Column(tr("Suite"), 180),
    ]


def _row(grant: FollowedGrant) -> ShownRow:
    is_quiet = grant.state in {GrantState.REFUSED, GrantState.REPORTED}
    words = due_words(grant)
    texts = (
        grant.title,
        grant.funder,
        tr(STATES[grant.state]),
        whole(grant.asked or Money(0)),
        whole(grant.granted or Money(0)),
        whole(grant.received),
        whole(grant.to_prove),
        f"▲ {words}" if grant.is_urgent else words,
    )
    tone = "bad" if grant.is_urgent else "muted" if is_quiet else ""
    return ShownRow(grant, texts, tone=tone)


def _kpis(found: list[FollowedGrant]) -> list[Kpi]:
    running = [grant for grant in found if grant.state is GrantState.GRANTED]
    asked = [grant for grant in found if grant.state is GrantState.ASKED]
    due = sum(grant.is_urgent for grant in running)

    def total(name: str, grants: list[FollowedGrant]) -> str:
        return money(Money(sum((getattr(g, name) or Money(0)).cents for g in grants)))

    return [
        Kpi(
            tr("À justifier"),
            total("to_prove", running),
            tr("sur {granted} accordés").format(granted=total("granted", running)),
        ),
        Kpi(tr("Versé"), total("received", running), tr("d’après les comptes")),
        Kpi(tr("Reste à recevoir"), total("due", running)),
        Kpi(tr("Demandé, en attente"), total("asked", asked)),
        Kpi(
            tr("Comptes rendus sous 60 jours"),
            str(due),
            tr("à préparer") if due else "",
            "bad" if due else "",
        ),
    ]


def _words(found: list[FollowedGrant]) -> str:
    urgent = [grant for grant in found if grant.is_urgent]
    if not found:
        return tr("Aucune subvention suivie.")
    if not urgent:
        return tr("Aucun compte rendu n’est dû dans les soixante jours.")
    first = urgent[0]
    more = len(urgent) - 1
    words = f"{first.title} : {due_words(first)}."
    if more:
        words += " " + trn("{n} autre suit.", "{n} autres suivent.", more)
    return words


def _lane(grant: FollowedGrant, paid: list[tuple[date, date | None]]) -> Lane:
    marks: list[Milestone] = []
    for expected, received in paid:
        words = tr("versé") if received else tr("versement attendu")
        marks.append(Milestone(received or expected, "paid", words))
    if grant.report_due is not None and grant.reported_on is None:
        kind = "late" if grant.is_urgent else "due"
        marks.append(Milestone(grant.report_due, kind, tr("compte rendu")))
    if grant.reply_due is not None and grant.state is GrantState.PREPARING:
        marks.append(Milestone(grant.reply_due, "due", tr("demande")))
    return Lane(grant.title, grant.first, grant.last, tuple(marks))
