"""Reading CSV files of banks: each row is a line, goes on the line before, or is told."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.finance.bank.amounts import (
    AmountError,
    decimal_mark,
    to_decimal,
)
from cantine_desktop.finance.bank.csv_grouping import statements_of
from cantine_desktop.finance.bank.csv_guessing import DAYS, Guess, guess, side_of
from cantine_desktop.finance.bank.csv_headless import account_told
from cantine_desktop.finance.bank.csv_mapping import CsvMapping, MappingNeededError, Sign
from cantine_desktop.finance.bank.csv_parsed import Parsed, is_dead, is_waiting
from cantine_desktop.finance.bank.csv_preamble import Said, read_preamble
from cantine_desktop.finance.bank.csv_sections import Part, is_headings, parts_of
from cantine_desktop.finance.bank.csv_table import Row, read_table
from cantine_desktop.finance.bank.csv_words import Role, plain_heading
from cantine_desktop.finance.bank.days import to_day
from cantine_desktop.finance.bank.reading import ReadStatement
from cantine_desktop.finance.bank.services import read_service
from cantine_desktop.finance.bank.texts import LONGEST_DETAILS, plain
from cantine_desktop.i18n import tr, trn

MOST_REMARKS = 300
_CLOSING = re.compile(
    r"(?:nouveau |ancien )?(?:solde|saldo|kontostand|balance|total)", re.IGNORECASE
)


def read_csv(content: bytes, _name: str, mapping: CsvMapping | None = None) -> list[ReadStatement]:
    """Read the rows of a file of a bank or a payment service.

    Args:
        content: The whole file.
        mapping: What its columns mean, when a person said it; left alone when it is of another
            kind of file.

    Raises:
        MappingNeededError: A person can say what is not sure.
        UnreadableError: It is no table, or holds no column of days and amounts.
    """
    table = read_table(content)
    guessed = guess(table)
    if mapping is None or not mapping.fits(guessed.sample.headings, guessed.mapping.width):
        if (of_service := read_service(table)) is not None:
            return of_service
        mapping = _sure(guessed)
    above = guessed.start if guessed.heading < 0 else guessed.heading
    part = Part(table.rows[:above], table.rows[guessed.start :])
    read: list[ReadStatement] = []
    for each in parts_of(part, mapping):
        read += _read(each, guessed.sample.headings, mapping, is_ended=table.is_ended)
    return read


def _sure(guessed: Guess) -> CsvMapping:
    """Return what was guessed, when nothing is to be asked.

    Raises:
        MappingNeededError: Something is.
        UnreadableError: Nobody could say.
    """
    if not guessed.questions:
        return guessed.mapping
    if not any(guessed.mapping.columns.get(role) for role in DAYS):
        raise UnreadableError(
            whole_file(
                tr(
                    "ce fichier n’est pas un relevé : aucune colonne n’a de dates et de montants ; "
                    "demandez à la banque OFX, CAMT.053, CFONB 120 ou CSV"
                )
            )
        )
    raise MappingNeededError(guessed.sample, guessed.mapping, guessed.questions)


@dataclass
class _Reader:
    """Reads rows one after the other, with what columns mean."""

    mapping: CsvMapping
    mark: str
    debit_sign: int
    credit_sign: int
    headings: tuple[str, ...]
    said: Said
    remarks: list[Problem] = field(default_factory=list)
    parsed: list[Parsed] = field(default_factory=list)

    def meet(self, row: Row) -> None:
        """Read one row."""
        if is_headings(row, self.headings):
            return
        told = account_told(row, self.mapping.columns) if not self.headings else None
        if told is not None:
            self.said.account = self.said.account or told.account
            self.said.closing = told.balance
            return
        amounts = (Role.NET, Role.AMOUNT, Role.DEBIT, Role.CREDIT)
        has_amount = any(self._cell(row, role) for role in amounts)
        if not has_amount and not any(self._cell(row, role) for role in DAYS):
            self._go_on(row)
            return
        try:
            self.parsed.append(self._parse(row))
        except AmountError as error:
            if not self.said.take_balance([cell for cell in row.cells if cell]):
                self.remarks.append(Problem(row.place, "", str(error)))

    def doubt(self, row: Row, width: int) -> None:
        """Tell of the last row that it may have been cut: it is shorter than the others."""
        if len(row.cells) < width and self._day(row, *DAYS) is not None:
            told = tr("le fichier s’arrête au milieu de cette ligne : vérifiez-la")
            self.remarks.append(Problem(row.place, "", told))

    def _cell(self, row: Row, role: Role) -> str:
        for column in self.mapping.columns.get(role, ()):
            if found := row.cell(column):
                return found
        return ""

    def _go_on(self, row: Row) -> None:
        """Add the words of a row without day nor amount to the line before."""
        text = plain(" ".join(cell for cell in row.cells if cell), LONGEST_DETAILS)
        if self.said.take_balance([cell for cell in row.cells if cell]):
            return
        if not self.parsed or _CLOSING.match(text):
            told = tr("ligne sans date ni montant, non reprise : « {words} »")
            self.remarks.append(Problem(row.place, "", told.format(words=text[:60])))
            return
        last = self.parsed[-1]
        self.parsed[-1] = replace(
            last, details=plain(f"{last.details} {text}".strip(), LONGEST_DETAILS)
        )

    def _parse(self, row: Row) -> Parsed:
        """Return what a row holds.

        Raises:
            AmountError: Its day or its amount cannot be told.
        """
        mapping = self.mapping
        status = self._cell(row, Role.STATUS)
        day = self._day(row, *DAYS)
        if is_dead(status):
            raise AmountError(tr("opération « {status} », non reprise").format(status=status))
        if day is None:
            text = next((cell for role in DAYS if (cell := self._cell(row, role))), "")
            raise AmountError(tr("« {text} » n’est pas une date").format(text=plain(text)[:40]))
        words = [row.cell(column) for column in mapping.columns.get(Role.LABEL, ())]
        more = [row.cell(column) for column in mapping.columns.get(Role.DETAILS, ())]
        said = [plain(each) for each in (*words, *more) if each]
        label = said[0] if said else plain(self._cell(row, Role.CODE)) or "—"
        details = [each for each in dict.fromkeys(said) if each not in label]
        balance = self._cell(row, Role.BALANCE)
        return Parsed(
            place=row.place,
            day=day,
            amount=self._amount(row),
            fee=self._number(row, Role.FEE) or Decimal(0),
            balance=self._balance(row, balance),
            label=label,
            details=plain(" · ".join(details), LONGEST_DETAILS),
            value_day=self._day(row, Role.VALUE_DAY),
            reference=plain(self._cell(row, Role.REFERENCE)),
            code=plain(self._cell(row, Role.CODE))[:32],
            given_id=plain(self._cell(row, Role.ID)),
            account=plain(self._cell(row, Role.ACCOUNT)),
            currency=plain(self._cell(row, Role.CURRENCY)).upper(),
            is_pending=is_waiting(status),
        )

    def _day(self, row: Row, *roles: Role) -> date | None:
        for role in roles:
            if (day := to_day(self._cell(row, role), self.mapping.order)) is not None:
                return day
        return None

    def _number(self, row: Row, role: Role) -> Decimal | None:
        text = self._cell(row, role)
        return to_decimal(text, self.mark) if text else None

    def _balance(self, row: Row, text: str) -> Decimal | None:
        try:
            return to_decimal(text, self.mark) if text else None
        except AmountError as error:
            told = tr("solde illisible : {problem}").format(problem=error)
            self.remarks.append(Problem(row.place, self._heading(Role.BALANCE), told))
            return None

    def _heading(self, role: Role) -> str:
        column = self.mapping.column(role)
        return self.headings[column] if 0 <= column < len(self.headings) else ""

    def _amount(self, row: Row) -> Decimal:
        """Return how a row moves the account, as far as its columns tell.

        Raises:
            AmountError: It is missing or unreadable.
        """
        columns = self.mapping.columns
        if columns.get(Role.DEBIT) or columns.get(Role.CREDIT):
            debit, credit = self._number(row, Role.DEBIT), self._number(row, Role.CREDIT)
            if debit is not None or credit is not None:
                out = (debit or Decimal(0)) * self.debit_sign
                return (credit or Decimal(0)) * self.credit_sign - out
        amount = self._number(row, Role.NET if columns.get(Role.NET) else Role.AMOUNT)
        if amount is None:
            raise AmountError(tr("le montant manque"))
        if columns.get(Role.SIDE):
            return self._turned(row, amount)
        if self.mapping.sign is Sign.ALL_OUT:
            return -abs(amount)
        return -amount if self.mapping.sign is Sign.REVERSED else amount

    def _turned(self, row: Row, amount: Decimal) -> Decimal:
        word = self._cell(row, Role.SIDE)
        side = side_of(word)
        if not side:
            raise AmountError(
                tr("le sens « {word} » n’est pas connu").format(word=plain(word)[:40])
            )
        if side > 0 and (received := self._number(row, Role.RECEIVED)) is not None:
            amount = received
        return abs(amount) * side


def _read(
    part: Part, headings: tuple[str, ...], mapping: CsvMapping, *, is_ended: bool
) -> list[ReadStatement]:
    rows, said = part.rows, read_preamble(part.above)
    money = (Role.NET, Role.AMOUNT, Role.DEBIT, Role.CREDIT, Role.BALANCE, Role.FEE)
    texts = [
        row.cell(column)
        for row in rows[:5000]
        for role in money
        for column in mapping.columns.get(role, ())
    ]
    reader = _Reader(
        mapping,
        decimal_mark(texts),
        _side_sign(rows, mapping.column(Role.DEBIT)),
        _side_sign(rows, mapping.column(Role.CREDIT)),
        tuple(map(plain_heading, headings)),
        said,
    )
    for row in rows:
        reader.meet(row)
    if rows and part.is_last and not is_ended:
        reader.doubt(rows[-1], Counter(len(row.cells) for row in rows).most_common(1)[0][0])
    if (left := len(reader.remarks) - MOST_REMARKS) > 0:
        text = trn(
            "{n} ligne de plus n’a pas été lue", "{n} lignes de plus n’ont pas été lues", left
        )
        reader.remarks[MOST_REMARKS:] = [whole_file(text.format(n=left))]
    return list(statements_of(reader.parsed, reader.remarks, mapping, said))


def _side_sign(rows: Sequence[Row], column: int) -> int:
    """Return -1 when the amounts of a column of debits or credits are written negative."""
    cells = [row.cell(column) for row in rows if row.cell(column)]
    negative = sum(
        cell.lstrip().startswith(("-", "−", "(")) or cell.endswith("-") for cell in cells
    )
    return -1 if negative > len(cells) / 2 else 1
