"""Reading CSV."""

from cantine_desktop.exchange.problems import UnreadableError, whole_file
from cantine_desktop.finance.bank.csv_mapping import CsvMapping
from cantine_desktop.finance.bank.reading import ReadStatement
from cantine_desktop.i18n import tr


def read_csv(_content: bytes, _name: str, _mapping: CsvMapping | None) -> list[ReadStatement]:
    """Read.

    Raises:
        UnreadableError: Always.
    """
    raise UnreadableError(whole_file(tr("ce fichier n’est pas un relevé connu")))
