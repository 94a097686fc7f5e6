"""« Corriger des recettes »: what was typed stays sealed, another record takes its place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.finance.cash.recording import correct, facts_of
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import PURPOSES
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.i18n import mark, money, short_day, tr
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.finance.facts_takings import TakingsDialog
from ui.kit.fields import TextEdit


class TakingsCorrection(TakingsDialog):
    """The takings of a service as they should have been, beside those that were noted.

    Args:
        desk: The working context.
        parent: The window.
        takings_id: The takings that are noted.
    """

    title: ClassVar[str] = mark("Corriger les recettes d’un service")
    lead: ClassVar[str] = mark(
        "Celles qui ont été notées restent scellées : une écriture contraire les reprend, puis "
        "celles-ci prennent leur place. Tout à zéro les annule."
    )

    def __init__(self, desk: Desk, parent: QWidget | None, takings_id: int) -> None:
        self._key = takings_id
        super().__init__(desk, parent)

    @override
    def build(self, session: Session) -> None:
        takings = session.get_one(Takings, self._key)
        self._noted = facts_of(session, takings)
        self.reason = TextEdit(tr("Pourquoi"), required=True, longest=120)
        told = tr("{reference} : {amount}, notées le {day}.").format(
            reference=takings.reference, amount=money(_sum(self._noted)), day=short_day(takings.day)
        )
        self.add("reason", tr("Pourquoi"), self.reason, told)
        super().build(session)
        self._add_others()
        self._fill(session)

    def _add_others(self) -> None:
        """Add what was taken otherwise than a typed form asks: workshops, sales."""
        for means, purpose in self._noted.parts:
            if (means, purpose) not in self.amounts:
                self.add_amounts((means,), purpose, tr(PURPOSES[purpose]))

    def _fill(self, session: Session) -> None:
        noted = self._noted
        self.service.set_value(noted.service)
        self.meals.set_value(Decimal(noted.meals))
        self.offered.set_value(Decimal(noted.offered) if noted.offered else None)
        self.gap.set_value(noted.cash_difference or None)
        for key, amount in noted.parts.items():
            self.amounts[key].set_value(amount)
        self.day.set_value(_day_for(session, noted.day, self.today()))
        self.on_change("")

    @override
    def name(self) -> str:
        return tr("Recettes de {service} corrigées, {amount}").format(
            service=self.service.value or "", amount=money(_sum(self.facts()))
        )

    @override
    def write(self, session: Session) -> Sequence[Entry | None]:
        facts = self.facts()
        right = correct(session, self._key, facts, self.reason.value or "", self.now)
        return [session.get(Entry, right.entry_id)] if right.entry_id else []

    @override
    def facts(self) -> TakingsFacts:
        """Return what is typed, with what this form does not ask: cooks, newcomers, the tally."""
        typed, noted = super().facts(), self._noted
        same = (typed.meals, typed.parts) == (noted.meals, dict(noted.parts))
        return replace(
            typed,
            cooks=min(noted.cooks, typed.meals + typed.offered),
            newcomers=min(noted.newcomers, typed.meals + typed.offered),
            displayed_price=noted.displayed_price,
            tally=noted.tally if same else {},
        )


def _sum(facts: TakingsFacts) -> Money:
    return Money(sum(amount.cents for amount in facts.parts.values()))


def _day_for(session: Session, day: date, today: date) -> date:
    """Return the day of a correction: that of the service while it takes entries, or today."""
    year = find_year(session, day)
    if year is None or year.is_sealed:
        return today
    is_locked = year.locked_until is not None and day < year.locked_until
    return today if is_locked else day
