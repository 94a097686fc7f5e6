"""What is asked about the whole plan: its profile, its files, its versions, its first day."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtCore import Slot as QtSlot
from PySide6.QtWidgets import QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.exchange.writers import write_csv
from cantine_desktop.hygiene.equipment.naming import equipment_traits
from cantine_desktop.hygiene.plan import drafting, flexibility, template
from cantine_desktop.hygiene.plan.adapting import TRAITS
from cantine_desktop.hygiene.plan.in_force import regime_of
from cantine_desktop.hygiene.plan.queries import PlanView, versions
from cantine_desktop.hygiene.plan.spreadsheet import read_csv, table_of_points
from cantine_desktop.i18n import tr
from cantine_desktop.replacing import write_whole
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.plan_dialogs import ForceDialog, OwnPointDialog, ProfileDialog, VersionsDialog
from ui.hygiene.plan_import import DifferenceDialog, ProblemsDialog
from ui.hygiene.plan_meter import MeterDialog
from ui.kit.files import Folders, ask_open, ask_save

DOCUMENT = "sanitary-plan"
_TOML, _CSV = "*.toml", "*.csv"


class PlanSteps(QObject):
    """The questions of the plan screen, and what their answers do.

    Args:
        desk: What the screen works with.
        screen: The screen, over which questions are asked.
        view: Returns the plan as the screen read it last.
        show: Shows a point by its code.
    """

    def __init__(
        self,
        desk: Desk,
        screen: QWidget,
        view: Callable[[], PlanView | None],
        show: Callable[[str], None],
    ) -> None:
        super().__init__(screen)
        self._desk, self._screen = desk, screen
        self._view, self._show = view, show

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    @QtSlot()
    def ask_profile(self) -> None:
        """Ask for the regime and what the canteen has, cooks, buys and serves."""
        view = self._view()
        if view is None:
            return
        with self._desk.book.read() as session:
            owned = equipment_traits(session) & TRAITS.keys()
        dialog = ProfileDialog(self._screen, view.regime, view.traits | owned)
        if not dialog.exec() or (dialog.regime, dialog.traits) == (view.regime, view.traits):
            return
        with self._desk.book.action(tr("Plan adapté à la cantine")) as session:
            drafting.adapt(session, dialog.regime, dialog.traits)
        self._desk.tell(tr("Le brouillon est adapté à ce que fait la cantine."), undo=True)

    @QtSlot()
    def add_own(self) -> None:
        """Ask for a point of the canteen's own."""
        dialog = OwnPointDialog(self._screen)
        if not dialog.exec():
            return
        try:
            with self._desk.book.action(tr("Point ajouté au plan")) as session:
                code = drafting.add_own_point(session, dialog.point).code
        except UserError as error:
            self._desk.tell(str(error))
            return
        self._show(code)

    def remove_own(self, code: str) -> None:
        """Take a point of the canteen's own out of the draft."""
        with self._desk.book.action(tr("Point retiré du plan")) as session:
            drafting.remove_own_point(session, code)
        self._desk.tell(tr("Point retiré du brouillon."), undo=True)

    @QtSlot()
    def drop(self) -> None:
        """Throw the draft away."""
        with self._desk.book.action(tr("Brouillon jeté")) as session:
            drafting.drop_draft(session)
        self._desk.tell(tr("Le brouillon est jeté ; le plan en vigueur n’a pas changé."), undo=True)

    @QtSlot()
    def put_in_force(self) -> None:
        """Ask from when the draft is in force and who signs, then seal it."""
        view = self._view()
        if view is None:
            return
        latest = view.coming or view.in_force
        dialog = ForceDialog(
            self._screen,
            self._today,
            latest.number + 1 if latest is not None else 1,
            is_first=latest is None,
            changes=view.changes,
        )
        if not dialog.exec():
            return
        day, signed = dialog.force
        try:
            with self._desk.book.action(tr("Plan mis en vigueur")) as session:
                drafting.start_draft(session)
                drafting.put_in_force(session, day, signed, self._desk.book.clock())
        except UserError as error:
            self._desk.tell(str(error))
            return
        self._screen.setFocus()  # the button that was pressed has nothing more to do
        self._desk.tell(tr("Le plan est en vigueur. Imprimez-le avec Ctrl+P pour le classeur."))

    @QtSlot()
    def show_versions(self) -> None:
        """Show every version, and the one that is asked for as its document."""
        with self._desk.book.read() as session:
            rows = versions(session)
        dialog = VersionsDialog(self._screen, rows)
        if dialog.exec() and dialog.chosen is not None and dialog.chosen.valid_from is not None:
            day = dialog.chosen.valid_from
            self._desk.print_out(DOCUMENT, Period.through(day, day))

    @QtSlot()
    def show_meter(self) -> None:
        """Show whether a lighter plan is permitted, and note the activity."""
        with self._desk.book.read() as session:
            regime = regime_of(session, self._today())
        MeterDialog(self._screen, regime, self._standing, self._note).exec()

    def _standing(self) -> tuple[list[flexibility.Test], list[flexibility.Week]]:
        with self._desk.book.read() as session:
            today = self._today()
            return flexibility.tests(session, today), flexibility.weeks(session, today)

    def _note(self, week: flexibility.Week) -> bool:
        try:
            with self._desk.book.action(tr("Activité de la semaine")) as session:
                flexibility.note_activity(session, week.monday, week.meals, week.handlers)
        except UserError as error:
            self._desk.tell(str(error))
            return False
        return True

    @QtSlot()
    def take_template(self) -> None:
        """Ask for a file, show the whole difference, then bring it into the draft."""
        kinds = ((tr("Plan ou tableau de points"), f"{_TOML} {_CSV}"),)
        folders = Folders(self._desk.settings.folders)
        path = ask_open(self._screen, folders, "plan", tr("Reprendre un modèle"), kinds)
        if path is not None:
            self.compare_with(path)

    def compare_with(self, path: Path) -> None:
        """Read a template and show what it would do; nothing is done before it is accepted."""
        try:
            found = self._read(path)
        except UnreadableError as error:
            ProblemsDialog(self._screen, path.name, error.problems).exec()
            return
        except OSError:
            self._desk.tell(tr("Ce fichier ne se laisse pas lire."))
            return
        if found.problems:
            ProblemsDialog(self._screen, path.name, found.problems).exec()
            return
        with self._desk.book.read() as session:
            difference = template.compare(session, found)
        view = self._view()
        titles = {row.point.code: row.point.name for row in view.rows} if view else {}
        if not DifferenceDialog(self._screen, path.name, difference, titles).exec():
            return
        with self._desk.book.action(tr("Modèle repris dans le brouillon")) as session:
            template.apply(session, found)
        self._desk.tell(tr("Le brouillon a reçu le modèle."), undo=True)

    def _read(self, path: Path) -> template.Template:
        content = BytesIO(path.read_bytes())
        if path.suffix.lower() == ".toml":
            return template.read_toml(content)
        with self._desk.book.read() as session:
            return read_csv(session, content)

    @QtSlot()
    def save_template(self) -> None:
        """Write the plan as a file another canteen can take."""
        kinds = ((tr("Plan (TOML)"), _TOML), (tr("Tableau (CSV)"), _CSV))
        folders = Folders(self._desk.settings.folders)
        name = tr("Plan de maîtrise sanitaire")
        path = ask_save(self._screen, folders, "plan", name, kinds)
        if path is not None:
            self.write_template(path)

    def write_template(self, path: Path) -> None:
        """Write the draft, or the latest version, or the shipped plan."""
        content = BytesIO()
        with self._desk.book.read() as session:
            rows = drafting.rows_to_write(session)
            if path.suffix.lower() == ".csv":
                write_csv(content, table_of_points(rows), excel=True)
            else:
                content.write(template.write_toml(rows).encode())
        try:
            write_whole(path, content.getvalue())
        except OSError:
            self._desk.tell(tr("Ce fichier ne se laisse pas écrire."))
            return
        self._desk.tell(tr("Modèle enregistré : {name}").format(name=path.name))
