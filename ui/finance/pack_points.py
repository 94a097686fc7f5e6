"""What an accountant would ask of a month; Enter goes where it is mended."""

from collections.abc import Sequence

from cantine_desktop.finance.pack.checklist import STATES, Point, State
from cantine_desktop.i18n import tr
from ui.kit.way_list import WayList

_ICONS = {
    State.DONE: ("check-circle-fill", "ok"),
    State.TO_DO: ("warning-fill", "warn"),
    State.TO_WATCH: ("info-fill", "info"),
    State.LATER: ("info-fill", "muted"),
}
_ORDER = (State.TO_DO, State.TO_WATCH, State.DONE, State.LATER)


class PointList(WayList):
    """One line for each point, what is to do first; ``chosen`` tells its ``Point``."""

    def __init__(self) -> None:
        super().__init__(tr("Contrôles du mois"))

    def show_points(self, points: Sequence[Point]) -> None:
        """Show other points; the current line stays current by its place."""
        place = self.empty()
        for state in _ORDER:
            for point in points:
                if point.state is state:
                    self._add(point)
        self.go_back(place)

    def _add(self, point: Point) -> None:
        words = tr("{title} : {words}").format(title=point.title, words=point.words)
        spoken = tr("{words}, {state}").format(words=words, state=tr(STATES[point.state]))
        self.add(_ICONS[point.state], words, point, spoken)
