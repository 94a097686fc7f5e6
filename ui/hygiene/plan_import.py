"""What a template file would do to the plan, before anything is done."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cantine_desktop.exchange.problems import Problem
from cantine_desktop.hygiene.plan.points import Point
from cantine_desktop.hygiene.plan.template import Difference, FieldChange
from cantine_desktop.hygiene.plan.wording import (
    BASES,
    CATEGORIES,
    PEOPLE,
    RHYTHMS,
    SEVERITIES,
)
from cantine_desktop.i18n import tr, trn
from ui.hygiene.plan_dialogs import fit, scrolled_page
from ui.kit.dialogs import Dialog
from ui.kit.theme import scaled, set_role

MOST_SHOWN = 300
"""Lines of a group; a template changes no more than that in practice."""


class DifferenceDialog(Dialog):
    """Every point added, switched off, changed field by field, and the own ones that stay."""

    def __init__(
        self, parent: QWidget, name: str, found: Difference, titles: dict[str, str]
    ) -> None:
        nothing = tr("Ce modèle ne change rien : le plan est déjà le même.")
        told = tr(
            "« {name} » : rien n’est encore changé. Le brouillon recevra ce qui suit."
        ).format(name=name)
        super().__init__(
            parent,
            tr("Comparer avec le modèle"),
            nothing if found.is_empty else told,
        )
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, scaled(8), 0)
        self._points(trn("{n} point ajouté", "{n} points ajoutés", len(found.added)), found.added)
        self._points(
            trn(
                "{n} point décoché : le modèle ne l’a pas",
                "{n} points décochés : le modèle ne les a pas",
                len(found.removed),
            ),
            found.removed,
        )
        if found.changed:
            self._say(trn("{n} point changé", "{n} points changés", len(found.changed)), "h2")
            for code, fields in list(found.changed.items())[:MOST_SHOWN]:
                self._say(f"{code} · {titles.get(code, '')}", "")
                self._say("\n".join(map(change_words, fields)), "small")
        self._points(
            trn("{n} point à vous, gardé", "{n} points à vous, gardés", len(found.kept)), found.kept
        )
        self._say(trn("{n} point identique", "{n} points identiques", found.unchanged), "muted")
        self._column.addStretch(1)
        self.body.addWidget(scrolled_page(inside), 1)
        act, give_up = self.add_answers(tr("Reprendre dans le brouillon"))
        if found.is_empty:
            act.hide()
            give_up.setText(tr("Fermer"))
        fit(self, 720, 560)

    def _say(self, text: str, role: str) -> None:
        label = QLabel(text)
        label.setWordWrap(True)
        if role:
            set_role(label, role)
        self._column.addWidget(label)

    def _points(self, title: str, points: Sequence[Point]) -> None:
        if not points:
            return
        self._say(title, "h2")
        self._say("\n".join(f"{p.code} · {p.name}" for p in points[:MOST_SHOWN]), "")


class ProblemsDialog(Dialog):
    """What is wrong in a file, with its place; nothing was taken."""

    def __init__(self, parent: QWidget, name: str, problems: Sequence[Problem]) -> None:
        super().__init__(
            parent,
            tr("Ce fichier n’a pas été repris"),
            name + " · " + trn("{n} problème", "{n} problèmes", len(problems)),
        )
        label = QLabel("\n".join(map(str, problems[:MOST_SHOWN])))
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(scrolled_page(label), 1)
        self.add_answers(tr("Fermer"))[1].hide()
        fit(self, 640, 420)


def field_name(name: str) -> str:
    """Return a field of the file in words: ``rule.max`` is « maximum »."""
    names = {
        "on": tr("coché"),
        "title": tr("titre"),
        "title_en": tr("titre anglais"),
        "category": tr("chapitre"),
        "frequency": tr("fréquence"),
        "severity": tr("gravité"),
        "done_by": tr("par"),
        "actions": tr("actions"),
        "sources": tr("sources"),
        "note": tr("remarque"),
        "sheet": tr("feuille"),
        "limit_basis": tr("base de la limite"),
        "frequency_basis": tr("base de la fréquence"),
        "rule.min": tr("minimum"),
        "rule.max": tr("maximum"),
        "rule.tolerance": tr("tolérance"),
        "rule.minutes_max": tr("durée maximale"),
        "rule.target": tr("cible"),
    }
    return names.get(name, name)


def change_words(change: FieldChange) -> str:
    """Say a change of a field: ``maximum : −18 → −20``."""
    return tr("{field} : {before} → {after}").format(
        field=field_name(change.name),
        before=_value_words(change.name, change.before),
        after=_value_words(change.name, change.after),
    )


def _value_words(name: str, value: str) -> str:
    """Say a value of the file in words where it is a code of ours."""
    plain = {"True": tr("oui"), "False": tr("non"), "": tr("rien")}
    coded: dict[str, Mapping[str, str]] = {
        "category": {each.value: said for each, said in CATEGORIES.items()},
        "frequency": {each.value: said for each, said in RHYTHMS.items()},
        "severity": {each.value: said for each, said in SEVERITIES.items()},
        "done_by": {each.value: said for each, said in PEOPLE.items()},
        "limit_basis": {each.value: said for each, said in BASES.items()},
        "frequency_basis": {each.value: said for each, said in BASES.items()},
    }
    said = coded.get(name, {}).get(value)
    return tr(said) if said else plain.get(value, value)
