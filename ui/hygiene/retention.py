"""Keeping and destroying: what is to go, what is frozen, and the certificates."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar
from weakref import WeakMethod

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.keeping import holds
from cantine_desktop.hygiene.keeping.holds import HoldLine
from cantine_desktop.hygiene.keeping.purging import Certificate, certificates, purge
from cantine_desktop.hygiene.keeping.review import Line, Review, review
from cantine_desktop.hygiene.keeping.series import all_series
from cantine_desktop.hygiene.keeping.words import days_words, hold_words, lift_words, why_kept
from cantine_desktop.hygiene.retention import choices
from cantine_desktop.i18n import mark, short_day, tr, trn
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.scrubbing import scrub
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.outbreak_today import today_of
from ui.hygiene.retention_forms import (
    HoldDialog,
    LiftDialog,
    PurgeDialog,
    TermsDialog,
    hold_reason,
)
from ui.kit.dialogs import ask
from ui.kit.jobs import Job
from ui.kit.notice import Notice
from ui.kit.theme import scaled, set_role
from ui.screen import Screen

Shown = tuple[Review, list[HoldLine], list[Certificate]]


class RetentionScreen(Screen):
    """What has reached its term, what is frozen, what was destroyed."""

    key: ClassVar[str] = "retention"
    shows: ClassVar[frozenset[str]] = frozenset({
        *(each.table for each in all_series()),
        "hold",
        "hold_lift",
        "retention_choice",
        "destruction_certificate",
    })
    help_text: ClassVar[str] = mark(
        "Chaque fiche a une date à partir de laquelle elle peut être détruite. Rien ne l’est sans "
        "vous, et jamais ce qui est gelé."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: Review | None = None
        self._job: Job | None = None
        self._may_write = desk.may_write("hygiene")
        self._hold = QAction(tr("Geler des enregistrements…"), self)
        self._hold.triggered.connect(self._open_hold)
        self._hold.setEnabled(self._may_write)
        self.addAction(self._hold)
        self.notice = Notice()
        self.due = _Card(tr("À terme : peut être détruit"))
        self.destroy_button = QPushButton(tr("Détruire ce qui est à terme…"))
        set_role(self.destroy_button, "danger")
        self.destroy_button.clicked.connect(self._destroy)
        self.destroy_button.setEnabled(False)
        self.print_list = QPushButton(tr("Imprimer la liste"))
        self.print_list.clicked.connect(self._print_list)
        self.due.add_buttons(self.destroy_button, self.print_list)
        self.holds = _Card(tr("Gels"))
        self.freeze = QPushButton(tr("Geler des enregistrements…"))
        self.freeze.clicked.connect(self._open_hold)
        self.freeze.setEnabled(self._may_write)
        self.holds.add_buttons(self.freeze)
        self.waiting = _Card(tr("Gardé, et jusqu’à quand"))
        self.terms = QPushButton(tr("Durées…"))
        self.terms.setEnabled(self._may_write)
        self.terms.clicked.connect(self._choose_terms)
        self.waiting.add_buttons(self.terms)
        self.certificates = _Card(tr("Certificats de destruction"))
        self._lay_out()

    @override
    def document(self) -> tuple[str, Period]:
        today = today_of(self.desk)
        return "retention-list", Period.through(today, today)

    @override
    def refresh(self) -> None:
        """Read what is kept again, in the background: a book of years takes a moment."""
        if self.destroy_button.hasFocus():
            self.freeze.setFocus()  # a button that goes out would hand the keyboard to anybody
        self.destroy_button.setEnabled(False)
        if self._job is not None:
            self._job.stop()
        work = partial(_read, self.desk.book)
        self._job = self.desk.jobs.run(work, _if_there(self._present), _if_there(self._fail))

    def _present(self, shown: Shown) -> None:
        found, lines, papers = shown
        self._found = found
        said = trn("{n} peut être détruit", "{n} peuvent être détruits", found.due)
        self.subtitle = said if found.due else tr("rien à détruire")
        self._show_due(found)
        self._show_holds(lines)
        self._show_waiting(found)
        self._show_certificates(papers)

    def _show_due(self, found: Review) -> None:
        rows = [
            (tr(line.series.title), str(line.due), _beside(line))
            for line in found.lines
            if line.due
        ]
        self.due.present(rows, tr("Rien n’est à terme aujourd’hui : il n’y a rien à faire."))
        self.destroy_button.setEnabled(self._may_write and bool(rows))
        self.print_list.setEnabled(bool(found.lines))

    def _show_holds(self, lines: list[HoldLine]) -> None:
        self.holds.present([], "" if lines else tr("Aucun gel : tout suit sa durée."))
        for line in lines:
            words = hold_words(line)
            if line.is_open:
                button = QPushButton(tr("Lever…"))
                button.setAccessibleName(tr("Lever le gel : {words}").format(words=words))
                button.setEnabled(self._may_write)
                button.clicked.connect(partial(self._lift, line))
                self.holds.add_line(words, button)
            else:
                self.holds.add_line(f"{words} · {lift_words(line)}", None, quiet=True)

    def _show_waiting(self, found: Review) -> None:
        rows = [
            (tr(line.series.title), "", why_kept(line)) for line in found.lines if why_kept(line)
        ]
        self.waiting.present(rows, tr("Rien n’est encore enregistré."))

    def _show_certificates(self, papers: list[Certificate]) -> None:
        none = tr("Aucune destruction : la première laissera ici son certificat.")
        self.certificates.present([], "" if papers else none)
        for paper in papers:
            count = trn("{n} enregistrement", "{n} enregistrements", paper.count)
            day = short_day(civil_date(paper.at))
            said = tr("n° {n} · {day} · {count} · {by}")
            words = said.format(n=paper.number, day=day, count=count, by=paper.by)
            button = QPushButton(tr("Imprimer"))
            button.setAccessibleName(tr("Imprimer le certificat {words}").format(words=words))
            button.clicked.connect(partial(self._print_certificate, paper))
            self.certificates.add_line(words, button)

    @Slot()
    def _destroy(self) -> None:
        if self._found is None:
            return
        first = PurgeDialog(self, self._found)
        if not first.exec():
            return
        tables, count, by = first.tables, first.count, first.by.value or ""
        title = trn(
            "Détruire définitivement {n} enregistrement ?",
            "Détruire définitivement {n} enregistrements ?",
            count,
        )
        words = tr(
            "Aucune touche ne les fera revenir. Il en restera un certificat à imprimer. Les "
            "sauvegardes faites avant ce jour les contiennent encore, jusqu’à leur rotation."
        )
        if ask(self, title, words, tr("Détruire définitivement"), destructive=True):
            self.destroy_button.setEnabled(False)
            work = partial(_purge, self.desk.book, tables, count, by)
            title = tr("Destruction des enregistrements à terme")
            self.desk.jobs.run(work, _if_there(self._done), _if_there(self._fail), title)

    def _done(self, scrubbed: bool) -> None:  # noqa: FBT001  -- what the job returns
        words = tr("C’est détruit. Imprimez le certificat, et rangez-le avec le PMS.")
        if not scrubbed:
            words += " " + tr("Le fichier finira d’être réécrit à la prochaine ouverture.")
        self.notice.tell("ok", words)
        self.refresh()

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.notice.tell("bad", str(error))
        if self._found is not None:
            self.destroy_button.setEnabled(self._may_write and bool(self._found.due))

    @Slot()
    def _open_hold(self) -> None:
        dialog = HoldDialog(self, self.desk)
        if not dialog.exec():
            return
        reason, reach = hold_reason(dialog.reason), dialog.reach()
        by, words = dialog.by.value or "", dialog.words.value or ""
        self.notice.clear()
        try:
            with self.desk.book.action(tr("Gel ouvert")) as session:
                now = self.desk.book.clock()
                holds.open_hold(session, reason, reach, by, now, words=words)
        except UserError as error:
            self.notice.tell("bad", str(error))

    def _lift(self, line: HoldLine) -> None:
        dialog = LiftDialog(self, line)
        if not dialog.exec():
            return
        by, why = dialog.by.value or "", dialog.why.value or ""
        self.notice.clear()
        try:
            with self.desk.book.action(tr("Gel levé")) as session:
                holds.lift_hold(session, line.hold_id, by, why, self.desk.book.clock())
        except UserError as error:
            self.notice.tell("bad", str(error))

    @Slot()
    def _choose_terms(self) -> None:
        with self.desk.book.read() as session:
            months = choices.months_kept(session)
        dialog = TermsDialog(self, months)
        if not dialog.exec():
            return
        with self.desk.book.action(tr("Durées de conservation")) as session:
            for retention, chosen in dialog.months().items():
                if chosen != months[retention]:
                    choices.choose_months(session, retention, chosen)

    @Slot()
    def _print_list(self) -> None:
        self.desk.print_out(*self.document())

    def _print_certificate(self, paper: Certificate) -> None:
        day = civil_date(paper.at)
        self.desk.print_out("destruction-certificates", Period.through(day, day))

    def _lay_out(self) -> None:
        page = QWidget()
        set_role(page, "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, scaled(12), 0)
        column.setSpacing(scaled(16))
        for widget in (self.notice, self.due, self.holds, self.waiting, self.certificates):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        whole = QVBoxLayout(self)
        whole.addWidget(scroll)


def _read(book: Book) -> Shown:
    with book.read() as session:
        return review(session, book.clock()), holds.holds(session), certificates(session)


def _purge(book: Book, tables: frozenset[str], count: int, by: str) -> bool:
    with book.action(tr("Destruction de ce qui est à terme"), undoable=False) as session:
        purge(session, tables, count, by, book.clock())
    return scrub(book.engine)


def _if_there(method: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return a function that calls a method of a screen unless the screen is gone.

    A job must not be the last to hold a widget: it would destroy it on its own thread.
    """
    held = WeakMethod(method)

    def call(value: Any) -> None:
        if (alive := held()) is not None:
            alive(value)

    return call


