"""Recalls: the public list held beside our lots, what is set aside, the exercise of the year."""

from typing import ClassVar

from PySide6.QtCore import Slot
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.recalls.queries import notice_rows
from cantine_desktop.i18n import mark, short_day, tr, trn
from cantine_desktop.meals.consumption.drills import drills
from cantine_desktop.supply.recalls.queries import NoticeRow
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.table import Column, Row
from ui.list_screen import ListScreen, Sorting
from ui.supply.lot_file import DrillDialog, LotDialog
from ui.supply.recall_pane import RecallPane


class RecallsScreen(ListScreen[NoticeRow, RecallPane]):
    """The notices that may touch a lot, those to look at first."""

    key: ClassVar[str] = "recalls"
    shows: ClassVar[frozenset[str]] = frozenset({
        "recall_notice",
        "recall_match",
        "recall_drill",
        "lot",
        "lot_event",
        "stock_move",
    })
    help_text: ClassVar[str] = mark(
        "Téléchargez la liste « RappelConso » (CSV) sur data.economie.gouv.fr, puis déposez-la "
        "ici : seuls les avis qui ressemblent à vos lots sont gardés. Ce qui est sûr est mis de "
        "côté ; du reste, vous décidez, l’étiquette en main."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        may = desk.may_write("supply")
        self.take = self._action(tr("Importer la liste…"), "Ctrl+N", self._take, enabled=may)
        self.follow = self._action(tr("Dossier d’un lot…"), "", self._follow)
        self.drill = self._action(tr("Exercice de rappel…"), "", self._drill, enabled=may)
        empty = EmptyState(
            tr(
                "Aucun rappel ne ressemble à vos lots. Importez la liste publique de temps en "
                "temps, ou dès qu’un fournisseur vous prévient."
            ),
            self.take.text(),
            self.take.trigger,
            icon="package",
        )
        self._lay_out(
            tr("Avis de rappel"),
            _columns(),
            empty,
            tr("Choisissez un avis pour voir les lots à comparer."),
        )
        self._main, self._bar = self.take, self._make_bar(self.follow, self.drill)

    @override
    def document(self) -> tuple[str, Period]:
        return "recall-file", Period.year(civil_date(self.desk.book.clock()))

    @override
    def _read(self) -> list[NoticeRow]:
        with self.desk.book.read() as session:
            rows = notice_rows(session)
            last = drills(session, limit=1)
        waiting = sum(row.to_look_at for row in rows)
        words = [trn("{n} lot à regarder", "{n} lots à regarder", waiting)] if waiting else []
        if last:
            day = short_day(last[0].day)
            words.append(tr("dernier exercice le {day}").format(day=day))
        self.subtitle = " · ".join(words)
        return rows

    @override
    def _words(self, record: NoticeRow) -> str:
        return f"{record.product} {record.brand}"

    @override
    def _sorting(self) -> Sorting[NoticeRow]:
        return {
            "product": lambda row: fold(row.product),
            "day": lambda row: -row.published_on.toordinal(),
        }

    @override
    def _row(self, record: NoticeRow) -> Row:
        if record.to_look_at:
            state, tone = trn("{n} à regarder", "{n} à regarder", record.to_look_at), "bad"
        elif record.touched:
            state, tone = trn("{n} visé", "{n} visés", record.touched), ""
        else:
            state, tone = tr("aucun"), "muted"
        return Row((short_day(record.published_on), record.product, state), tone)

    @override
    def _pane(self, key: int) -> RecallPane:
        return RecallPane(self.desk, key)

    @Slot()
    def _take(self) -> None:
        self.desk.importing.emit()

    @Slot()
    def _follow(self) -> None:
        text = tr("Un fournisseur vous rappelle un lot ? Trouvez-le, puis imprimez où il est allé.")
        LotDialog(self.desk, tr("Dossier d’un lot"), text, tr("Voir le dossier"), self).exec()

    @Slot()
    def _drill(self) -> None:
        DrillDialog(self.desk, self).exec()


def _columns() -> list[Column]:
    return [
        Column(tr("Publié"), 98, key="day"),
        Column(tr("Produit"), 170, key="product"),
        Column(tr("Nos lots"), 100),
    ]
