"""One control point: what it asks, on what basis, and what the canteen may change of it."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.hygiene.plan.points import Basis, Point, Rhythm
from cantine_desktop.hygiene.plan.queries import PointRow
from cantine_desktop.hygiene.plan.rules import Rule
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.hygiene.plan.wording import (
    BASES,
    CATEGORIES,
    KINDS,
    PEOPLE,
    RHYTHMS,
    SEVERITIES,
    figure,
    limit_basis_words,
    limit_words,
    source_words,
    tolerance_words,
)
from cantine_desktop.i18n import tr
from cantine_desktop.sources import sources
from ui.kit.fields import NumberEdit
from ui.kit.form import Form
from ui.kit.theme import scaled, set_role

Change = Callable[[str, dict[str, Any]], bool]
"""Change fields of a point; tells whether that was accepted."""


class PointPane(QWidget):
    """A control point in words, and the few fields a canteen may change.

    Args:
        row: The point and its state.
        may_write: Whether the person may change the plan.
        switch: Switches points on or off.
        change: Changes fields of a point.
        remove: Takes a point of the canteen's own out.
    """

    def __init__(
        self,
        row: PointRow,
        *,
        may_write: bool,
        switch: Callable[[list[str], bool], None],
        change: Change,
        remove: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._row, self._change = row, change
        point = row.point
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(scaled(4), 0, scaled(12), scaled(12))
        self._column.setSpacing(scaled(10))
        self._words(f"{point.code} · {tr(CATEGORIES[point.category])}", "small")
        self._words(point.name, "h2")
        self.on = QCheckBox(tr("La cantine fait ce contrôle"))
        self.on.setChecked(row.is_on)
        self.on.setEnabled(may_write)
        self.on.toggled.connect(partial(_switch, switch, point.code))
        self._column.addWidget(self.on)
        if not row.applies:
            self._words(tr("Sans objet d’après ce que fait la cantine."), "muted")
        self._add_facts(point)
        if point.remark:
            self._words(point.remark, "muted")
        if may_write:
            self._add_form(point)
        if point.is_own and may_write:
            button = QPushButton(tr("Retirer ce point"))
            button.clicked.connect(partial(remove, point.code))
            self._column.addWidget(button)
        self._column.addStretch(1)

    def _words(self, text: str, role: str) -> QLabel:
        label = QLabel(text)
        label.setWordWrap(True)
        set_role(label, role)
        self._column.addWidget(label)
        return label

    def _add_facts(self, point: Point) -> None:
        facts = QFormLayout()
        facts.setHorizontalSpacing(scaled(16))
        facts.setVerticalSpacing(scaled(6))
        facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name, said in point_facts(point):
            title, text = QLabel(name), QLabel(said)
            set_role(title, "small")
            text.setWordWrap(True)
            facts.addRow(title, text)
        self._column.addLayout(facts)

    def _add_form(self, point: Point) -> None:
        self.form = Form()
        self.form.section(tr("Ce que la cantine décide"))
        rhythm = QComboBox()
        for each in Rhythm:
            rhythm.addItem(tr(RHYTHMS[each]), each)
        rhythm.setCurrentIndex(list(Rhythm).index(point.frequency))
        rhythm.activated.connect(self._set_rhythm)
        self.rhythm = rhythm
        self.form.add("frequency", tr("Fréquence"), rhythm)
        for key, label, fixed in figures_to_change(point):
            edit = NumberEdit(label, unit=_unit(point.rule, key))
            edit.set_value(getattr(point.rule, key))
            self.form.add(key, label, edit, fixed)
        self.form.committed.connect(self._set_figure)
        self._column.addWidget(self.form)

    @Slot(int)
    def _set_rhythm(self, place: int) -> None:
        self._change(self._row.point.code, {"frequency": list(Rhythm)[place]})

    @Slot(str, object)
    def _set_figure(self, key: str, value: object) -> None:
        if key == "frequency":
            return
        given = value if isinstance(value, Decimal) else None
        if key == "tolerance" and given is None:
            given = Decimal(0)
        rule = msgspec.structs.replace(self._row.point.rule, **{key: given})
        if not self._change(self._row.point.code, {"rule": rule}):
            edit = self.form.field(key)
            if isinstance(edit, NumberEdit):
                edit.set_value(getattr(self._row.point.rule, key))


def _switch(switch: Callable[[list[str], bool], None], code: str, checked: object) -> None:
    switch([code], bool(checked))


def _unit(rule: Rule, key: str) -> str:
    return "min" if key == "minutes_max" else rule.unit


def figures_to_change(point: Point) -> list[tuple[str, str, str]]:
    """Return the figures a canteen may change: field, label, and what the text fixes."""
    rule, text = point.rule, shipped().points.get(point.code)
    labels = {
        "least": tr("Minimum"),
        "most": tr("Maximum"),
        "minutes_max": tr("Durée maximale"),
        "tolerance": tr("Tolérance"),
    }
    found: list[tuple[str, str, str]] = []
    for key, label in labels.items():
        if getattr(rule, key) is None or (key == "tolerance" and not _may_tolerate(rule)):
            continue
        by_law = text is not None and text.limit_basis is Basis.LAW
        fixed = getattr(text.rule, key) if text is not None and by_law else None
        note = ""
        if key == "tolerance":
            note = tr("Dans cette zone on agit ; ce n’est pas conforme.")
        elif fixed is not None:
            note = tr("Le texte fixe {value} : plus sévère, jamais plus large.").format(
                value=figure(fixed, _unit(rule, key))
            )
        found.append((key, label, note))
    return found


def _may_tolerate(rule: Rule) -> bool:
    is_bounded = rule.most is not None or rule.least is not None or rule.most_from is not None
    return rule.kind == "temperature" and is_bounded and rule.tolerance_from is None


def point_facts(point: Point) -> list[tuple[str, str]]:
    """Return what is said of a point: names and words."""
    plan = shipped()
    limit = tr("{limit} ({basis})").format(
        limit=limit_words(point.rule), basis=limit_basis_words(point)
    )
    rhythm = tr("{rhythm} ({basis})").format(
        rhythm=tr(RHYTHMS[point.frequency]), basis=tr(BASES[point.frequency_basis])
    )
    facts = [(tr("Limite"), limit)]
    if words := tolerance_words(point.rule):
        facts.append((tr("Tolérance"), words))
    facts += [
        (tr("Fréquence"), rhythm),
        (tr("Gravité"), tr(SEVERITIES[point.severity])),
        (tr("Dans le plan"), tr(KINDS[point.kind])),
        (tr("Par"), tr(PEOPLE[point.done_by])),
    ]
    if point.sheet in plan.sheets:
        facts.append((tr("Feuille"), plan.sheets[point.sheet].name))
    actions = [plan.actions[code].name for code in point.actions if code in plan.actions]
    if actions:
        facts.append((tr("En cas d’écart"), "\n".join(f"– {action}" for action in actions)))
    cited = [source_words(sources()[key]) for key in point.sources]
    facts.append((tr("Sources"), "\n".join(cited)))
    return facts
