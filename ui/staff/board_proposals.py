"""What the board does with proposals: ask for one, ask why, replace somebody, compare."""

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import tr
from cantine_desktop.staff.rosters.planning import Spot
from cantine_desktop.staff.rosters.team import absences_in
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.staff.compare_dialog import CompareDialog
from ui.staff.proposal_dialog import ProposalDialog
from ui.staff.repair_dialog import RepairDialog
from ui.staff.why_dialog import WhyDialog


class BoardProposals(NamedTuple):
    """Dialogs about proposals, over the board."""

    desk: Desk
    parent: QWidget

    def propose(self, week: Period) -> None:
        """Show a proposal of the week; it is written when the person takes it."""
        ProposalDialog(self.desk, week.first, self.parent).exec()

    def compare(self, week: Period) -> None:
        """Show the week as it is beside the proposal."""
        CompareDialog(self.desk, week.first, self.parent).exec()

    def explain(self, spot: Spot, name: str) -> None:
        """Say why somebody comes on a day, or why not."""
        WhyDialog(self.desk, (spot.member_id, name), spot.day, self.parent).exec()

    def replace(self, spot: Spot, name: str) -> None:
        """Show ways to mend the roster after the absence that holds a cell."""
        day = Period(spot.day, spot.day + DAY)
        with self.desk.book.read() as session:
            own = absences_in(session, day).get(spot.member_id, [])
            keys = [each.id for each in own]
            is_over = all(each.end <= civil_date(self.desk.book.clock()) for each in own)
        if not keys:
            self.desk.tell(
                tr("{name} n’est pas en absence ce jour-là : tapez d’abord CP, MAL…").format(
                    name=name
                )
            )
        elif is_over:
            self.desk.tell(tr("Cette absence est passée : il n’y a plus rien à remplacer."))
        else:
            RepairDialog(self.desk, keys[0], self.parent).exec()
