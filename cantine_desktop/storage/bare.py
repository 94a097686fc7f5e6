"""A bare connection to a book’s file, that says of any damage that it is one."""

import sqlite3
from typing import Any

from typing_extensions import override


class BareConnection(sqlite3.Connection):
    """A connection whose errors can always be told.

    SQLite quotes the damaged page of the schema it met; where its bytes are no text, Python
    would complain of the quotation instead of the damage.
    """

    @override
    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        try:
            return super().execute(sql, parameters)
        except UnicodeDecodeError as error:
            told = sqlite3.DatabaseError("malformed database schema")
            told.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise told from error
