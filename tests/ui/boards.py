"""The board of the week in a window, as several tests begin with."""

from contextlib import contextmanager

from ui.desk import Desk
from ui.staff.board import BoardScreen


@contextmanager
def board_of(qtbot, book, monday):
    """Show the board of a week; its desk is closed at the end."""
    desk = Desk(book)
    made = BoardScreen(desk)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.show()
    made.open_at(monday)
    qtbot.waitExposed(made)
    yield made
    desk.close()
