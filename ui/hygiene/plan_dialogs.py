"""Questions about the plan: what the canteen does, a point of its own, putting in force."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.hygiene.faults import Severity
from cantine_desktop.hygiene.plan.adapting import TRAITS
from cantine_desktop.hygiene.plan.drafting import Signed
from cantine_desktop.hygiene.plan.model import Regime
from cantine_desktop.hygiene.plan.points import Category, Point, Rhythm
from cantine_desktop.hygiene.plan.queries import VersionRow
from cantine_desktop.hygiene.plan.rules import Measure, Rule
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.hygiene.plan.wording import CATEGORIES, REGIMES, RHYTHMS, SEVERITIES
from cantine_desktop.i18n import language, long_day, tr, trn
from ui.kit.date_field import DateEdit
from ui.kit.dialogs import Dialog
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.labels import wrapped
from ui.kit.scrolling import scrolling
from ui.kit.theme import scaled

HIGHEST = 680
"""Pixels that a window may have on a screen of 1366 by 768."""

_OWN_MEASURES: tuple[tuple[Measure, str], ...] = (
    (Measure.CHECK, ""),
    (Measure.TEMPERATURE, "°C"),
    (Measure.DURATION, "min"),
    (Measure.COUNT, ""),
    (Measure.PERCENT, "%"),
)


class ProfileDialog(Dialog):
    """Which regime, and what the canteen has, cooks, buys and serves."""

    def __init__(self, parent: QWidget, regime: Regime, traits: frozenset[str]) -> None:
        super().__init__(
            parent,
            tr("Ce que fait votre cantine"),
            tr(
                "Les contrôles sans objet sont décochés ; les contrôles critiques qui le "
                "deviennent sont cochés. Rien n’entre en vigueur tant que vous ne le décidez pas."
            ),
        )
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, scaled(8), 0)
        self._regimes = {each: QRadioButton(tr(REGIMES[each])) for each in Regime}
        for each, button in self._regimes.items():
            button.setChecked(each is regime)
            column.addWidget(button)
            column.addWidget(wrapped(regime_note(each), "small"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(20))
        self._traits: dict[str, QCheckBox] = {}
        for place, (trait, words) in enumerate(TRAITS.items()):
            box = QCheckBox(tr(words))
            box.setChecked(trait in traits)
            self._traits[trait] = box
            grid.addWidget(box, place // 2, place % 2)
        column.addSpacing(scaled(8))
        column.addLayout(grid)
        self.body.addWidget(scrolled_page(inside), 1)
        self.add_answers(tr("Adapter le plan"))
        fit(self, 760, 560)

    @property
    def regime(self) -> Regime:
        """The regime chosen."""
        return next(each for each, button in self._regimes.items() if button.isChecked())

    @property
    def traits(self) -> frozenset[str]:
        """What was ticked."""
        return frozenset(trait for trait, box in self._traits.items() if box.isChecked())


def regime_note(regime: Regime) -> str:
    """Say whose meals a regime is about and what it adds."""
    if regime is Regime.BOTH:
        return tr(
            "Adhérents et clientèle de passage : les devoirs des deux s’ajoutent. Aucun texte lu "
            "ne tranche pour une cantine comme la vôtre : demandez à votre DDPP."
        )
    text = shipped().regimes[regime]
    english = language() == "en"
    when, adds = (text.when_en, text.adds_en) if english else (text.when, text.adds)
    return tr("{when} En plus : {adds}.").format(when=when, adds=", ".join(adds).lower())


class Force(NamedTuple):
    """What putting a draft in force needs: from which day, and by whom."""

    day: date
    signed: Signed


class ForceDialog(Dialog):
    """From which day the draft is in force, why, and who signs."""

    def __init__(
        self,
        parent: QWidget,
        today: Callable[[], date],
        number: int,
        *,
        is_first: bool,
        changes: int,
    ) -> None:
        said = trn("{n} changement.", "{n} changements.", changes)
        if is_first:
            said = tr("La première version peut porter une date passée ; les suivantes, jamais.")
        super().__init__(
            parent,
            tr("Mettre en vigueur la version {number}").format(number=number),
            tr(
                "{said} Une version en vigueur est scellée : elle ne s’annule pas, on la remplace "
                "par la suivante."
            ).format(said=said),
        )
        form = Form()
        self._day = DateEdit(tr("À partir du"), today, required=True)
        self._day.set_value(today())
        self._label = TextEdit(tr("Nom de la version"), longest=80)
        self._reason = QPlainTextEdit()
        self._reason.setTabChangesFocus(True)
        self._reason.setFixedHeight(scaled(64))
        self._prepared = TextEdit(tr("Préparé par"), longest=60)
        self._initials = TextEdit(tr("Vos initiales"), required=True, longest=6)
        form.add("day", tr("À partir du"), self._day)
        form.add("label", tr("Nom de la version"), self._label)
        form.add("reason", tr("Pourquoi"), self._reason)
        form.add("prepared", tr("Préparé par"), self._prepared, tr("Un prénom suffit."))
        form.add("initials", tr("Vos initiales"), self._initials)
        self._form = form
        self.body.addWidget(scrolled_page(form), 1)
        act, _ = self.add_answers(tr("Mettre en vigueur"))
        fit(self, 580, 540)  # the initials, asked last, stand in full view
        act.clicked.disconnect()
        act.clicked.connect(self._accept)
        self._initials.setFocus()

    def _accept(self) -> None:
        if self._form.check():
            self.accept()

    @property
    def force(self) -> Force:
        """What was filled in."""
        day = self._day.value
        assert day is not None
        signed = Signed(
            self._label.value or "",
            self._reason.toPlainText().strip(),
            self._prepared.value or "",
            self._initials.value or "",
        )
        return Force(day, signed)


class OwnPointDialog(Dialog):
    """A control point of the canteen's own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            tr("Ajouter un point"),
            tr("Sa limite est le choix de la cantine, et la feuille le dira."),
        )
        self._form = Form()
        self._title = TextEdit(tr("Ce que l’on vérifie"), required=True)
        self._category = _combo([tr(CATEGORIES[each]) for each in Category])
        self._measure = _combo([
            tr("oui ou non"),
            tr("température (°C)"),
            tr("durée (min)"),
            tr("nombre"),
            tr("pourcentage (%)"),
        ])
        self._least = NumberEdit(tr("Minimum"), places=3)
        self._most = NumberEdit(tr("Maximum"), places=3)
        self._rhythm = _combo(
            [tr(RHYTHMS[each]) for each in Rhythm], list(Rhythm).index(Rhythm.DAILY)
        )
        self._severity = _combo([tr(SEVERITIES[each]) for each in Severity], 1)
        self._note = TextEdit(tr("Remarque"), longest=300)
        for key, label, widget in (
            ("title", tr("Ce que l’on vérifie"), self._title),
            ("category", tr("Chapitre"), self._category),
            ("measure", tr("On note"), self._measure),
            ("least", tr("Minimum"), self._least),
            ("most", tr("Maximum"), self._most),
            ("rhythm", tr("Fréquence"), self._rhythm),
            ("severity", tr("Gravité"), self._severity),
            ("note", tr("Remarque"), self._note),
        ):
            self._form.add(key, label, widget)
        self.body.addWidget(scrolled_page(self._form), 1)
        act, _ = self.add_answers(tr("Ajouter"))
        fit(self, 580, 480)
        act.clicked.disconnect()
        act.clicked.connect(self._accept)
        self._title.setFocus()

    def _accept(self) -> None:
        if self._form.check():
            self.accept()

    @property
    def point(self) -> Point:
        """The point as filled in; its code is given when it is added."""
        kind, unit = _OWN_MEASURES[self._measure.currentIndex()]
        least, most = self._least.value, self._most.value
        is_figure = kind is not Measure.CHECK
        rule = Rule(
            kind=kind,
            unit=unit,
            least=least if is_figure else None,
            most=most if is_figure else None,
        )
        return Point(
            code="",
            title=self._title.value or "",
            category=list(Category)[self._category.currentIndex()],
            rule=rule,
            frequency=list(Rhythm)[self._rhythm.currentIndex()],
            severity=list(Severity)[self._severity.currentIndex()],
            note=self._note.value or "",
        )


