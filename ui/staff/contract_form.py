"""The dialog of a contract: what is always asked, then what few contracts need."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from cantine_desktop.i18n import tr
from cantine_desktop.staff.contracts.engaging import ContractFacts
from cantine_desktop.staff.contracts.model import Status
from cantine_desktop.staff.contracts.words import STATUSES
from cantine_desktop.values.period import DAY
from ui.desk import Desk
from ui.kit.date_field import DateEdit
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.fields_dialog import Asked
from ui.staff.length_field import LengthEdit
from ui.staff.member_forms import DeedDialog, choice, chosen, labelled, typed

HUNDRED = Decimal(100)
FOLDED_FROM = 6


class ContractDialog(DeedDialog):
    """A contract, as it was or as it will be."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        title: str,
        facts: ContractFacts,
        keep: Callable[[Session, ContractFacts], object],
        today: Callable[[], date],
    ) -> None:
        self._keep = keep
        self._make(facts, today)
        super().__init__(
            desk,
            parent,
            title,
            self._fields(),
            self._kept,
            help_texts={
                2: tr("Vide : sans terme."),
                5: tr("Stage, apprentissage, service civique."),
            },
            folded_from=FOLDED_FROM,
        )

    def _make(self, facts: ContractFacts, today: Callable[[], date]) -> None:
        self.status = choice(tr("Ce qui lie à la cantine"), STATUSES, facts.status)
        self.first = DateEdit(tr("Premier jour"), today, required=True)
        self.last = DateEdit(tr("Dernier jour"), today)
        self.trial = DateEdit(tr("Fin de la période d’essai"), today)
        self.hours = LengthEdit(tr("Durée de la semaine"))
        self.share = NumberEdit(
            tr("Heures complémentaires"),
            places=2,
            unit="%",
            minimum=Decimal(0),
            maximum=Decimal("33.33"),
        )
        self.texts = {
            key: TextEdit(words, longest=120)
            for key, words in (
                ("job", tr("Emploi")),
                ("tutor", tr("Tuteur ou tutrice")),
                ("qualification", tr("Qualification")),
                ("group", tr("Groupe ou catégorie")),
                ("term_reason", tr("Motif du CDD")),
                ("short_reason", tr("Motif du temps partiel sous 24 h")),
                ("school", tr("École ou organisme")),
                ("place", tr("Lieu du stage")),
                ("authorisation", tr("Autorisation d’embauche")),
            )
        }
        self.first.set_value(facts.first)
        self.last.set_value(None if facts.end is None else facts.end - DAY)
        self.trial.set_value(facts.trial_until)
        self.hours.set_value(facts.weekly_minutes)
        self.share.set_value(None if facts.complementary is None else facts.complementary * HUNDRED)
        for key, field in self.texts.items():
            field.set_value(getattr(facts, key) or None)

    def _fields(self) -> list[Asked]:
        texts = self.texts
        usual = labelled(self.first, self.last, texts["job"], self.hours, texts["tutor"])
        rare = labelled(
            *(self.trial, texts["qualification"], texts["group"], self.share),
            *(texts["term_reason"], texts["short_reason"], texts["school"]),
            *(texts["place"], texts["authorisation"]),
        )
        return [(self.status.accessibleName(), self.status), *usual, *rare]

    def facts(self) -> ContractFacts:
        """Return what is filled in."""
        assert self.first.value is not None
        last, share = self.last.value, self.share.value
        return ContractFacts(
            chosen(self.status, Status),
            self.first.value,
            None if last is None else last + DAY,
            weekly_minutes=self.hours.value,
            complementary=None if share is None else share / HUNDRED,
            trial_until=self.trial.value,
            **{key: typed(field) for key, field in self.texts.items()},
        )

    def _kept(self, session: Session) -> object:
        return self._keep(session, self.facts())
