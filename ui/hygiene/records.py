"""The sheets of the sanitary control plan, typed like the paper they are printed on."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAction
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.breach_effects import Deed
from cantine_desktop.hygiene.catalogue import REGISTERS
from cantine_desktop.hygiene.registers.register import Kind
from cantine_desktop.i18n import mark, tr
from ui.desk import Desk
from ui.hygiene import certificate_rows
from ui.hygiene.deeds import write_deed
from ui.hygiene.records_pen import RecordsPen
from ui.hygiene.records_sheet import Sheet
from ui.hygiene.records_shown import SHARED, SheetScreen
from ui.hygiene.scan_pane import SUFFIXES
from ui.kit.files import Folders, SelectiveDrop, ask_open
from ui.kit.grid import Edit
from ui.kit.sentences import REFUSALS, refusal

_COPIED = {Kind.DAY, Kind.TEXT, Kind.CHOICE, Kind.INITIALS}
"""What Ctrl+D repeats from above: words, never a measure or a check."""


class RecordsScreen(SheetScreen):
    """A sheet at a time: rows are records, columns are those of the paper.

    The last row is always empty, to write in. Each cell is written when it is left, as
    one action that undo takes back; a row proves nothing until it is complete.
    """

    key: ClassVar[str] = "records"
    shows: ClassVar[frozenset[str]] = frozenset({
        "breach",
        "corrective_action",
        *SHARED,
        *(register.model.__tablename__ for register in REGISTERS),
    })
    help_text: ClassVar[str] = mark(
        "Une ligne par fait, comme sur la feuille : Entrée passe à la case suivante, puis à la "
        "ligne. Jour : mar, 17 ou 17/11 ; heure : 14h30 ; c ou nc ; o ou n. Ctrl+Entrée : suite "
        "(écart à traiter, ligne incomplète, signature)."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._pen = RecordsPen(desk.book)
        self._corrected_row = -1
        self._drop = SelectiveDrop(self, ((SUFFIXES, self.attach),))
        self.breach.answered.connect(self._answer)
        self.sign.signed.connect(self._sign)
        self.bar.probe_named.connect(self.name_probe)
        self.correction.corrected.connect(self._write_correction)
        self.correction.voided.connect(self._void)
        self.scans.wanted.connect(self.choose_scan)
        self.scans.unwanted.connect(self._detach)

    @override
    def _add_actions(self) -> list[tuple[QAction, Callable[[Sheet], bool]]]:
        self._action(tr("Semaine précédente"), "Alt+PgUp", self.previous)
        self._action(tr("Semaine suivante"), "Alt+PgDown", self.next)
        self._action(tr("Feuille précédente"), "Ctrl+PgUp", self.previous_sheet)
        self._action(tr("Feuille suivante"), "Ctrl+PgDown", self.next_sheet)
        self._action(tr("Imprimer la feuille vierge"), "Ctrl+Shift+P", self.print_blank)
        self._action(tr("Montrer ou cacher le papier"), "Ctrl+Shift+J", self.toggle_paper)
        remove = self._action(tr("Supprimer la ligne"), "Ctrl+Del", self.remove_rows)
        repeat = self._action(tr("Répéter la case du dessus"), "Ctrl+D", self.copy_down)
        nothing = self._action(tr("Rien cette semaine"), "", self.say_nothing)
        correct = self._action(tr("Corriger une ligne signée"), "Ctrl+Shift+C", self.correct)
        forgotten = self._action(tr("Ajouter une ligne oubliée"), "", self.add_forgotten)
        self._action(tr("Exporter la fiche (CSV)…"), "Ctrl+Shift+E", self.export)
        scan = self._action(tr("Joindre une photo ou un scan…"), "", self.choose_scan)
        certify = self._action(tr("Joindre l’attestation de la ligne…"), "", self.join_certificate)
        self._proof = self._action(
            tr("Ouvrir l’attestation de la ligne"), "", self.open_certificate
        )
        return [
            (remove, _is_open),
            (repeat, _is_open),
            (nothing, _is_empty),
            (correct, _is_signed),
            (forgotten, _is_signed),
            (scan, bool),
            (certify, certificate_rows.takes_certificates),
        ]

    @override
    def _show_words(self) -> None:
        super()._show_words()
        # Whoever may read the sheet may read its certificates.
        self._proof.setEnabled(certificate_rows.is_training(self._sheet))

    # -- writing

    @override
    def _type(self, row: int, column: int, text: str) -> str | None:
        self._pen.write(self._sheet, row, column, text)
        return None

    @override
    def _type_many(self, edits: Sequence[Edit]) -> list[str | None]:
        if refused := self._pen.write_block(self._sheet, edits):
            # The grid first says what it has to say of the cells themselves.
            QTimer.singleShot(0, self, partial(self.grid.say, refused))
        return [None] * len(edits)

    @Slot()
    def copy_down(self) -> None:
        """Ctrl+D: repeat a day, a word or initials from above; a measure is never copied."""
        index = self.grid.view.currentIndex()
        row, column = index.row(), index.column()
        if row < 1 or self._sheet.columns[column].kind not in _COPIED:
            self.grid.say(
                tr("Une mesure ne se recopie pas : chacune se lit. Ctrl+D répète un jour, un mot.")
            )
            return
        self.model.enter([Edit(row, column, self._sheet.lines[row - 1].texts[column])])
        self.grid.view.step("across")

    @Slot()
    def remove_rows(self) -> None:
        """Take the selected rows off the sheet."""
        rows, _columns = self.grid.view.selected()
        lines = [line for row in rows if (line := self._sheet.line(row)) is not None]
        if not lines:
            return
        try:
            self._pen.remove(self._sheet, lines)
        except UserError as error:
            self.grid.say(str(error))
            return
        self.desk.tell(tr("Ligne supprimée."), undo=True)

    @Slot(str)
    def name_probe(self, probe: str) -> None:
        """Say which thermometer the sheet in view was filled with; new rows will name it."""
        self._sheet = self._sheet._replace(probe=probe)
        if self._sheet.lines:
            try:
                self._pen.name_probe(self._sheet, probe)
            except UserError as error:
                self.grid.say(str(error))
            self.refresh()
        self.grid.setFocus()

    # -- breaches

    @Slot(object)
    def _answer(self, deed: Deed) -> None:
        if write_deed(self.desk, self.breach, deed):
            self.grid.setFocus()

    # -- signing and correcting

    @Slot()
    @override
    def go_on(self) -> None:
        """Ctrl+Enter: the breach nobody acted on, else an incomplete row, else the signature.

        On a signed sheet it corrects the current row.
        """
        if not self.grid.commit():
            return  # the line under the grid says what is to be put right
        sheet = self._sheet
        if sheet.state.is_signed:
            self.correct()
        elif self._has_breach_to_act_on():
            self.breach.start_on(sheet.breaches, self.desk.book.clock())
        elif rows := sheet.incomplete():
            self.grid.view.stand(rows[0], sheet.first_empty(rows[0]))
            self.grid.setFocus()
            self.grid.say(tr("Cette ligne n’est pas complète : remplissez-la, ou supprimez-la."))
        elif sheet.is_over:
            self._ask_signature("")
        else:
            self.desk.tell(tr("La semaine n’est pas finie : la fiche se signe à la fin."))

    @Slot()
    def say_nothing(self) -> None:
        """Sign an empty sheet: nothing to record this week."""
        if self._sheet.state.rows or self._sheet.state.is_signed:
            self.grid.say(tr("Cette fiche porte des lignes, ou elle est déjà signée."))
        elif not self._sheet.is_over:
            self.desk.tell(tr("La semaine n’est pas finie : la fiche se signe à la fin."))
        else:
            self._ask_signature(tr("Rien cette semaine"))

    def _ask_signature(self, note: str) -> None:
        sheet = self._sheet
        self.correction.hide()
        self.sign.open(
            sheet.before_signing(),
            sheet.usual_initials(),
            note=note,
            needs_note=not sheet.lines,
        )
        self._show_breaches()

    @Slot(str, str)
    def _sign(self, initials: str, note: str) -> None:
        try:
            self._pen.sign(self._sheet, initials, note)
        except UserError as error:
            self.grid.say(str(error))
            return
        self.desk.tell(tr("Fiche signée."))

    @Slot()
    def correct(self) -> None:
        """Open the correction of the current row of a signed sheet."""
        index = self.grid.view.currentIndex()
        line = self._sheet.line(index.row())
        if line is None or not line.is_sealed or line.is_void:
            self.grid.say(tr("Seule une ligne signée se corrige ; les autres se retapent."))
            return
        self._open_correction(index.row(), line.texts, index.column())

    @Slot()
    def add_forgotten(self) -> None:
        """Open the strip that adds a row to a signed sheet."""
        if self._sheet.state.is_signed:
            self._open_correction(-1, (), 0)

    def _open_correction(self, row: int, texts: Sequence[str], column: int) -> None:
        self._corrected_row = row
        self.sign.hide()
        said = tr("Ligne {n} : que doit-elle dire ?").format(n=row + 1)
        self.correction.open(
            said if row >= 0 else tr("Ligne oubliée : que faut-il ajouter ?"),
            self._sheet.columns,
            texts,
            column,
        )
        self._show_breaches()

    @Slot(object, str, str)
    def _write_correction(self, texts: Mapping[int, str], reason: str, initials: str) -> None:
        line = self._sheet.line(self._corrected_row)
        self._correct_by(partial(self._pen.correct, self._sheet, line, texts, reason, initials))

    @Slot(str, str)
    def _void(self, reason: str, initials: str) -> None:
        line = self._sheet.line(self._corrected_row)
        if line is not None:
            self._correct_by(partial(self._pen.void, self._sheet, line, reason, initials))

    def _correct_by(self, write: partial[None]) -> None:
        try:
            write()
        except REFUSALS as error:
            self.correction.complain(refusal(error).sentence)
            return
        self.correction.leave()

    # -- paper

    @Slot()
    def choose_scan(self) -> None:
        """Ask which photo or PDF shows this sheet."""
        kinds = ((tr("Photos et PDF"), "*.pdf *.jpg *.jpeg *.png"),)
        folders = Folders(self.desk.settings.folders)
        title = tr("Joindre le papier de la fiche")
        found = ask_open(self.window(), folders, "scan", title, kinds)
        if found is not None:
            self.attach([found])

    @Slot()
    def join_certificate(self) -> None:
        """Ask for the scan of the certificate of the current row."""
        if self._sheet.line(self.grid.view.currentIndex().row()) is None:
            self.grid.say(tr("Écrivez d’abord la ligne : qui, et quelle formation."))
            return
        kinds = ((tr("Photos et PDF"), "*.pdf *.jpg *.jpeg *.png"),)
        folders = Folders(self.desk.settings.folders)
        found = ask_open(self.window(), folders, "scan", tr("Joindre l’attestation"), kinds)
        if found is not None:
            self.take_certificate(found)

    def take_certificate(self, file: Path) -> None:
        """Join a file to the current row."""
        line = self._sheet.line(self.grid.view.currentIndex().row())
        if refused := certificate_rows.join_to_row(self.desk, line, file):
            self.grid.say(refused)

    @Slot()
    def open_certificate(self) -> None:
        """Open the certificate of the current row with the program that reads it."""
        line = self._sheet.line(self.grid.view.currentIndex().row())
        if refused := certificate_rows.open_of_row(self.desk, line):
            self.grid.say(refused)

    def attach(self, files: Sequence[Path]) -> None:
        """Join files to the sheet, and show the last one beside it."""
        if not self._may_write:
            return
        for file in files:
            try:
                self._pen.attach(self._sheet, file.read_bytes(), file.name)
            except (UserError, OSError) as error:
                self.desk.tell(str(error))
                return
        self.show_paper(shown=True)
        self.desk.tell(tr("Papier joint à la fiche."), undo=True)

    @Slot(int)
    def _detach(self, scan_id: int) -> None:
        self._pen.detach(scan_id)
        self.desk.tell(tr("Papier retiré de la fiche."), undo=True)

    @Slot()
    def print_blank(self) -> None:
        """Show the sheet to fill by hand, ready to print."""
        self.desk.print_out(f"{self._sheet.register.key}-week-blank", self._sheet.week)

    @Slot()
    def export(self) -> None:
        """Write the records of the week for another program."""
        self.desk.export(self._sheet.register.key, self._sheet.week)


def _is_open(sheet: Sheet) -> bool:
    return not sheet.state.is_signed


def _is_empty(sheet: Sheet) -> bool:
    return not sheet.state.is_signed and not sheet.state.rows


def _is_signed(sheet: Sheet) -> bool:
    return sheet.state.is_signed
