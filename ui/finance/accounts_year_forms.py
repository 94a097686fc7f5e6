"""Questions about a fiscal year: its days, what opens again and why, where its result goes."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cantine_desktop.finance.ledger.year_state import YearState
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog
from ui.kit.fields import MoneyEdit, TextEdit
from ui.kit.form import Form


class _Asked(Dialog):
    """A form that is left only once it is right."""

    def __init__(self, parent: QWidget | None, title: str, text: str) -> None:
        super().__init__(parent, title, text)
        self.form = Form()
        self.body.addWidget(self.form)

    @Slot()
    @override
    def accept(self) -> None:
        if self.form.check():
            super().accept()


class OpenYearDialog(_Asked):
    """From which day to which day."""

    def __init__(self, parent: QWidget | None, first: date, today: Callable[[], date]) -> None:
        super().__init__(
            parent,
            tr("Ouvrir un exercice"),
            tr("Un exercice dure le plus souvent douze mois ; le premier peut aller jusqu’à 24."),
        )
        self._first = DateEdit(tr("Premier jour"), today, required=True)
        self._first.set_value(first)
        self._last = DateEdit(tr("Dernier jour"), today, required=True)
        self._last.set_value(first.replace(year=first.year + 1) - DAY)
        self.form.add("first", tr("Premier jour"), self._first)
        self.form.add("last", tr("Dernier jour"), self._last)
        self.add_answers(tr("Ouvrir"))

    @property
    def first(self) -> date:
        """The first day."""
        assert self._first.value is not None
        return self._first.value

    @property
    def last(self) -> date:
        """The last day."""
        assert self._last.value is not None
        return self._last.value

    @Slot()
    @override
    def accept(self) -> None:
        if self.form.check() and self.last < self.first:
            self._last.refuse(tr("Pas avant le premier jour."))
            return
        super().accept()


class UnlockDialog(_Asked):
    """From which day accounts take entries again, and why."""

    def __init__(self, parent: QWidget | None, state: YearState, today: Callable[[], date]) -> None:
        super().__init__(
            parent,
            tr("Rouvrir des jours"),
            tr("Ce qui est validé ne bouge pas ; la raison reste dans le livre."),
        )
        assert state.locked_until is not None
        last = state.locked_until - DAY
        self._first = DateEdit(
            tr("À partir du"), today, first=state.period.first, last=last, required=True
        )
        self._first.set_value(last.replace(day=1))
        self._reason = TextEdit(tr("Pourquoi"), required=True)
        self.form.add("first", tr("À partir du"), self._first)
        self.form.add("reason", tr("Pourquoi"), self._reason)
        self.add_answers(tr("Rouvrir"))

    @property
    def until(self) -> date:
        """The first day that takes entries again."""
        assert self._first.value is not None
        return self._first.value

    @property
    def reason(self) -> str:
        """Why."""
        return self._reason.value or ""


class AssignDialog(_Asked):
    """Where the assembly puts the result."""

    def __init__(self, parent: QWidget | None, result: Money, today: Callable[[], date]) -> None:
        said = tr("Déficit de {amount}, reporté sur les années suivantes.")
        if result.cents > 0:
            said = tr("Excédent de {amount} : reporté, sauf la part mise en réserve.")
        super().__init__(
            parent,
            tr("Affecter le résultat"),
            said.format(amount=money(Money(abs(result.cents)))),
        )
        self._day = DateEdit(tr("Assemblée générale du"), today, last=today(), required=True)
        self._day.set_value(today())
        self._reserves = MoneyEdit(tr("Mis en réserve"))
        self.form.add("day", tr("Assemblée générale du"), self._day)
        if result.cents > 0:
            self.form.add("reserves", tr("Mis en réserve"), self._reserves)
        self.add_answers(tr("Affecter"))

    @property
    def day(self) -> date:
        """Day of the assembly."""
        assert self._day.value is not None
        return self._day.value

    @property
    def reserves(self) -> Money:
        """What goes to reserves."""
        return self._reserves.value or Money(0)
