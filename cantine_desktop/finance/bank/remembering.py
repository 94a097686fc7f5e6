"""What an account remembers of its files: their form, and how their columns were read."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.bank.csv_mapping import CsvMapping, MappingNeededError
from cantine_desktop.finance.bank.model import BankAccount
from cantine_desktop.finance.bank.reading import ReadStatement
from cantine_desktop.finance.bank.recognising import read_bank_file


class Memory(msgspec.Struct, frozen=True):
    """What an account remembers.

    Attributes:
        form: What its last file was: ``"csv:bpce"``.
        mappings: How the columns of its files were read, the last one first.
    """

    form: str = ""
    mappings: tuple[CsvMapping, ...] = ()


_MOST = 5


def memory_of(account: BankAccount) -> Memory:
    """Return what an account remembers; nothing when its text is not ours."""
    try:
        return msgspec.json.decode(account.profile or "{}", type=Memory)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return Memory()


def remember(account: BankAccount, form: str, mapping: CsvMapping | None = None) -> None:
    """Keep with an account what its file was."""
    mappings = memory_of(account).mappings
    if mapping is not None:
        others = tuple(each for each in mappings if each.headings != mapping.headings)
        mappings = (mapping, *others)[:_MOST]
    text = msgspec.json.encode(Memory(form, mappings)).decode()
    if account.profile != text:
        account.profile = text


def known_mappings(session: Session) -> list[CsvMapping]:
    """Return how columns were read before, of any account."""
    accounts = session.scalars(select(BankAccount).order_by(BankAccount.id)).all()
    return [mapping for account in accounts for mapping in memory_of(account).mappings]


def read_known(
    content: bytes, name: str, mappings: Sequence[CsvMapping] = ()
) -> list[ReadStatement]:
    """Read a file as ``read_bank_file`` does; what a person said before is not asked again.

    Raises:
        MappingNeededError: A kind of file never seen must be told.
        UnreadableError: Nothing of it can be read.
    """
    try:
        return read_bank_file(content, name)
    except MappingNeededError as asked:
        for mapping in mappings:
            is_alike = mapping.fits(asked.sample.headings, asked.guess.width)
            if is_alike and mapping.reads(asked.sample):
                return read_bank_file(content, name, mapping)
        raise
