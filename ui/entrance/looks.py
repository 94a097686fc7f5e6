"""Colours, size of text and language, changed while the window is open."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from cantine_desktop.i18n import LANGUAGES, Language, language
from cantine_desktop.settings import TEXT_SCALES, Settings, Theme
from ui.entrance.language import speak
from ui.kit import theme
from ui.window import Window

THEMES: tuple[Theme, ...] = ("system", "light", "dark")


class Looks(QObject):
    """Applies the settings of appearance, whoever changes them.

    Signals:
        language_changed: Screens must be built again.
    """

    language_changed = Signal()

    def __init__(self, window: Window, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        commands = window.commands
        for name in THEMES:
            commands[f"theme-{name}"].triggered.connect(partial(self._use_theme, name))
        for each in LANGUAGES:
            commands[f"language-{each}"].triggered.connect(partial(self._use_language, each))
        commands["larger"].triggered.connect(partial(self._step_scale, 1))
        commands["smaller"].triggered.connect(partial(self._step_scale, -1))
        commands["normal-size"].triggered.connect(self._reset_scale)
        speak(settings.language)
        self._tick()

    def apply(self) -> None:
        """Bring the window in line with the settings."""
        theme.apply(_application(), self._settings.theme, self._settings.text_scale)
        spoken = self._settings.language
        if spoken != language():
            speak(spoken)
            self._window.retranslate()
            self.language_changed.emit()
        self._tick()

    def _use_theme(self, name: Theme) -> None:
        self._settings.theme = name
        self.apply()

    def _use_language(self, spoken: Language) -> None:
        self._settings.language = spoken
        self.apply()

    def _step_scale(self, steps: int) -> None:
        index = TEXT_SCALES.index(self._settings.text_scale) + steps
        self._settings.text_scale = TEXT_SCALES[min(max(index, 0), len(TEXT_SCALES) - 1)]
        self.apply()

    def _reset_scale(self) -> None:
        self._settings.text_scale = TEXT_SCALES[0]
        self.apply()

    def _tick(self) -> None:
        for name in THEMES:
            self._window.commands[f"theme-{name}"].setChecked(name == self._settings.theme)
        for each in LANGUAGES:
            self._window.commands[f"language-{each}"].setChecked(each == self._settings.language)


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
