"""Settings of colours, text size and language."""

from PySide6.QtWidgets import QComboBox
from typing_extensions import override

from cantine_desktop.i18n import LANGUAGES, tr
from cantine_desktop.settings import TEXT_SCALES, Settings, Theme
from ui.desk import Desk
from ui.preferences.page import Card, PreferencePage, note

_THEMES: tuple[Theme, ...] = ("system", "light", "dark")


class AppearancePage(PreferencePage):
    """Colours, size of text, language; the window follows at once."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title, resettable=True)
        settings = desk.settings
        self.theme, self.scale, self.language = QComboBox(), QComboBox(), QComboBox()
        self.theme.addItems([tr("Celles du système"), tr("Claires"), tr("Sombres")])
        self.theme.setCurrentIndex(_THEMES.index(settings.theme))
        self.scale.addItems([f"{percent}\u00a0%" for percent in TEXT_SCALES])
        self.scale.setCurrentIndex(TEXT_SCALES.index(settings.text_scale))
        self.language.addItems(list(LANGUAGES.values()))
        self.language.setCurrentIndex(list(LANGUAGES).index(settings.language))
        self.theme.activated.connect(self._choose_theme)
        self.scale.activated.connect(self._choose_scale)
        self.language.activated.connect(self._choose_language)
        card = Card()
        card.add(tr("Couleurs"), self.theme)
        card.add(tr("Taille du texte"), self.scale)
        card.add(tr("Langue de l’application et des documents"), self.language)
        self.body.addWidget(card)
        self.body.addWidget(note(tr("Ces réglages valent pour ce poste, pas pour les autres.")))

    @override
    def reset(self) -> None:
        usual = Settings()
        settings = self.desk.settings
        settings.theme, settings.text_scale = usual.theme, usual.text_scale
        settings.language = usual.language
        self.theme.setCurrentIndex(_THEMES.index(usual.theme))
        self.scale.setCurrentIndex(TEXT_SCALES.index(usual.text_scale))
        self.desk.restyle()

    def _choose_theme(self, index: int) -> None:
        self.desk.settings.theme = _THEMES[index]
        self.desk.restyle()

    def _choose_scale(self, index: int) -> None:
        self.desk.settings.text_scale = TEXT_SCALES[index]
        self.desk.restyle()

    def _choose_language(self, index: int) -> None:
        self.desk.settings.language = list(LANGUAGES)[index]
        self.desk.restyle()
