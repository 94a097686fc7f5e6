"""Switching the language of the whole application while it runs."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from cantine_desktop.i18n import Language, use_language

_COUNTRIES = {"fr": QLocale.Country.France, "en": QLocale.Country.UnitedKingdom}
_LANGUAGES = {"fr": QLocale.Language.French, "en": QLocale.Language.English}


def speak(language: Language) -> None:
    """Use a language for our texts, Qt's own texts, and Qt's dates and numbers."""
    use_language(language)
    application = QApplication.instance()
    assert application is not None
    locale = QLocale(_LANGUAGES[language], _COUNTRIES[language])
    QLocale.setDefault(locale)
    old = application.findChild(QTranslator)
    if old is not None:
        application.removeTranslator(old)
        old.setParent(None)
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(locale, "qtbase", "_", folder):
        application.installTranslator(translator)
