"""What somebody is trained for and the papers of the file, with what is joined to them."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.staff.contracts.keeping import (
    Joined,
    PaperFacts,
    SkillFacts,
    add_paper,
    add_skill,
    join_file,
    receive_paper,
    remove_paper,
    remove_skill,
    renew_skill,
)
from cantine_desktop.staff.contracts.model import Skill, SkillKind, StaffPaper
from cantine_desktop.staff.contracts.queries import MemberCard
from cantine_desktop.staff.contracts.words import SKILLS
from ui.desk import Desk
from ui.kit.date_field import DateEdit
from ui.kit.fields import TextEdit
from ui.kit.files import DropTarget
from ui.kit.theme import scaled
from ui.opened_file import open_attachment
from ui.staff.joining import choose_file, read_file
from ui.staff.member_forms import (
    Deed,
    DeedDialog,
    choice,
    chosen,
    labelled,
    perform,
    typed,
)
from ui.staff.short_list import ShortList


class MemberPapers(QWidget):
    """Two short lists; a file dropped on one of them is joined.

    Attributes:
        skills: What the person may do, with its end.
        papers: What was asked of the person, what came and what is missing.
    """

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.key = desk, key
        self.skills = ShortList(
            self,
            tr("Compétences et habilitations"),
            tr("Aucune encore : hygiène, premiers secours, machines, clés, caisse."),
        )
        self.skills.button(tr("Ajouter une compétence…"), self._add_skill)
        self.skills.button(tr("Renouveler…"), self._renew, about_line=True)
        self.papers = ShortList(
            self, tr("Pièces du dossier"), tr("Aucune pièce. Déposez ici un papier numérisé.")
        )
        self.papers.button(tr("Ajouter une pièce…"), self._add_paper)
        self.papers.button(tr("Reçue aujourd’hui"), self._receive, about_line=True)
        for part in (self.skills, self.papers):
            part.button(tr("Joindre…"), partial(self._choose, part), about_line=True)
            part.button(tr("Ouvrir"), partial(self._open, part), about_line=True, changes=False)
            part.button(tr("Retirer"), partial(self._remove, part), about_line=True)
            part.list.chosen.connect(partial(self._open, part))
            if desk.may_write("staff"):
                DropTarget(part, [("*", partial(self.take, part))])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.skills)
        column.addWidget(self.papers)

    def show_card(self, card: MemberCard, *, may: bool) -> None:
        """Show the skills and papers of somebody."""
        self.skills.show_lines(card.skills, may=may)
        self.papers.show_lines(card.papers, may=may)

    def take(self, part: ShortList, files: Sequence[Path]) -> None:
        """Join the first of some files to the current line, or as a new paper."""
        line = part.current
        lacks = line is not None and line.attachment_id is None
        key = line.key if line is not None and (lacks or part is self.skills) else None
        if key is None and part is self.skills:
            self.desk.tell(tr("Ajoutez d’abord la compétence que ce papier prouve."))
            return
        read_file(self.desk, files[0], partial(self._join, part is self.skills, key))

    def _join(self, is_skill: bool, key: int | None, file: Joined) -> None:  # noqa: FBT001  -- handed over by a job
        now = self.desk.book.clock()

        def keep(session: Session) -> object:
            if key is None:
                return add_paper(session, self.key, PaperFacts(Path(file.name).stem), now, file)
            record = session.get_one(Skill, key) if is_skill else session.get_one(StaffPaper, key)
            join_file(session, record, file, now)
            return record

        self._tell(tr("Papier joint"), keep)

    def _choose(self, part: ShortList) -> None:
        found = choose_file(self.desk, self)
        line = part.current
        if found is not None and line is not None:
            read_file(self.desk, found, partial(self._join, part is self.skills, line.key))

    def _open(self, part: ShortList, _meant: object = None) -> None:
        line = part.current
        if line is None or line.attachment_id is None:
            self.desk.tell(tr("Aucun fichier n’est joint à cette ligne."))
            return
        try:
            open_attachment(self.desk, line.attachment_id)
        except UserError as error:
            self.desk.tell(str(error))

    def _remove(self, part: ShortList, _checked: object = None) -> None:
        line = part.current
        if line is None:
            return
        if part is self.skills:
            self._tell(tr("Compétence retirée"), partial(remove_skill, skill_id=line.key))
        else:
            self._tell(tr("Pièce retirée"), partial(remove_paper, paper_id=line.key))

    @Slot()
    def _add_skill(self) -> None:
        kind = choice(tr("Quelle compétence"), SKILLS)
        detail = TextEdit(tr("Précision (machine, organisme)"), longest=80)
        since = DateEdit(tr("Obtenue le"), self._today)
        until = DateEdit(tr("Valable jusqu’au"), self._today)

        def keep(session: Session) -> object:
            facts = SkillFacts(chosen(kind, SkillKind), typed(detail), since.value, until.value)
            return add_skill(session, self.key, facts, self.desk.book.clock())

        fields = [(kind.accessibleName(), kind), *labelled(detail, since, until)]
        DeedDialog(self.desk, self, tr("Compétence ajoutée"), fields, keep).exec()

    @Slot()
    def _renew(self) -> None:
        line = self.skills.current
        if line is None:
            return
        since = DateEdit(tr("Obtenue le"), self._today, required=True)
        until = DateEdit(tr("Valable jusqu’au"), self._today)
        since.set_value(self._today())

        def keep(session: Session) -> object:
            assert since.value is not None
            renew_skill(session, line.key, since.value, until.value)
            return line.key

        fields = labelled(since, until)
        DeedDialog(self.desk, self, tr("Compétence renouvelée"), fields, keep).exec()

    @Slot()
    def _add_paper(self) -> None:
        title = TextEdit(tr("Quelle pièce"), required=True, longest=80)
        due = DateEdit(tr("Attendue pour le"), self._today)
        came = DateEdit(tr("Reçue le"), self._today)
        until = DateEdit(tr("Valable jusqu’au"), self._today)

        def keep(session: Session) -> object:
            facts = PaperFacts(typed(title), due.value, came.value, until.value)
            return add_paper(session, self.key, facts, self.desk.book.clock())

        fields = labelled(title, due, came, until)
        DeedDialog(self.desk, self, tr("Pièce ajoutée"), fields, keep).exec()

    @Slot()
    def _receive(self) -> None:
        line = self.papers.current
        if line is not None:
            deed = partial(receive_paper, paper_id=line.key, day=self._today())
            self._tell(tr("Pièce reçue"), deed)

    def _tell(self, label: str, deed: Deed) -> None:
        why = perform(self.desk, label, deed)
        self.desk.tell(why or f"{label}.", undo=not why)

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())
