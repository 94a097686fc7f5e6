"""The register of what was handed over to the tax office or the accountant."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.values.money import Money


class ExportRegister(Base):
    """A file of entries that was made (registre des exports).

    Attributes:
        made_at: When; entries validated and letterings made later are not in the file.
        operator: In whose name.
        file: Name of the file.
        first: First day of its year, and ``end`` the first one after it.
        last_rank: Rank of the last entry in it, 0 when it is empty.
        sha256: Of the file, in hexadecimal.
        drafts: Entries left out because nobody validated them.
    """

    __tablename__ = "export_register"
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Fichier des écritures remis")

    made_at: Mapped[datetime]
    operator: Mapped[str]
    fiscal_year_id: Mapped[int] = mapped_column(ForeignKey("fiscal_year.id"), index=True)
    file: Mapped[str]
    first: Mapped[date]
    end: Mapped[date]
    last_rank: Mapped[int]
    lines: Mapped[int]
    entries: Mapped[int]
    debit: Mapped[Money]
    credit: Mapped[Money]
    drafts: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))

    @override
    def search_line(self) -> str:
        """Return the name of the file."""
        return self.file
