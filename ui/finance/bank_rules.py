"""The rules learned from labels: what each says, how often it was right; changed or removed."""

from itertools import starmap

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from cantine_desktop.errors import UserError
from cantine_desktop.finance.matching.model import MatchingRule
from cantine_desktop.finance.matching.queries import Choosable, RuleRow, choosable, rule_rows
from cantine_desktop.finance.matching.rules import (
    Target,
    add_rule,
    change_rule,
    delete_rule,
    set_active,
)
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.finance.fact_fields import choose, short_box
from ui.kit.dialogs import Dialog, ask
from ui.kit.fields import TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.search_field import Item, SearchCombo
from ui.kit.theme import scaled

KEY = Qt.ItemDataRole.UserRole


class RulesDialog(Dialog):
    """The list of rules, the surest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        text = tr(
            "Une règle s’apprend quand vous pointez une ligne. Elle se renforce quand elle "
            "est juste et s’efface d’elle-même quand elle ne l’est plus."
        )
        super().__init__(parent, tr("Règles de pointage"), text)
        self._desk = desk
        self._may_write = desk.may_write("finance")
        self.notice = Notice()
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Règles"))
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(scaled(2))
        self.add = QPushButton(tr("Nouvelle règle…"))
        self.change = QPushButton(tr("Modifier…"))
        self.pause = QPushButton(tr("Suspendre"))
        self.remove = QPushButton(tr("Supprimer…"))
        self.close_button = QPushButton(tr("Fermer"))
        self._connect()
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Read the rules again."""
        place = max(self.list.currentRow(), 0)
        with self._desk.book.read() as session:
            rows = rule_rows(session)
        self.list.clear()
        for row in rows:
            words = row.sentence if row.is_active else tr("Suspendue — {rule}")
            item = QListWidgetItem(words.format(rule=row.sentence) if not row.is_active else words)
            item.setData(KEY, row)
            self.list.addItem(item)
        if not rows:
            item = QListWidgetItem(tr("Aucune règle encore : pointez une première ligne."))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setCurrentRow(min(place, self.list.count() - 1))
        self._follow()

    def _chosen(self) -> RuleRow | None:
        place = self.list.currentRow()
        found = self.list.item(place).data(KEY) if place >= 0 else None
        return found if isinstance(found, RuleRow) else None

    @Slot()
    def _follow(self) -> None:
        chosen = self._chosen()
        for button in (self.change, self.pause, self.remove):
            button.setEnabled(chosen is not None and self._may_write)
        self.add.setEnabled(self._may_write)
        paused = chosen is not None and not chosen.is_active
        self.pause.setText(tr("Reprendre") if paused else tr("Suspendre"))

    @Slot()
    def _add(self) -> None:
        self._open(None)

    @Slot()
    def _change(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self._may_write:
            self._open(chosen.id)

    def _open(self, key: int | None) -> None:
        if RuleDialog(self._desk, key, parent=self).exec():
            self.refresh()

    @Slot()
    def _pause(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        key, is_active = chosen.id, chosen.is_active
        label = tr("Règle suspendue") if is_active else tr("Règle reprise")
        with self._desk.book.action(label) as session:
            set_active(session, key, is_active=not is_active)
        self.refresh()

    @Slot()
    def _remove(self) -> None:
        chosen = self._chosen()
        title, text = tr("Supprimer cette règle ?"), tr("Ce qu’elle a pointé reste pointé.")
        if chosen is None or not ask(self, title, text, tr("Supprimer"), destructive=True):
            return
        with self._desk.book.action(tr("Règle supprimée")) as session:
            delete_rule(session, chosen.id)
        self.refresh()

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._follow)
        self.list.itemActivated.connect(self._change)
        self.add.clicked.connect(self._add)
        self.change.clicked.connect(self._change)
        self.pause.clicked.connect(self._pause)
        self.remove.clicked.connect(self._remove)
        self.close_button.clicked.connect(self.accept)

    def _lay_out(self) -> None:
        self.body.addWidget(self.notice)
        self.body.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        for button in (self.add, self.change, self.pause, self.remove):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        self.body.addLayout(row)
        self.resize(scaled(760), scaled(520))


class RuleDialog(Dialog):
    """One rule: its words, which way the money goes, where to."""

    def __init__(self, desk: Desk, key: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent, tr("Modifier la règle") if key else tr("Nouvelle règle"))
        self._desk, self._key = desk, key
        self.notice = Notice()
        self.words = TextEdit(tr("Mots du libellé"), required=True)
        self.way = QComboBox()
        self.way.addItem(tr("L’argent sort"), False)
        self.way.addItem(tr("L’argent entre"), True)
        with desk.book.read() as session:
            known = choosable(session)
            rule = session.get(MatchingRule, key) if key else None
            self._build(known)
            if rule is not None:
                self._show(rule, known)
        self._lay_out()

    def _build(self, known: Choosable) -> None:
        self.account = SearchCombo(
            tr("Nature ou compte"),
            [Item(number, title, number) for number, title, _has in known.accounts],
            required=True,
        )
        self.party = SearchCombo(tr("Tiers"), list(starmap(Item, known.parties)))
        self.activity, self.project = short_box(), short_box()
        self.activity.addItem(tr("aucune"), "")
        self.project.addItem(tr("aucun"), "")
        for code, title, is_project in known.sections:
            (self.project if is_project else self.activity).addItem(title, code)
        self.settles = QCheckBox(tr("Solde ce qui attend sur ce compte, quand le montant convient"))

    def _show(self, rule: MatchingRule, known: Choosable) -> None:
        self.words.set_value(rule.words)
        choose(self.way, rule.comes_in)
        self.way.setEnabled(False)
        titles = {number: title for number, title, _has in known.accounts}
        title = titles.get(rule.account, rule.account)
        self.account.set_value(Item(rule.account, title, rule.account))
        if rule.party_id is not None:
            names = dict(known.parties)
            self.party.set_value(Item(rule.party_id, names.get(rule.party_id, "")))
        choose(self.activity, rule.activity)
        choose(self.project, rule.project)
        self.settles.setChecked(rule.settles)

    def _lay_out(self) -> None:
        form = Form()
        note = tr("La règle s’applique quand le libellé contient tous ces mots.")
        form.add("words", tr("Mots du libellé"), self.words, note)
        form.add("way", tr("Sens"), self.way)
        form.add("account", tr("Nature ou compte"), self.account)
        form.add("party", tr("Tiers"), self.party)
        form.add("activity", tr("Activité"), self.activity)
        form.add("project", tr("Projet"), self.project)
        self.body.addWidget(self.notice)
        self.body.addWidget(form)
        self.body.addWidget(self.settles)
        act, _cancel = self.add_answers(tr("Garder la règle"))
        act.clicked.disconnect()
        act.clicked.connect(self._keep)
        self.words.setFocus()

    @Slot()
    def _keep(self) -> None:
        for field in (self.words, self.account, self.party):
            if not field.commit():
                return
        account, party = self.account.key, self.party.key
        target = Target(
            str(account or ""),
            party if isinstance(party, int) else None,
            str(self.activity.currentData() or ""),
            str(self.project.currentData() or ""),
            settles=self.settles.isChecked(),
        )
        words = self.words.value or ""
        try:
            self._write(words, target)
        except UserError as error:
            self.notice.tell("warn", str(error))
            return
        self.accept()

    def _write(self, words: str, target: Target) -> None:
        with self._desk.book.action(tr("Règle de pointage")) as session:
            if self._key is None:
                add_rule(session, words, target, comes_in=bool(self.way.currentData()))
            else:
                change_rule(session, self._key, words, target)
