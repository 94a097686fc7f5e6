"""The screens that are not built yet: one sentence each says what will be done there."""

from typing import ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from cantine_desktop.i18n import mark, tr
from ui.desk import Desk
from ui.kit.icons import icon
from ui.kit.theme import scaled, set_role
from ui.screen import Screen
from ui.sections import entry_of, section_of

PROMISES: dict[str, str] = {
    "training": mark(
        "Vous suivrez ici l’accueil des nouveaux bénévoles et les formations à l’hygiène, "
        "avec leurs attestations."
    ),
    "members": mark(
        "Vous inscrirez ici les adhérent·es, leurs cotisations et ce qu’ils ont accepté de "
        "recevoir."
    ),
    "gifts": mark("Vous enregistrerez ici les dons et en imprimerez les reçus fiscaux numérotés."),
    "partners": mark(
        "Vous suivrez ici les conventions et la prochaine chose à faire avec chaque partenaire."
    ),
    "impact": mark(
        "Vous dépouillerez ici les petits papiers des convives et en tirerez une affiche et "
        "un rapport."
    ),
    "messages": mark(
        "Vous préparerez ici les messages aux personnes qui ont dit vouloir en recevoir, "
        "prêts à coller."
    ),
    "reports": mark(
        "Vous rédigerez ici les rapports du conseil, de l’assemblée générale et de l’année, "
        "chiffres déjà en place."
    ),
    "templates": mark(
        "Vous adapterez ici les affiches et les lettres aux mots et aux couleurs de votre cantine."
    ),
    "archives": mark(
        "Vous retrouverez ici chaque document imprimé ou signé, tel qu’il était ce jour-là."
    ),
    "governance": mark(
        "Vous préparerez ici convocations, ordres du jour et procès-verbaux de l’association."
    ),
    "opening": mark(
        "Vous suivrez ici le projet d’ouverture de la cantine, du local au premier service."
    ),
}
"""Sentences by key of screen, marked; ``tr`` them when shown."""


class PromiseScreen(Screen):
    """A screen to come."""

    key: ClassVar[str] = ""

    def __init__(self, desk: Desk, key: str) -> None:
        super().__init__(desk)
        self.title = tr(entry_of(key).title)
        card = QFrame()
        set_role(card, "card")
        card.setMaximumWidth(scaled(640))
        drawing = QLabel()
        drawing.setPixmap(icon(section_of(key).icon, "muted").pixmap(QSize(scaled(40), scaled(40))))
        promise = QLabel(tr(PROMISES[key]))
        promise.setWordWrap(True)
        set_role(promise, "h2")
        later = QLabel(tr("Cet écran arrive avec une prochaine version."))
        set_role(later, "muted")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(scaled(28), scaled(24), scaled(28), scaled(24))
        inside.setSpacing(scaled(12))
        for label in (drawing, promise, later):
            inside.addWidget(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        column.addStretch()
