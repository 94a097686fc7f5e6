"""Saying what the columns of an unknown bank file hold, with its first lines read along."""

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.finance.bank.csv_mapping import (
    ROLES,
    SIGNS,
    CsvMapping,
    MappingNeededError,
    Sign,
)
from cantine_desktop.finance.bank.csv_words import Role
from cantine_desktop.finance.bank.recognising import read_bank_file
from cantine_desktop.i18n import mark, money, short_day, tr
from ui.kit.theme import scaled, set_role

ORDERS = {
    "dmy": mark("jour, mois, année"),
    "mdy": mark("mois, jour, année"),
    "ymd": mark("année, mois, jour"),
}
_ROWS = 5
_LONGEST = 24
_LOOKED_AT = 60_000
"""Bytes of the file read for the preview."""


class ColumnsStep(QWidget):
    """A choice above each column, how dates and signs go, and the first lines so read.

    Signals:
        changed: Something else is said.
    """

    changed = Signal()

    def __init__(self, content: bytes, asked: MappingNeededError) -> None:
        super().__init__()
        self._content = content
        self._guess = asked.guess
        self.combos: list[QComboBox] = []
        self.order = _combo(tr("Ordre des dates"), ORDERS, asked.guess.order)
        self.sign = _combo(
            tr("Sens des montants"),
            {sign.value: words for sign, words in SIGNS.items()},
            asked.guess.sign.value,
        )
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        questions = QLabel("\n".join(asked.questions))
        questions.setWordWrap(True)
        set_role(questions, "strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(questions)
        column.addWidget(self._columns(asked))
        column.addLayout(self._choices())
        column.addWidget(self.told)
        for combo in (*self.combos, self.order, self.sign):
            combo.activated.connect(self._on_change)
        self._on_change()

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for title, combo in ((tr("Dates"), self.order), (tr("Montants"), self.sign)):
            label = QLabel(title)
            label.setBuddy(combo)
            row.addWidget(label)
            row.addWidget(combo)
        row.addStretch(1)
        return row

    def _columns(self, asked: MappingNeededError) -> QScrollArea:
        """Return the first rows of the file with a choice above each column."""
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(scaled(12))
        roles = {column: role for role, held in asked.guess.columns.items() for column in held}
        sample = asked.sample
        for column in range(min(sample.width, 40)):
            heading = sample.headings[column] if column < len(sample.headings) else ""
            name = tr("Colonne {n} {heading}").format(n=column + 1, heading=heading).strip()
            words = {"": tr("— non lue —"), **{role.value: said for role, said in ROLES.items()}}
            combo = _combo(name, words, roles[column].value if column in roles else "")
            self.combos.append(combo)
            grid.addWidget(combo, 0, column)
            title = QLabel(_short(heading) or tr("colonne {n}").format(n=column + 1))
            set_role(title, "strong")
            grid.addWidget(title, 1, column)
            for rank, row in enumerate(sample.rows[:_ROWS]):
                cell = QLabel(_short(row[column] if column < len(row) else ""))
                set_role(cell, "small")
                grid.addWidget(cell, rank + 2, column)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        area.setFixedHeight(inside.sizeHint().height() + scaled(24))
        return area

    @property
    def mapping(self) -> CsvMapping:
        """What is said."""
        columns: dict[Role, tuple[int, ...]] = {}
        for column, combo in enumerate(self.combos):
            if value := combo.currentData():
                role = Role(value)
                columns[role] = (*columns.get(role, ()), column)
        ranked = {
            role: tuple(sorted(held, key=self._rank(role).index)) for role, held in columns.items()
        }
        return msgspec.structs.replace(
            self._guess,
            columns=ranked,
            order=str(self.order.currentData()),
            sign=Sign(self.sign.currentData()),
        )

    def _rank(self, role: Role) -> list[int]:
        """Return columns in the order they are looked at: as guessed, then as they stand."""
        guessed = list(self._guess.columns.get(role, ()))
        return guessed + [each for each in range(len(self.combos)) if each not in guessed]

    @property
    def is_complete(self) -> bool:
        """Whether days and amounts are said."""
        return self.mapping.is_complete

    @Slot()
    def _on_change(self) -> None:
        self.told.setText(self._preview())
        self.changed.emit()

    def _preview(self) -> str:
        if not self.is_complete:
            return tr("Dites au moins quelle colonne est la date, et laquelle est le montant.")
        head = self._content[:_LOOKED_AT]
        if len(head) < len(self._content):
            head = head[: head.rfind(b"\n") + 1]
        try:
            statements = read_bank_file(head, "", self.mapping)
        except UnreadableError as error:
            return str(error)
        lines = [line for each in statements for line in each.lines][:4]
        if not lines:
            return tr("Ainsi, aucune ligne ne se lit.")
        said = [
            f"{short_day(line.day)} · {line.label[:50]} · {money(line.amount)}" for line in lines
        ]
        return "\n".join([tr("Les premières lignes se lisent ainsi :"), *said])


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"


def _combo(name: str, words: dict[str, str], value: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    for key, said in words.items():
        combo.addItem(tr(said) if said else "", key)
    combo.setCurrentIndex(max(combo.findData(value), 0))
    return combo