class VersionsDialog(Dialog):
    """Every version put in force; one can be read again, as its document.

    Attributes:
        chosen: The version to read, once one was asked for.
    """

    def __init__(self, parent: QWidget, rows: Sequence[VersionRow]) -> None:
        text = "" if rows else tr("Aucune version n’a encore été mise en vigueur.")
        super().__init__(parent, tr("Versions du plan"), text)
        self.chosen: VersionRow | None = None
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, scaled(8), 0)
        for row in rows:
            heading = QLabel(version_words(row))
            heading.setWordWrap(True)
            column.addWidget(heading)
            column.addWidget(wrapped(version_note(row), "small"))
            button = QPushButton(tr("Lire la version {number}").format(number=row.number))
            button.clicked.connect(partial(self._choose, row))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            column.addSpacing(scaled(8))
        column.addStretch(1)
        self.body.addWidget(scrolled_page(inside), 1)
        self.add_answers(tr("Fermer"))[1].hide()
        fit(self, 560, 420)

    def _choose(self, row: VersionRow) -> None:
        self.chosen = row
        self.accept()


def version_words(row: VersionRow) -> str:
    """Say which version it is, since when: ``Version 2, à partir du 1er septembre 2026``."""
    if row.valid_from is None:
        return tr("Version {number}, brouillon").format(number=row.number)
    return tr("Version {number}, à partir du {day}").format(
        number=row.number, day=long_day(row.valid_from)
    )


def version_note(row: VersionRow) -> str:
    """Say what it is called, why, who wrote and signed it."""
    said = [
        row.label,
        row.reason,
        tr("préparée par {name}").format(name=row.prepared_by) if row.prepared_by else "",
        tr("visa {initials}").format(initials=row.initials),
        trn("{n} contrôle coché", "{n} contrôles cochés", row.points_on),
    ]
    return " · ".join(part for part in said if part)


def _combo(words: Sequence[str], chosen: int = 0) -> QComboBox:
    combo = QComboBox()
    combo.addItems(list(words))
    combo.setCurrentIndex(chosen)
    return combo


def scrolled_page(inside: QWidget) -> QScrollArea:
    """Return a page that scrolls where room is short, and takes no focus of its own."""
    inside.setMinimumWidth(scaled(360))
    return scrolling(inside, sideways=False)


def fit(dialog: Dialog, width: int, height: int) -> None:
    """Size a dialog in pixels at 100 %, within a small screen at any scale."""
    dialog.resize(min(scaled(width), 1200), min(scaled(height), HIGHEST))
