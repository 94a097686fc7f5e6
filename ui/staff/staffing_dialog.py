"""Whom a service needs: a short list of needs, added, changed, taken away."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.i18n import tr, trn
from cantine_desktop.meals.services.model import KINDS
from cantine_desktop.staff.contracts.queries import Line
from cantine_desktop.staff.contracts.words import SKILLS
from cantine_desktop.staff.law.wording import duration
from cantine_desktop.staff.rosters import staffing
from cantine_desktop.staff.rosters.model import POSTS, Post, StaffingRule
from cantine_desktop.staff.rosters.staffing import StaffingFacts
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import NumberEdit
from ui.kit.labels import wrapped
from ui.kit.theme import scaled
from ui.staff.member_forms import DeedDialog, choice, chosen, labelled, perform
from ui.staff.short_list import ShortList


class StaffingDialog(Dialog):
    """The needs of services.

    Attributes:
        rules: One line for each.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent.window(), tr("Qui faut-il à un service ?"))
        self._desk = desk
        self.rules = ShortList(self, tr("Besoins"), tr("Aucun besoin n’est dit."))
        self.rules.button(tr("Ajouter un besoin…"), self._add)
        self.rules.button(tr("Changer…"), self._change, about_line=True)
        self.rules.button(tr("Retirer"), self._remove, about_line=True)
        self.usual = self.rules.button(tr("Mettre les besoins habituels"), self._add_usual)
        self.body.addWidget(
            wrapped(
                tr(
                    "Le service civique, les stagiaires, les mineur·es et les bénévoles aident, "
                    "mais ne comptent jamais au minimum."
                ),
                "muted",
            )
        )
        self.body.addWidget(self.rules)
        _act, close = self.add_answers(tr("Fermer"))
        close.hide()
        self.resize(scaled(640), self.height())
        self._read()
        self.fit()

    def _read(self) -> None:
        with self._desk.book.read() as session:
            found = staffing.staffing_rules(session)
            self._facts = {rule.id: staffing.facts_of(rule) for rule in found}
            lines = [Line(rule.id, rule_words(rule)) for rule in found]
        may = self._desk.may_write("staff")
        self.rules.show_lines(lines, may=may)
        self.usual.setVisible(not lines and may)

    @Slot()
    def _add(self) -> None:
        StaffingForm(self._desk, self, StaffingFacts(Post.LEAD), None).exec()
        self._read()

    @Slot()
    def _change(self) -> None:
        line = self.rules.current
        if line is not None:
            StaffingForm(self._desk, self, self._facts[line.key], line.key).exec()
            self._read()

    @Slot()
    def _remove(self) -> None:
        line = self.rules.current
        if line is not None:
            deed = partial(staffing.remove_rule, rule_id=line.key)
            perform(self._desk, tr("Besoin retiré"), deed)
            self._read()

    @Slot()
    def _add_usual(self) -> None:
        perform(self._desk, tr("Besoins habituels"), staffing.add_usual_rules)
        self._read()


class StaffingForm(DeedDialog):
    """One need."""

    def __init__(
        self, desk: Desk, parent: QWidget, facts: StaffingFacts, rule_id: int | None
    ) -> None:
        self._rule = rule_id
        self.post = choice(tr("Poste"), POSTS, facts.post)
        self.meal = _box(tr("Services"), tr("Tous les services"), KINDS, facts.meal)
        self.skill = _box(tr("Compétence"), tr("Aucune en particulier"), SKILLS, facts.skill)
        self.least = _count(tr("Au minimum"), facts.least)
        self.target = _count(tr("Souhaitées"), facts.target)
        self.every = NumberEdit(tr("Une de plus tous les"), places=0, unit=tr("convives"))
        self.every.set_value(Decimal(facts.every) if facts.every else None)
        self.before = _minutes(tr("Commence avant la cuisine"), facts.before)
        self.after = _minutes(tr("Finit après le début du repas"), facts.after)
        asked: list[tuple[str, QWidget]] = [
            (tr("Poste"), self.post),
            (tr("Services"), self.meal),
            *labelled(self.least, self.target, self.every, self.before, self.after),
            (tr("Compétence"), self.skill),
        ]
        helps = {
            2: tr("Sans elles le service ne tient pas : salarié·es majeur·es seulement."),
            5: tr("Avec un moins, le poste commence après l’arrivée des cuisiniers."),
        }
        super().__init__(
            desk, parent, tr("Besoin d’un service"), asked, self._set, help_texts=helps
        )

    def _set(self, session: Session) -> None:
        facts = StaffingFacts(
            chosen(self.post, Post),
            int(self.least.value or 0),
            int(self.target.value or 0),
            self.meal.currentData() or "",
            int(self.before.value or 0),
            int(self.after.value or 0),
            self.skill.currentData(),
            int(self.every.value) if self.every.value else None,
        )
        if self._rule is None:
            staffing.add_rule(session, facts)
        else:
            staffing.change_rule(session, self._rule, facts)


def rule_words(rule: StaffingRule) -> str:
    """Return a need in a line."""
    heads = trn("{n} personne", "{n} personnes", rule.target)
    parts = [tr("{post} : {heads}").format(post=tr(POSTS[rule.post]), heads=heads)]
    if rule.least:
        parts.append(tr("{n} au minimum").format(n=rule.least))
    if rule.every:
        parts.append(trn("une pour {n} convive", "une pour {n} convives", rule.every))
    if rule.meal:
        names = {kind.value: name for kind, name in KINDS.items()}
        parts.append(tr(names.get(rule.meal, rule.meal)).lower())
    said = tr("{before} avant la cuisine") if rule.before >= 0 else tr("{before} après la cuisine")
    until = tr("jusqu’à {after} après le début du repas")
    parts += [
        said.format(before=duration(abs(rule.before))),
        until.format(after=duration(rule.after)),
    ]
    if rule.skill is not None:
        parts.append(tr(SKILLS[rule.skill]))
    return ", ".join(parts)


def _box(name: str, none: str, words: Mapping[Any, str], current: object) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItem(none, None)
    for value, label in words.items():
        box.addItem(tr(label), value)
    place = box.findData(current) if current else 0
    box.setCurrentIndex(max(0, place))
    return box


def _count(name: str, value: int) -> NumberEdit:
    field = NumberEdit(name, places=0, unit=tr("personnes"), required=True)
    field.set_value(Decimal(value))
    return field


def _minutes(name: str, value: int) -> NumberEdit:
    field = NumberEdit(name, places=0, unit=tr("min"), required=True)
    field.set_value(Decimal(value))
    return field
