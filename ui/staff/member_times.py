"""When somebody can come, what the person would like, and what counters stood at."""

from datetime import date, time
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import tr
from cantine_desktop.staff.contracts.keeping import (
    AvailabilityFacts,
    WishFacts,
    add_availability,
    add_wish,
    remove_availability,
    remove_balance,
    remove_wish,
    set_balance,
)
from cantine_desktop.staff.contracts.model import AvailabilityKind, BalanceKind
from cantine_desktop.staff.contracts.queries import MemberCard
from cantine_desktop.staff.contracts.words import BALANCES, KINDS, WEEKDAYS
from cantine_desktop.values.period import DAY
from ui.desk import Desk
from ui.kit.date_field import DateEdit
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.fields_dialog import Asked
from ui.kit.hour_field import HourEdit
from ui.kit.theme import scaled
from ui.staff.length_field import LengthEdit
from ui.staff.member_forms import (
    Deed,
    DeedDialog,
    choice,
    chosen,
    labelled,
    perform,
    tick_box,
    typed,
)
from ui.staff.short_list import ShortList

MIDNIGHT = 24 * 60


class MemberTimes(QWidget):
    """Three short lists: availabilities, wishes, opening balances."""

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.key = desk, key
        self.availabilities = ShortList(self, tr("Disponibilités"), tr("Disponible à toute heure."))
        self.availabilities.button(tr("Ajouter une disponibilité…"), self._add_availability)
        self.wishes = ShortList(self, tr("Souhaits"), tr("Aucun souhait noté."))
        self.wishes.button(tr("Ajouter un souhait…"), self._add_wish)
        self.balances = ShortList(
            self, tr("Soldes de départ"), tr("Congés et heures d’avant ce logiciel, s’il y en a.")
        )
        self.balances.button(tr("Écrire un solde…"), self._set_balance)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        for part in (self.availabilities, self.wishes, self.balances):
            part.button(tr("Retirer"), partial(self._remove, part), about_line=True)
            column.addWidget(part)

    def show_card(self, card: MemberCard, *, may: bool) -> None:
        """Show what is known of somebody’s time."""
        self.availabilities.show_lines(card.availabilities, may=may)
        self.wishes.show_lines(card.wishes, may=may)
        self.balances.show_lines(card.balances, may=may)

    def _remove(self, part: ShortList, _checked: object = None) -> None:
        line = part.current
        if line is None:
            return
        deed: Deed
        if part is self.availabilities:
            label, deed = tr("Disponibilité retirée"), partial(remove_availability, key=line.key)
        elif part is self.wishes:
            label, deed = tr("Souhait retiré"), partial(remove_wish, key=line.key)
        else:
            label, deed = tr("Solde retiré"), partial(remove_balance, key=line.key)
        why = perform(self.desk, label, deed)
        self.desk.tell(why or f"{label}.", undo=not why)

    @Slot()
    def _add_availability(self) -> None:
        kind = choice(tr("Quand"), KINDS)
        weekday = _weekdays()
        weekday.setCurrentIndex(1)
        first = DateEdit(tr("À partir du"), self._today)
        last = DateEdit(tr("Jusqu’au"), self._today)
        start, finish = HourEdit(tr("De")), HourEdit(tr("À"))
        can = tick_box(tr("Disponible"))
        note = TextEdit(tr("Note"), longest=80)

        def keep(session: Session) -> object:
            facts = AvailabilityFacts(
                chosen(kind, AvailabilityKind),
                weekday.currentData(),
                first.value,
                None if last.value is None else last.value + DAY,
                _minutes(start.value, 0),
                _minutes(finish.value, MIDNIGHT),
                is_available=can.isChecked(),
                note=typed(note),
            )
            return add_availability(session, self.key, facts)

        fields: list[Asked] = [(kind.accessibleName(), kind), (weekday.accessibleName(), weekday)]
        fields += labelled(first, last, start, finish)
        fields += [(can.accessibleName(), can), *labelled(note)]
        DeedDialog(self.desk, self, tr("Disponibilité ajoutée"), fields, keep).exec()

    @Slot()
    def _add_wish(self) -> None:
        wants = tick_box(tr("Souhaite travailler alors"), checked=True)
        weekday = _weekdays()
        start, finish = HourEdit(tr("De")), HourEdit(tr("À"))
        weight = NumberEdit(
            tr("Poids, de 1 à 5"), places=0, minimum=Decimal(1), maximum=Decimal(5), required=True
        )
        weight.set_value(Decimal(1))

        def keep(session: Session) -> object:
            facts = WishFacts(
                weekday.currentData(),
                _minutes(start.value, 0),
                _minutes(finish.value, MIDNIGHT),
                is_wanted=wants.isChecked(),
                weight=int(weight.value or 0),
            )
            return add_wish(session, self.key, facts)

        fields: list[Asked] = [(wants.accessibleName(), wants), (weekday.accessibleName(), weekday)]
        fields += labelled(start, finish, weight)
        DeedDialog(self.desk, self, tr("Souhait ajouté"), fields, keep).exec()

    @Slot()
    def _set_balance(self) -> None:
        kind = choice(tr("Quel compteur"), BALANCES)
        day = DateEdit(tr("Au"), self._today, required=True)
        day.set_value(self._today())
        days = NumberEdit(tr("Jours de congé"), places=2)
        hours = LengthEdit(tr("Heures"), negative=True)

        def keep(session: Session) -> object:
            assert day.value is not None
            which = chosen(kind, BalanceKind)
            amount = hours.value or 0
            if which is BalanceKind.LEAVE:
                amount = int((days.value or Decimal(0)) * 100)
            set_balance(session, self.key, which, day.value, amount)
            return which

        fields: list[Asked] = [(kind.accessibleName(), kind)]
        fields += labelled(day, days, hours)
        helps = {2: tr("Pour les congés payés."), 3: tr("Pour les heures.")}
        DeedDialog(self.desk, self, tr("Solde écrit"), fields, keep, help_texts=helps).exec()

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())


def _weekdays() -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(tr("Jour de la semaine"))
    combo.addItem(tr("tous les jours"), None)
    for rank, words in enumerate(WEEKDAYS):
        combo.addItem(tr(words), rank)
    return combo


def _minutes(value: time | None, otherwise: int) -> int:
    return otherwise if value is None else value.hour * 60 + value.minute
