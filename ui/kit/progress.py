"""The strip that shows what is being done, how far it is, and stops it."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from cantine_desktop.i18n import tr
from cantine_desktop.values.text import NBSP
from ui.kit.jobs import Job, Jobs
from ui.kit.theme import set_role

_PATIENCE = 300
"""Milliseconds before the strip shows: what ends sooner needs no announcement."""


class ProgressStrip(QWidget):
    """Shows the oldest titled job; hidden while there is none."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._label = QLabel()
        set_role(self._label, "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._stop = QPushButton(tr("Arrêter"))
        set_role(self._stop, "quiet")
        self._stop.clicked.connect(self._ask_to_stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.setSpacing(12)
        layout.addWidget(self._label)
        layout.addWidget(self._bar, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._stop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE)
        self._timer.timeout.connect(self.show)
        jobs.changed.connect(self._on_changed)
        self.hide()

    @property
    def job(self) -> Job | None:
        """The job that is shown."""
        return next((job for job in self._jobs.running if job.title), None)

    @property
    def text(self) -> str:
        """What the strip says."""
        return self._label.text()

    @Slot()
    def _on_changed(self) -> None:
        job = self.job
        if job is None:
            self._timer.stop()
            self.hide()
            return
        if self.isHidden() and not self._timer.isActive():
            self._timer.start()
        self._label.setText(f"{job.title}{NBSP}: {job.text}" if job.text else job.title)
        self._bar.setRange(0, 0 if job.percent is None else 100)
        self._bar.setValue(job.percent or 0)
        self._bar.setAccessibleName(job.title)
        self._stop.setVisible(job.percent is not None)
        self._stop.setEnabled(not job.is_stopping)

    @Slot()
    def _ask_to_stop(self) -> None:
        job = self.job
        if job is not None:
            job.stop()
            self._stop.setEnabled(False)
