"""Anonymous slips: print them, type back what was counted, see what enough of them say."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import month, tr, trn
from cantine_desktop.meals.visits.report import few_words, percent
from cantine_desktop.meals.visits.slips import (
    ANSWERS,
    QUESTIONS,
    Answer,
    Result,
    counts_of,
    results,
    set_count,
)
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.kit.cells import Cell, Edit, Head, State
from ui.kit.flow import FlowLayout
from ui.kit.grid import EntryGrid
from ui.kit.grid_model import GridModel
from ui.kit.theme import scaled, set_role

MONTHS = 24


class SlipsPage(QWidget):
    """The tally of a month beside what a year of them says."""

    def __init__(self, desk: Desk, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._may = desk.may_write("meals")
        self._counts: dict[Answer, int] = {}
        self._year: dict[str, Result] = {}
        self.month = QComboBox(self)
        self.month.setAccessibleName(tr("Mois dépouillé"))
        self.month.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        first = Period.month(today)
        for _place in range(MONTHS):
            self.month.addItem(month(first.first), first.first)
            first = Period.month(first.first - DAY)
        self.month.currentIndexChanged.connect(self.refresh)
        self.model = GridModel(self._cell, self._type, self._type_many, self)
        self.grid = EntryGrid(self.model, tr("Petits papiers dépouillés"), parent=self)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        set_role(self.told, "muted")
        self._lay_out()

    def _lay_out(self) -> None:
        words = QLabel(
            tr("Imprimez, laissez remplir, comptez, jetez : seul le total du mois est gardé."), self
        )
        words.setWordWrap(True)
        bar = FlowLayout(scaled(8))
        bar.addWidget(self.month)
        for text, deed in (
            (tr("Imprimer les petits papiers"), self._print_slips),
            (tr("Imprimer la feuille de dépouillement"), self._print_tally),
        ):
            button = QPushButton(text, self)
            button.clicked.connect(deed)
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(words)
        column.addLayout(bar)
        column.addWidget(self.grid, 1)
        column.addWidget(self.told)

    @property
    def shown(self) -> date:
        """First day of the month that is typed back."""
        found = self.month.currentData()
        assert isinstance(found, date)
        return found

    def show_month(self, day: date) -> None:
        """Go to the month of a day, if it is among those offered."""
        first = day.replace(day=1)
        for place in range(self.month.count()):
            if self.month.itemData(place) == first:
                self.month.setCurrentIndex(place)

    @Slot()
    def refresh(self) -> None:
        """Read the month again, and the twelve months that end with it."""
        first = self.shown
        year = Period(first.replace(year=first.year - 1), Period.month(first).end)
        year = Period(Period.month(year.first).end, year.end)
        with self._desk.book.read() as session:
            self._counts = counts_of(session, first)
            self._year = {each.question.key: each for each in results(session, year)}
        self.model.show(_rows(), [month(first), Head(tr("12 mois"), width=90), _share_head()])
        self.told.setText(_told(list(self._year.values())))

    def _cell(self, row: int, column: int) -> Cell:
        answer = ANSWERS[row]
        if column == 0:
            count = self._counts.get(answer)
            return Cell("" if count is None else str(count), editable=self._may)
        found = self._year.get(answer[0])
        if found is None:
            return Cell("", State.CLOSED, editable=False)
        if column == 1:
            return Cell(str(dict(found.counts)[answer[1]]), editable=False)
        share = found.share(answer[1])
        return Cell(percent(share), editable=False, tip="" if found.tells else few_words(found))

    def _type(self, row: int, column: int, text: str) -> str | None:
        return self._type_many([Edit(row, column, text)])[0]

    def _type_many(self, edits: Sequence[Edit]) -> list[str | None]:
        answers: list[str | None] = []
        good: list[tuple[Answer, int | None]] = []
        for edit in edits:
            typed = edit.text.strip()
            if typed and not typed.isdecimal():
                answers.append(tr("Tapez un nombre entier de papiers, ou videz la case."))
                continue
            good.append((ANSWERS[edit.row], int(typed) if typed else None))
            answers.append(None)
        try:
            with self._desk.book.action(tr("Petits papiers dépouillés")) as session:
                for answer, count in good:
                    set_count(session, self.shown, answer, count)
        except UserError as error:
            return [said or str(error) for said in answers]
        self.refresh()
        return answers

    @Slot()
    def _print_slips(self) -> None:
        self._desk.print_out("diversity-slips", Period.month(self.shown))

    @Slot()
    def _print_tally(self) -> None:
        self._desk.print_out("diversity-tally-blank", Period.month(self.shown))


def _rows() -> list[Head]:
    return [
        Head(tr(words), note=tr(question.title))
        for question in QUESTIONS
        for words in question.answers.values()
    ]


def _share_head() -> Head:
    return Head(tr("Part sur 12 mois"), width=130)


def _told(found: Sequence[Result]) -> str:
    """Say on how many slips each share rests (n), and which ones are too few."""
    parts = [
        trn("{title} : {n} réponse", "{title} : {n} réponses", each.n).format(
            title=tr(each.question.title)
        )
        for each in found
    ]
    said = f"{tr('Sur 12 mois,')} {' · '.join(parts)}."
    few = [each for each in found if each.n > 0 and not each.tells]
    if few:
        said += " " + tr("Sous dix réponses, aucune part n’est dite.")
    return said
