"""Somebody of the team beside the list: contracts, arrival, skills, papers, times, who it is."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.staff.contracts.keeping import (
    MemberFacts,
    change_member,
    facts_of,
    remove_member,
)
from cantine_desktop.staff.contracts.keeping_terms import destroy_member, kept_until
from cantine_desktop.staff.contracts.model import Sex, StaffMember
from cantine_desktop.staff.contracts.queries import MemberCard, card_of
from cantine_desktop.staff.contracts.words import SEXES
from cantine_desktop.storage.scrubbing import scrub
from cantine_desktop.values.period import DAY
from ui.desk import Desk
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import ask
from ui.kit.fields import TextEdit
from ui.kit.flow import FlowLayout
from ui.kit.form import Form
from ui.kit.labels import heading, wrapped
from ui.kit.notice import Notice
from ui.kit.theme import scaled, set_role
from ui.list_screen import RecordPane
from ui.staff.contract_part import ContractsPart
from ui.staff.member_forms import perform
from ui.staff.member_papers import MemberPapers
from ui.staff.member_times import MemberTimes

_TEXTS = ("name", "nationality", "work_permit", "phone", "email")
_DAYS = ("birth_date", "permit_until")


class MemberPane(RecordPane):
    """Somebody, changed as it is typed; every change may be taken back."""

    def __init__(self, desk: Desk, key: int) -> None:
        super().__init__(desk, key)
        self.head = wrapped(role="h2")
        self.asked = Notice(self)
        self.contracts = ContractsPart(desk, key, self)
        self.papers = MemberPapers(desk, key, self)
        self.times = MemberTimes(desk, key, self)
        self.refused = wrapped(role="error")
        self.form = Form(self)
        self._make_fields()
        self.form.committed.connect(self._set)
        self.kept = wrapped(role="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(12))
        for part in (self.head, self.asked, self.contracts, self.papers, self.times):
            column.addWidget(part)
        for below in (heading(tr("Fiche")), self.refused, self.form, self.kept):
            column.addWidget(below)
        column.addWidget(self._make_buttons())
        column.addStretch()
        self.form.setEnabled(desk.may_write("staff"))
        self.refresh()

    def name_it(self) -> None:
        """Put the keyboard on the name, selected."""
        field = self.form.field("name")
        assert isinstance(field, TextEdit)
        field.line.setFocus()
        field.line.selectAll()

    @override
    def refresh(self) -> None:
        """Read the person again."""
        today = civil_date(self.desk.book.clock())
        with self.desk.book.read() as session:
            card = card_of(session, self.key, today)
            if card is None:
                return
            until = kept_until(session.get_one(StaffMember, self.key))
        may = self.desk.may_write("staff")
        self.head.setText(card.facts.name)
        self._say_due(card)
        for part in (self.contracts, self.papers, self.times):
            part.show_card(card, may=may)
        self._present(card.facts)
        words = tr("Gardé pour le registre, les horaires et la paie, 5 ans après le départ.")
        if until is not None:
            words = tr("Gardé jusqu’au {day} pour le registre et la preuve des heures.").format(
                day=short_day(until - DAY)
            )
        self.kept.setText(words)
        self.destroying.setVisible(may and until is not None and until <= today)
        self.removing.setVisible(may and not card.contracts)

    def _make_fields(self) -> None:
        add = self.form.add
        for key, words in (("name", tr("Nom et prénom")), ("phone", tr("Téléphone"))):
            add(key, words, TextEdit(words, required=key == "name", longest=120))
        add("email", tr("Courriel"), TextEdit(tr("Courriel"), longest=120))
        add("birth_date", tr("Date de naissance"), DateEdit(tr("Date de naissance"), self._today))
        combo = QComboBox()
        combo.addItem(tr("Non dit"), None)
        for value, label in SEXES.items():
            combo.addItem(tr(label), value)
        add("sex", tr("Sexe"), combo, tr("Le registre unique du personnel le demande."))
        for key, words in (
            ("nationality", tr("Nationalité")),
            ("work_permit", tr("Titre de travail, type et n°")),
        ):
            add(key, words, TextEdit(words, longest=120))
        label = tr("Titre valable jusqu’au")
        add("permit_until", label, DateEdit(label, self._today))

    def _make_buttons(self) -> QWidget:
        buttons = QWidget(self)
        flow = FlowLayout(scaled(8), buttons)
        self.removing = QPushButton(tr("Retirer de l’équipe"), buttons)
        self.removing.clicked.connect(self._remove)
        self.destroying = QPushButton(tr("Détruire la fiche…"), buttons)
        set_role(self.destroying, "danger")
        self.destroying.clicked.connect(self._destroy)
        flow.addWidget(self.removing)
        flow.addWidget(self.destroying)
        return buttons

    def _say_due(self, card: MemberCard) -> None:
        if not card.due:
            self.asked.clear()
            return
        kind = "bad" if any(due.is_late for due in card.due) else "warn"
        lines = [
            tr("En retard : {what}").format(what=due.words) if due.is_late else due.words
            for due in card.due
        ]
        self.asked.tell("bad" if kind == "bad" else "warn", "\n".join(lines))

    def _present(self, facts: MemberFacts) -> None:
        for key in (*_TEXTS, *_DAYS):
            field = self.form.field(key)
            assert isinstance(field, (TextEdit, DateEdit))
            if not field.line.hasFocus():
                field.set_value(getattr(facts, key) or None)
        combo = self.form.field("sex")
        assert isinstance(combo, QComboBox)
        combo.setCurrentIndex(max(combo.findData(facts.sex), 0))

    @Slot(str, object)
    def _set(self, key: str, value: Any) -> None:
        if key == "sex":
            combo = self.form.field(key)
            assert isinstance(combo, QComboBox)
            value = None if combo.currentData() is None else Sex(combo.currentData())
        elif key in _TEXTS:
            value = value or ""
        why, now = "", self.desk.book.clock()
        try:
            with self.desk.book.action(tr("Fiche changée")) as session:
                facts = facts_of(session.get_one(StaffMember, self.key))
                if getattr(facts, key) != value:
                    change_member(session, self.key, replace(facts, **{key: value}), now)
        except UserError as error:
            why = str(error)
        self.refused.setText(why)
        self.refused.setVisible(bool(why))
        field = self.form.field(key)
        if why and isinstance(field, (TextEdit, DateEdit)):
            field.refuse(why)

    @Slot()
    def _remove(self) -> None:
        label = tr("Personne retirée")
        why = perform(self.desk, label, partial(remove_member, member_id=self.key))
        self.desk.tell(why or f"{label}.", undo=not why)

    @Slot()
    def _destroy(self) -> None:
        text = tr(
            "Contrats, papiers, lignes du registre et historique de {name} seront détruits, sans "
            "retour possible. Un certificat dira que c’est fait."
        ).format(name=self.head.text())
        title, deed = tr("Détruire cette fiche ?"), tr("Détruire")
        if not ask(self.window(), title, text, deed, destructive=True):
            return
        book = self.desk.book
        try:
            with book.action(tr("Fiche détruite"), undoable=False) as session:
                self._destroy_in(session)
        except UserError as error:
            self.desk.tell(str(error))
            return
        self.desk.tell(tr("La fiche est détruite."))
        if not book.is_shared:
            self.desk.jobs.run(partial(scrub, book.engine), _done, _failed)

    def _destroy_in(self, session: Session) -> None:
        book = self.desk.book
        destroy_member(session, self.key, book.actor.name, book.clock())

    def _today(self) -> Any:
        return civil_date(self.desk.book.clock())


def _done(_scrubbed: bool) -> None:  # noqa: FBT001  -- what the job returns
    """Take what nobody waits for: the bytes leave the file when they can."""


def _failed(error: BaseException) -> None:
    if not isinstance(error, UserError):
        raise error
