"""Items by day, of which those near a day are found at once."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date

from cantine_desktop.finance.matching.judging import Window
from cantine_desktop.finance.matching.situation import LedgerItem
from cantine_desktop.values.period import DAY


class ItemsByDay:
    """Items in order of their days."""

    def __init__(self, items: Iterable[LedgerItem]) -> None:
        self._items = sorted(items, key=lambda item: (item.day, item.id))
        self._days = [item.day for item in self._items]

    def near(self, day: date, window: Window) -> list[LedgerItem]:
        """Return the items whose bank line may come on a day."""
        first, last = day - window.after * DAY, day + window.before * DAY
        return self._items[bisect_left(self._days, first) : bisect_right(self._days, last)]
