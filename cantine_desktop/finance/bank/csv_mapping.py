"""What the columns of a CSV file of a bank mean: guessed, said by a person, remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from cantine_desktop.exchange.problems import UnreadableError, whole_file
from cantine_desktop.finance.bank.csv_cells import are_amounts, are_days
from cantine_desktop.finance.bank.csv_words import Role, plain_heading
from cantine_desktop.i18n import mark, tr

ROLES = {
    Role.DAY: mark("Date comptable"),
    Role.OPERATION_DAY: mark("Date d’opération"),
    Role.VALUE_DAY: mark("Date de valeur"),
    Role.LABEL: mark("Libellé"),
    Role.DETAILS: mark("Détails"),
    Role.AMOUNT: mark("Montant"),
    Role.RECEIVED: mark("Montant reçu"),
    Role.DEBIT: mark("Débit"),
    Role.CREDIT: mark("Crédit"),
    Role.NET: mark("Montant net"),
    Role.FEE: mark("Frais"),
    Role.BALANCE: mark("Solde"),
    Role.SIDE: mark("Sens"),
    Role.CURRENCY: mark("Devise"),
    Role.ACCOUNT: mark("Compte"),
    Role.REFERENCE: mark("Référence"),
    Role.CODE: mark("Type"),
    Role.STATUS: mark("État"),
    Role.ID: mark("Identifiant"),
}
"""What a column may hold, in French; a column without a role is not read."""


class Sign(StrEnum):
    """Which way the amounts of a single column go."""

    AS_WRITTEN = "as-written"
    REVERSED = "reversed"
    ALL_OUT = "all-out"


SIGNS = {
    Sign.AS_WRITTEN: mark("Un montant négatif sort du compte"),
    Sign.REVERSED: mark("Un montant positif sort du compte"),
    Sign.ALL_OUT: mark("Tous les montants sortent du compte"),
}


class CsvMapping(msgspec.Struct, frozen=True, kw_only=True):
    """How to read the columns of a kind of file.

    Attributes:
        profile: ``"bpce"``, ``"qonto"``… or ``"autre"``; the form of its statements.
        headings: Its headings made plain, by which the same kind is known again; empty for a
            file without headings.
        width: Number of columns of a file without headings.
        columns: Columns of each role, from 0, the best first.
        sign: Which way the amounts of a single column go.
        order: ``"dmy"``, ``"mdy"`` or ``"ymd"``.
        fee_apart: The fee comes on top of the amount; ``None`` when the balance should tell.
    """

    profile: str = "autre"
    headings: tuple[str, ...] = ()
    width: int = 0
    columns: dict[Role, tuple[int, ...]] = {}
    sign: Sign = Sign.AS_WRITTEN
    order: str = "dmy"
    fee_apart: bool | None = None

    def column(self, *roles: Role) -> int:
        """Return the first column that has one of some roles; -1 when none has."""
        return next((self.columns[role][0] for role in roles if self.columns.get(role)), -1)

    @property
    def is_complete(self) -> bool:
        """Whether a day and an amount can be read."""
        has_day = self.column(Role.DAY, Role.OPERATION_DAY, Role.VALUE_DAY) >= 0
        return has_day and self.column(Role.NET, Role.AMOUNT, Role.DEBIT, Role.CREDIT) >= 0

    def fits(self, headings: Sequence[str], width: int) -> bool:
        """Tell whether a file is of this kind."""
        if self.headings:
            return self.headings == tuple(map(plain_heading, headings))
        return not headings and self.width == width

    def reads(self, sample: "Sample") -> bool:
        """Tell whether the first rows have days and amounts where this mapping puts them."""
        day = self.column(Role.DAY, Role.OPERATION_DAY, Role.VALUE_DAY)
        days = [row[day] for row in sample.rows if len(row) > day >= 0]
        columns = [
            column
            for role in (Role.NET, Role.AMOUNT, Role.DEBIT, Role.CREDIT)
            for column in self.columns.get(role, ())
        ]
        cells = [row[each] for row in sample.rows for each in columns if len(row) > each]
        amounts = [cell for cell in cells if cell]
        return bool(amounts) and are_days(days) and are_amounts(amounts)

    def encoded(self) -> str:
        """Return it as text, to be kept with an account."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def decoded(cls, text: str) -> "CsvMapping | None":
        """Return the mapping a text holds; ``None`` when it holds none."""
        try:
            return msgspec.json.decode(text, type=CsvMapping)
        except (msgspec.DecodeError, msgspec.ValidationError):
            return None


@dataclass(frozen=True)
class Sample:
    """The beginning of a file whose columns a person is asked about.

    Attributes:
        headings: Empty when the file has none.
        rows: First rows below them.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(row) for row in (self.headings, *self.rows)), default=0)


class MappingNeededError(UnreadableError):
    """A file that reads well once a person has said what its columns mean.

    Attributes:
        sample: Its beginning.
        guess: The likeliest meaning: reading with it is one step away.
        questions: What is not sure, in words.
    """

    def __init__(self, sample: Sample, guess: CsvMapping, questions: Sequence[str]) -> None:
        said = tr("Dites ce que contiennent les colonnes de ce fichier.")
        super().__init__(*(whole_file(text) for text in (said, *questions)))
        self.sample = sample
        self.guess = guess
        self.questions = tuple(questions)
