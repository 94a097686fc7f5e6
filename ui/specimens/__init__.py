"""The pages of the gallery: each part of the kit in each of its states, with sample texts."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.specimens import controls, views

PAGES: dict[str, Callable[[], QWidget]] = {
    "Textes": controls.texts,
    "Boutons": controls.buttons,
    "Champs": controls.fields,
    "Grille de saisie": views.grid,
    "Tables": views.tables,
    "Liste et détail": views.list_detail,
    "Formulaire": controls.forms,
    "Liste du jour": views.day,
    "Page de rapport": views.report,
    "Messages": controls.messages,
    "Aperçu du PDF": views.preview,
    "État vide": controls.empty,
}
"""Makers of the pages, by title."""
