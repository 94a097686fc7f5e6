"""An event typed: who asks for what, when, for how many; the lines of its quote; its costs."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.events.hosting import follow
from cantine_desktop.meals.events.keeping import EventFacts, facts_of, save_event
from cantine_desktop.meals.events.model import KINDS, EventKind, PrivateEvent
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.field import take_typed
from ui.kit.fields import DateEdit, NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.scrolling import scrolling
from ui.kit.theme import scaled
from ui.meals.workshops_lines import CostsEdit, QuoteLinesEdit
from ui.meals.workshops_size import fit


class EventDialog(Dialog):
    """Adds an event, or changes one; ``key`` is that of the event kept."""

    def __init__(self, desk: Desk, parent: QWidget | None, key: int | None) -> None:
        words = tr("Nouvelle demande") if key is None else tr("Atelier ou privatisation")
        super().__init__(parent, words)
        self._desk = desk
        self.key = key
        self.notice = Notice()
        self.form = Form()
        self._make_fields()
        self._build()
        self._present(self._known())
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.addWidget(self.notice)
        column.addWidget(self.form)
        self.body.addWidget(scrolling(inside, sideways=False), 1)
        act, _cancel = self.add_answers(tr("Garder"))
        act.clicked.disconnect()
        act.clicked.connect(self._keep)
        act.setEnabled(desk.may_write("meals"))
        fit(self, 940, 720)
        self.title.setFocus()

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    def _make_fields(self) -> None:
        self.kind = QComboBox()
        for kind, words in KINDS.items():
            self.kind.addItem(tr(words), kind)
        self.title = TextEdit(tr("Objet"), required=True, longest=120)
        self.customer = QPlainTextEdit()
        self.customer.setTabChangesFocus(True)
        self.customer.setFixedHeight(scaled(92))
        self.day = DateEdit(tr("A lieu le"), self._today, required=True)
        self.people = NumberEdit(
            tr("Personnes"), places=0, minimum=Decimal(1), maximum=Decimal(9_999), required=True
        )
        self.asked = DateEdit(tr("Demandé le"), self._today, required=True)
        self.contact = TextEdit(tr("Contact"), longest=160)
        self.professional = QCheckBox(tr("Entreprise, association ou collectivité"))
        self.siren = TextEdit(tr("SIREN du client"), longest=20)
        self.rate = NumberEdit(
            tr("Acompte à l’accord"),
            places=0,
            unit="%",
            minimum=Decimal(0),
            maximum=Decimal(100),
            required=True,
        )
        self.note = TextEdit(tr("Note"), longest=400)
        self.lines = QuoteLinesEdit()
        self.costs = CostsEdit()

    def _build(self) -> None:
        form = self.form
        form.add("title", tr("Objet"), self.title)
        form.add("kind", tr("C’est"), self.kind)
        form.add(
            "customer",
            tr("Client"),
            self.customer,
            tr("Le nom sur la première ligne, puis l’adresse, comme sur la facture."),
        )
        form.add("day", tr("A lieu le"), self.day)
        form.add("people", tr("Personnes"), self.people)
        form.add("contact", tr("Contact"), self.contact, tr("Nom, téléphone, courriel."))
        form.section(tr("Devis"))
        form.add("lines", tr("Lignes"), self.lines)
        form.add("rate", tr("Acompte à l’accord"), self.rate, tr("0 : pas d’acompte."))
        form.section(tr("Ce que cela coûte"))
        form.add("costs", tr("Coûts"), self.costs)
        form.more()
        form.add("professional", tr("Le client est"), self.professional)
        form.add("siren", tr("SIREN du client"), self.siren, tr("Neuf chiffres, ou le SIRET."))
        form.add("asked", tr("Demandé le"), self.asked)
        form.add("note", tr("Note"), self.note)
        self.lines.changed.connect(self._show_margin)
        self.costs.changed.connect(self._show_margin)

    def _known(self) -> EventFacts | None:
        if self.key is None:
            return None
        with self._desk.book.read() as session:
            return facts_of(session.get_one(PrivateEvent, self.key))

    def _present(self, known: EventFacts | None) -> None:
        people = known.people if known else 20
        self.asked.set_value(known.asked_on if known else self._today())
        self.professional.setChecked(known.is_professional if known else True)
        self.rate.set_value(Decimal(known.deposit_rate if known else 30))
        self.people.set_value(Decimal(people))
        self.lines.present(known.lines if known else ())
        self.costs.present(known.costs if known else (), people)
        if known is None:
            return
        self.kind.setCurrentIndex(max(self.kind.findData(known.kind), 0))
        self.title.set_value(known.title)
        self.customer.setPlainText(known.customer)
        self.day.set_value(known.day)
        self.contact.set_value(known.contact or None)
        self.siren.set_value(known.siren or None)
        self.note.set_value(known.note or None)

    def _typed(self) -> EventFacts:
        day, people, asked, rate = (
            self.day.value,
            self.people.value,
            self.asked.value,
            self.rate.value,
        )
        assert day is not None
        assert people is not None
        assert asked is not None
        assert rate is not None
        return EventFacts(
            kind=EventKind(self.kind.currentData()),
            title=self.title.value or "",
            customer=self.customer.toPlainText(),
            day=day,
            people=int(people),
            asked_on=asked,
            contact=self.contact.value or "",
            siren=self.siren.value or "",
            is_professional=self.professional.isChecked(),
            deposit_rate=int(rate),
            note=self.note.value or "",
            lines=self.lines.lines(),
            costs=self.costs.costs(),
        )

    @Slot()
    def _show_margin(self) -> None:
        self.costs.show_margin(self.lines.total)

    @Slot()
    def _keep(self) -> None:
        take_typed()
        if not self.form.check():
            return
        if not (self.lines.is_valid and self.costs.is_valid):
            self.notice.tell("bad", tr("Une quantité ou un prix ne se lit pas : corrigez-le."))
            return
        try:
            with self._desk.book.action(tr("Atelier ou privatisation")) as session:
                known = session.get_one(PrivateEvent, self.key) if self.key else None
                event = save_event(session, self._typed(), known)
                follow(session, event, self._desk.book.clock())
                self.key = event.id
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.accept()
