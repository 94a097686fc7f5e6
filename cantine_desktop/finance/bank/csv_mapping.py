"""What the columns of a CSV file of a bank mean, as a person or a known profile says it."""

from cantine_desktop.exchange.problems import UnreadableError


class CsvMapping:
    """What columns mean."""


class MappingNeededError(UnreadableError):
    """A person must say what columns mean."""
