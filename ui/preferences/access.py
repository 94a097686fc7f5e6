"""Settings of the profiles: who may enter, with what password, and when the window locks."""

import io
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QInputDialog, QLabel, QLineEdit, QPushButton
from sqlalchemy import select
from typing_extensions import override

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.people import profiles
from cantine_desktop.people.model import Profile, ProfileKey
from ui.desk import Desk
from ui.kit.notice import Notice
from ui.preferences.page import Card, PreferencePage, note
from ui.printing import PreviewDialog

_DELAYS = (0, 1, 5, 10, 15, 30, 60)

_MAY = {
    ProfileKey.DIRECTION: mark("tout voir et tout régler"),
    ProfileKey.KITCHEN: mark("tenir l’hygiène, les achats et les services"),
    ProfileKey.COUNTER: mark("tenir les services et les convives"),
    ProfileKey.TREASURY: mark("tout voir, tenir les finances"),
    ProfileKey.READING: mark("tout voir, ne rien changer"),
}


class AccessPage(PreferencePage):
    """The five profiles; only the direction may change them."""

    shows: ClassVar[frozenset[str]] = frozenset({"profile", "access"})

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk, title)
        self.notice = Notice()
        self.key = Notice()
        self.body.addWidget(self.notice)
        self.body.addWidget(self.key)
        self._shown_key = ""
        self._print = QPushButton(tr("Imprimer la clé…"))
        self._print.clicked.connect(self._print_key)
        self._print.hide()
        self.body.addWidget(self._print, 0, Qt.AlignmentFlag.AlignLeft)
        self._cards: list[Card] = []
        self._may = desk.may_write(Profile.area)
        if not self._may:
            self.notice.tell(
                "info", tr("Seule la direction règle les profils et les mots de passe.")
            )
        self.body.addWidget(
            note(
                tr(
                    "Un profil sans mot de passe s’ouvre d’un clic. Les mots de passe gardent "
                    "chacun dans son travail ; ils ne protègent pas un fichier emporté."
                )
            )
        )
        self.refresh()

    @override
    def refresh(self) -> None:
        for card in self._cards:
            card.deleteLater()
        with self.desk.book.read() as session:
            rows = sorted(session.scalars(select(Profile)), key=_rank)
            self._cards = [self._card(row, profiles.has_password(session, row.key)) for row in rows]
            guarded = profiles.has_recovery_key(session)
        if guarded:
            self._cards.append(self._key_card())
        for card in self._cards:
            card.setEnabled(self._may)
            self.body.addWidget(card)

    def _card(self, profile: Profile, protected: bool) -> Card:  # noqa: FBT001  -- a fact
        name = profiles.display_name(profile)
        card = Card(name)
        card.add_wide(note(tr("Peut {what}.").format(what=tr(_MAY[profile.key]))))
        state = QLabel(tr("Mot de passe posé") if protected else tr("Sans mot de passe"))
        change = QPushButton(tr("Changer…") if protected else tr("Poser un mot de passe…"))
        change.setAccessibleName(tr("Mot de passe : {name}").format(name=name))
        change.clicked.connect(partial(self._ask_password, profile.key, name))
        fields = [state, change]
        if protected:
            remove = QPushButton(tr("Enlever"))
            remove.setAccessibleName(tr("Enlever le mot de passe : {name}").format(name=name))
            remove.clicked.connect(partial(self._remove, profile.key))
            fields.append(remove)
        card.add(tr("Mot de passe"), *fields)
        delay = QComboBox()
        delay.addItems([_spoken(minutes) for minutes in _DELAYS])
        delay.setCurrentIndex(_nearest(profile.idle_minutes))
        delay.setAccessibleName(tr("Verrouillage automatique : {name}").format(name=name))
        delay.activated.connect(partial(self._set_delay, profile.key))
        card.add(tr("Verrouillage automatique"), delay)
        if profile.key is not ProfileKey.DIRECTION:
            offered = QCheckBox(tr("Proposé quand on entre"))
            offered.setAccessibleName(tr("{name} : proposé quand on entre").format(name=name))
            offered.setChecked(profile.is_active)
            offered.clicked.connect(partial(self._offer, profile.key, offered))
            card.add_wide(offered)
        return card

    def _key_card(self) -> Card:
        card = Card(tr("Clé de secours"))
        card.add_wide(
            note(
                tr(
                    "Elle rouvre la cantine si le mot de passe de la direction est perdu. "
                    "Recopiez-la sur papier et rangez-la hors du bureau."
                )
            )
        )
        renew = QPushButton(tr("Faire une nouvelle clé"))
        renew.clicked.connect(self._renew)
        card.add(tr("Remplacer la clé"), renew)
        return card

    def _ask_password(self, key: ProfileKey, name: str) -> None:
        password, agreed = QInputDialog.getText(
            self,
            tr("Mot de passe : {name}").format(name=name),
            tr("Nouveau mot de passe"),
            QLineEdit.EchoMode.Password,
        )
        if agreed:
            self.set_password(key, password)

    def set_password(self, key: ProfileKey, password: str) -> None:
        """Give a profile a password, and show the recovery key if one is made."""
        try:
            new_key = profiles.set_password(self.desk.book, key, password)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.notice.clear()
        self._show_key(new_key)
        self.refresh()

    def _remove(self, key: ProfileKey) -> None:
        profiles.remove_password(self.desk.book, key)

    def _renew(self) -> None:
        self._show_key(profiles.renew_recovery_key(self.desk.book))

    def _show_key(self, key: str | None) -> None:
        if key is not None:
            self.key.tell(
                "warn",
                tr(
                    "Clé de secours, montrée une seule fois : {key}. Recopiez-la sur papier "
                    "maintenant."
                ).format(key=key),
            )
            self._shown_key = key
            self._print.show()

    def _print_key(self) -> None:
        from cantine_desktop.people.sheets import write_recovery_sheet  # noqa: PLC0415  -- ReportLab

        target = io.BytesIO()
        with self.desk.book.read() as session:
            write_recovery_sheet(
                target, canteen_name(session), self._shown_key, self.desk.book.clock()
            )
        title = tr("Clé de secours")
        PreviewDialog(self.desk, target.getvalue(), title, self.window()).open()

    def _set_delay(self, key: ProfileKey, index: int) -> None:
        with self.desk.book.action(tr("Verrouillage automatique")) as session:
            profile = session.scalars(select(Profile).where(Profile.key == key)).one()
            profile.idle_minutes = _DELAYS[index]

    def _offer(self, key: ProfileKey, box: QCheckBox) -> None:
        with self.desk.book.action(tr("Profils proposés")) as session:
            profile = session.scalars(select(Profile).where(Profile.key == key)).one()
            profile.is_active = box.isChecked()


def _rank(profile: Profile) -> int:
    return list(ProfileKey).index(profile.key)


def _spoken(minutes: int) -> str:
    if not minutes:
        return tr("jamais")
    return trn("après {n} minute", "après {n} minutes", minutes)


def _nearest(minutes: int) -> int:
    return min(range(len(_DELAYS)), key=lambda index: abs(_DELAYS[index] - minutes))
