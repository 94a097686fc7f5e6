"""What to look at before an inspection, by kind; Enter goes where it is mended."""

from collections.abc import Sequence

from cantine_desktop.hygiene.inspection.gaps import Gap, Kind
from cantine_desktop.i18n import tr
from ui.kit.way_list import WayList

_ICONS = {
    Kind.BREACH: ("warning-octagon-fill", "bad"),
    Kind.MISSING: ("warning-fill", "warn"),
    Kind.UNSIGNED: ("info-fill", "info"),
    Kind.PAPER: ("info-fill", "info"),
}


class GapList(WayList):
    """One line for each thing missing; ``chosen`` tells its ``Gap``."""

    def __init__(self) -> None:
        super().__init__(tr("À regarder avant l’inspection"))

    def show_gaps(self, gaps: Sequence[Gap]) -> None:
        """Show other lines; the current one stays current by its place."""
        place = self.empty()
        for gap in gaps:
            self.add(_ICONS[gap.kind], gap.words, gap)
        if not gaps:
            nothing = tr("Rien ne manque sur cette période.")
            self.add(("check-circle-fill", "ok"), nothing, None)
        self.go_back(place)
