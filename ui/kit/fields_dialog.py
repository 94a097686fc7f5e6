"""A short dialog of a few fields that are kept together."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cantine_desktop.i18n import tr
from ui.kit.dialogs import Dialog
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.scrolling import fit_dialog, scrolling

Asked = tuple[str, QWidget]
"""A label, and what is filled in beside it."""

_WIDTH = 560


class FieldsDialog(Dialog):
    """A few fields, kept together in one step.

    Attributes:
        form: The fields, by their rank.
        notice: Why nothing was kept.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        fields: Sequence[Asked],
        perform: Callable[[], str],
        *,
        help_texts: Mapping[int, str] | None = None,
        folded_from: int | None = None,
    ) -> None:
        """Show the fields.

        Args:
            parent: What it is asked from.
            title: What keeping them does.
            fields: At least one; the first has the keyboard.
            perform: Keeps what was typed; returns why not, or nothing.
            help_texts: What is said under a field, by its rank.
            folded_from: Rank of the first field that « Plus » unfolds.
        """
        super().__init__(parent.window(), title)
        self._perform = perform
        self.notice = Notice()
        self.form = Form()
        for rank, (label, widget) in enumerate(fields):
            if rank == folded_from:
                self.form.more()
            self.form.add(str(rank), label, widget, (help_texts or {}).get(rank, ""))
        area = scrolling(self.form, sideways=False)
        self.body.addWidget(self.notice)
        self.body.addWidget(area, 1)
        act, _cancel = self.add_answers(tr("Garder"))
        act.clicked.disconnect()
        act.clicked.connect(self.keep)
        fit_dialog(self, area, self.form, _WIDTH)
        fields[0][1].setFocus()

    @Slot()
    def keep(self) -> None:
        """Keep what was typed, or say what is wrong."""
        if not self.form.check():
            return
        why = self._perform()
        if why:
            self.notice.tell("bad", why)
            return
        self.accept()
