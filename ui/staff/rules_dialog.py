"""Which rules of work apply here: the agreement, local holidays, what an hour costs."""

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.i18n import tr
from cantine_desktop.staff.rosters.model import Branch
from cantine_desktop.staff.rosters.rules import BRANCHES, RulesFacts, set_rules
from cantine_desktop.staff.rosters.team import rules_of
from ui.desk import Desk
from ui.kit.fields import MoneyEdit
from ui.staff.member_forms import DeedDialog, choice, chosen, tick_box

_LOCAL = {"57", "67", "68"}


class RulesDialog(DeedDialog):
    """The rules that the board follows."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        with desk.book.read() as session:
            rules = rules_of(session)
            known = RulesFacts(
                rules.branch, rules.keeps_good_friday, rules.minors_on_holidays, rules.hour_cost
            )
            canteen = the_canteen(session)
            is_local = canteen is not None and canteen.department in _LOCAL
        self.branch = choice(tr("Convention collective"), BRANCHES, known.branch)
        self.friday = tick_box(tr("Vendredi saint"), checked=known.keeps_good_friday)
        self.minors = tick_box(tr("Mineurs les jours fériés"), checked=known.minors_on_holidays)
        self.cost = MoneyEdit(tr("Coût d’une heure"))
        self.cost.set_value(known.hour_cost)
        asked: list[tuple[str, QWidget]] = [
            (tr("Convention collective"), self.branch),
            (tr("Coût d’une heure"), self.cost),
            (tr("Mineurs les jours fériés"), self.minors),
        ]
        if is_local:
            asked.append((tr("Vendredi saint"), self.friday))
        helps = {
            0: tr(
                "Vos bulletins de paie ou le réseau la disent. Les "
                "limites plus strictes du Code restent."
            ),
            1: tr("Salaire et charges, en moyenne ; vide pour ne pas montrer de coût."),
            2: tr("Un accord le permet dans votre branche."),
            3: tr("Férié dans les communes qui ont un temple protestant ou une église mixte."),
        }
        super().__init__(desk, parent, tr("Règles de travail"), asked, self._set, help_texts=helps)

    def _set(self, session: Session) -> None:
        facts = RulesFacts(
            chosen(self.branch, Branch),
            self.friday.isChecked(),
            self.minors.isChecked(),
            self.cost.value,
        )
        set_rules(session, facts)