class _Card(QFrame):
    """A title, lines, and buttons at the foot."""

    def __init__(self, title: str) -> None:
        super().__init__()
        set_role(self, "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12))
        column.setSpacing(scaled(8))
        heading = QLabel(title)
        set_role(heading, "h2")
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        set_role(self.empty, "muted")
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(scaled(16))
        self._lines.setVerticalSpacing(scaled(6))
        self._lines.setColumnStretch(2, 1)
        self._buttons = QHBoxLayout()
        column.addWidget(heading)
        column.addWidget(self.empty)
        column.addLayout(self._lines)
        column.addLayout(self._buttons)

    def add_buttons(self, *buttons: QPushButton) -> None:
        for button in buttons:
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)

    def present(self, rows: list[tuple[str, str, str]], empty: str) -> None:
        """Show rows of three texts, in place of those shown."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.empty.setText(empty)
        self.empty.setVisible(not rows and bool(empty))
        for number, texts in enumerate(rows):
            for column, text in enumerate(texts):
                label = QLabel(text)
                label.setWordWrap(column == 2)
                set_role(label, "muted" if column == 2 else "")
                self._lines.addWidget(label, number, column)

    def add_line(self, words: str, button: QPushButton | None, *, quiet: bool = False) -> None:
        """Add a line of words with its button."""
        line = self._lines.rowCount()
        label = QLabel(words)
        label.setWordWrap(True)
        if quiet:
            set_role(label, "muted")
        self._lines.addWidget(label, line, 0, 1, 3)
        if button is not None:
            self._lines.addWidget(button, line, 3)


def _beside(line: Line) -> str:
    names = tr("nomment des gens") if line.series.names else ""
    past = (
        trn("dont {n} déjà effacé à l’écran", "dont {n} déjà effacés à l’écran", line.past)
        if line.past
        else ""
    )
    parts = (days_words(line.oldest, line.newest), names, past)
    return " · ".join(part for part in parts if part)
