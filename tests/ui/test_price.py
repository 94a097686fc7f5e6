"""The price by the keyboard: what it costs, what moved it, what it could be, and its posters."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from cantine_desktop.canteen.model import DayNote
from cantine_desktop.clock import civil_date
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import year_of
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.finance.price.displaying import display
from cantine_desktop.finance.price.model import PartKind
from cantine_desktop.values.money import Money
from tests.documents.reading import pages
from ui import printing
from ui.finance import price as price_screen
from ui.finance.price_parts import Behind

ONE_DAY = timedelta(days=1)


def serve(session, day, tally):
    paid = Money(sum(cents * n for cents, n in tally.items()))
    parts = {(Means.CASH, Purpose.MEALS): paid}
    counts = {Money(cents): n for cents, n in tally.items()}
    facts = TakingsFacts(day, "Déjeuner", parts, sum(tally.values()), tally=counts)
    post_takings(session, facts, price_screen.PriceScreen.now)


@pytest.fixture
def lived(workplace, monkeypatch):
    """Write two months of services around a new poster, and what they cost."""
    clock = workplace.desk.book.clock
    monkeypatch.setattr(price_screen.PriceScreen, "now", clock(), raising=False)
    today = civil_date(clock())
    poster = today - timedelta(days=45)
    with workplace.desk.book.action("année") as session:
        for day in (today, today - timedelta(days=100)):
            year_of(session, day)
        display(
            session,
            today - timedelta(days=90),
            {PartKind.FOOD: Money(3_50), PartKind.STAFF: Money(9_00)},
        )
        session.add(DayNote(day=poster, words="Nouvelle affiche"))
        for rank in range(10):
            serve(session, poster - (1 + 4 * rank) * ONE_DAY, {0: 1, 800: 14})
            serve(session, poster + (1 + 4 * rank) * ONE_DAY, {1000: 12, 1500: 4})
        lines = (
            debit("601000", Money(900_00), activity="REPAS"),
            credit("512000", Money(900_00)),
        )
        post(session, DraftEntry("OD", poster, "Denrées", "D", lines))
    return workplace


@pytest.fixture
def screen(lived, qtbot):
    lived.navigator.go("price")
    found = lived.navigator.current
    qtbot.waitUntil(lambda: bool(found.parts.rows))
    return found


def test_enter_on_a_part_opens_its_entries(screen, qtbot, monkeypatch):
    seen = []
    monkeypatch.setattr(QDialog, "exec", lambda dialog: seen.append(dialog.windowTitle()))
    first = screen.parts.rows[0].key
    assert first == Behind("Denrées", "601000")
    qtbot.keyClick(screen.parts.table.view, Qt.Key.Key_Return)
    assert seen == ["Denrées"]


def test_what_people_give_is_told_beside_the_price(screen):
    assert "médiane 10,00" in screen.middle.text()
    assert "au-dessus du prix affiché" in screen.solidarity.text()
    assert "3,50" in screen.poster.text()
    assert "affiché 12,50" in screen.spread.accessibleDescription()


def test_a_poster_is_compared_before_and_after(screen, qtbot):
    change = screen.change
    texts = [change.which.itemText(n) for n in range(change.which.count())]
    assert texts[0].endswith("Nouvelle affiche")
    qtbot.waitUntil(lambda: bool(change.sides.rows))
    assert "La moyenne a monté de" in change.words.text()
    before, after, gap = (row.texts for row in change.sides.rows)
    assert before[2:4] == ("10", "150")
    assert after[2:4] == ("10", "160")
    assert gap[4].startswith("3,7")
    change.weeks.setCurrentIndex(0)
    qtbot.waitUntil(lambda: "Trop peu" in change.words.text())


def test_something_that_happened_is_noted_from_here(screen, lived, qtbot, monkeypatch):
    def note(dialog):
        dialog.words.set_value("Mots dits à table")
        dialog._keep()

    monkeypatch.setattr(QDialog, "exec", note)
    qtbot.mouseClick(screen.change.note, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Mots dits" in screen.change.which.itemText(0))
    with lived.desk.book.read() as session:
        assert {each.words for each in session.query(DayNote)} == {
            "Nouvelle affiche",
            "Mots dits à table",
        }


def test_a_year_is_simulated_and_printed(screen, qtbot, monkeypatch):
    simulator = screen.simulator
    assert "Changez un chiffre" in simulator.words.text()
    line = simulator.price.line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "13,5")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert "entre" in simulator.words.text()
    assert len(simulator.table.rows) == 13
    shown = []
    monkeypatch.setattr(price_screen, "PreviewDialog", lambda _desk, pdf, *_: Shown(shown, pdf))
    qtbot.mouseClick(simulator.sheet, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(shown))
    assert "13,50" in pages(shown[0])[0]
    qtbot.mouseClick(simulator.reset, Qt.MouseButton.LeftButton)
    assert "Changez un chiffre" in simulator.words.text()


class Shown:
    def __init__(self, seen, pdf):
        self._seen, self._pdf = seen, pdf

    def open(self):
        self._seen.append(self._pdf)


def test_a_figure_no_canteen_can_have_is_refused_where_it_was_typed(screen):
    simulator = screen.simulator
    simulator.services.set_value(5_000)
    simulator._count()
    assert "services par an" in simulator.notice.text
    assert not simulator.sheet.isEnabled()


def test_the_three_posters_are_one_click_away(screen, lived):
    made = []
    lived.desk.printing.disconnect()
    lived.desk.printing.connect(lambda key, period: made.append((key, period)))
    for deed in screen.posters.deeds:
        deed.trigger()
    assert [key for key, _ in made] == ["price-poster", "effect-poster", "thanks-poster"]
    known = printing.catalogue()
    assert all(key in known for key, _ in made)
