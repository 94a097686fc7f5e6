"""Reading CFONB 120 statements (AFB120): records of 120 signs, amounts with an overpunched sign.

Columns are those of the CFONB norm of 2010, counted from 1.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.finance.bank.cfonb_codes import operation_name
from cantine_desktop.finance.bank.ibans import french_iban, plain_account
from cantine_desktop.finance.bank.reading import ReadLine, ReadStatement
from cantine_desktop.finance.bank.texts import decode, plain
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.money import Money

WIDTH = 120
_OVERPUNCH = {
    "{": (0, 1),
    "é": (0, 1),
    "}": (0, -1),
    "è": (0, -1),
    **{letter: (digit, 1) for digit, letter in enumerate("ABCDEFGHI", 1)},
    **{letter: (digit, -1) for digit, letter in enumerate("JKLMNOPQR", 1)},
}
"""Last sign of an amount: its digit and its side; é and è stand for braces in French ISO 646."""

_RECORD = re.compile(r"0[1457][0-9A-Z ]{5}.{4}[0-9 ]{5}[A-Z ]{3}[0-9 ]")
_BEGINNING = re.compile(r"0[1457][0-9 ]{5}")
_AMOUNT = re.compile(r"[0-9]{13}[{}A-Réè]")
LABEL_END = 79
_RECORD_240 = re.compile(r"3[149][0-9]{2}[0-9]{4,}")


class RecordError(ValueError):
    """A record that cannot be read; the message says why."""


def is_cfonb(content: bytes) -> bool:
    """Tell whether a file looks like CFONB 120, or its cousin of 240 signs."""
    head = content[:8000].replace(b"\0", b"").decode("latin-1").lstrip("\xff\xfeï»¿ \r\n\t")
    if _RECORD_240.match(head) and len(head.split("\n", 1)[0]) > WIDTH:
        return True
    return any(_RECORD.match(line) and len(line.rstrip()) > 38 for line in head.splitlines()[:20])


def read_cfonb(content: bytes) -> list[ReadStatement]:
    """Read every statement of a file; what is out of place is told with its line.

    Raises:
        UnreadableError: It is a CFONB 240 file, which tells no statement.
    """
    text = decode(content)
    lines = _records(text)
    first = next((line for _place, line in lines), "")
    if _RECORD_240.match(first) and not _RECORD.match(first):
        raise UnreadableError(
            whole_file(
                tr(
                    "ce fichier est au format CFONB 240 (virements et prélèvements restitués), qui "
                    "n’est pas un relevé ; demandez à la banque le relevé « CFONB 120 »"
                )
            )
        )
    reader = _Reader()
    for place, line in lines:
        reader.meet(place, line)
    return reader.finish()


def _records(text: str) -> list[tuple[int, str]]:
    """Return the records with their lines.

    A file without line ends, or whose lines end elsewhere than its records, is cut every 120
    signs; records are then counted instead of lines.
    """
    lines = re.split(r"\r\n|\n|\r", text)
    full = [line for line in lines if line.strip(" \x1a")]
    is_wrapped = len(full) == 1 and len(full[0].rstrip()) > WIDTH
    if is_wrapped or not all(map(_BEGINNING.match, full)):
        whole = "".join(lines)
        cut = [whole[start : start + WIDTH] for start in range(0, len(whole), WIDTH)]
        cut = [record for record in cut if record.strip(" \x1a")]
        if (is_wrapped and not _RECORD_240.match(whole)) or all(map(_BEGINNING.match, cut)):
            return list(enumerate(cut, 1))
    return [(place, line) for place, line in enumerate(lines, 1) if line.strip(" \x1a")]


def _aligned(record: str) -> str:
    """Return a record with its amount in its columns.

    A bank that counts bytes and writes UTF-8 makes records with an accent too short by a sign.
    """
    wide = sum(letter > "\x7f" for letter in record[:LABEL_END])
    if wide and record[90:104] != record[90 - wide : 104 - wide]:
        shifted = record[90 - wide : 104 - wide]
        if _AMOUNT.fullmatch(shifted) and not _AMOUNT.fullmatch(record[90:104]):
            return record[: LABEL_END - wide] + " " * wide + record[LABEL_END - wide :]
    return record


@dataclass
class _Open:
    """A statement being read."""

    account: str
    iban: str
    currency: str
    place: int
    is_begun: bool = True
    opening: Money | None = None
    closing: Money | None = None
    first: date | None = None
    last: date | None = None
    lines: list["_Movement"] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)


@dataclass
class _Movement:
    place: int
    day: date
    amount: Money
    label: str
    value_day: date | None
    code: str
    number: str
    reference: str
    more: list[tuple[str, str]] = field(default_factory=list)

    def as_line(self) -> ReadLine:
        """Return it as a line of a statement."""
        words = dict.fromkeys(text for _name, text in self.more if text)
        references = [text for name, text in self.more if name in {"REF", "RCN", "MMO"} and text]
        name = operation_name(self.code)
        return ReadLine(
            self.day,
            self.amount,
            self.label or next(iter(words), "") or name or "—",
            self.value_day,
            details=" · ".join(words)[:2000],
            reference=self.reference or next(iter(references), ""),
            code=self.code,
            given_id=self.number,
            place=self.place,
        )


class _Reader:
    """Follows the order of records: 01, then 04 with its 05s, then 07."""

    def __init__(self) -> None:
        self._done: list[_Open] = []
        self._open: _Open | None = None
        self._movement: _Movement | None = None
        self._remarks: list[Problem] = []

    def meet(self, place: int, line: str) -> None:
        """Read one record."""
        record = _aligned(line.rstrip("\r\n\x1a").ljust(WIDTH))
        kind = record[:2]
        if len(record.rstrip()) > WIDTH:
            self._note(place, tr("cette ligne dépasse 120 caractères : la suite n’est pas lue"))
        read = {"01": self._begin, "04": self._move, "05": self._complete, "07": self._end}
        try:
            read.get(kind, self._refuse)(place, record)
        except RecordError as error:
            self._movement = None
            self._note(place, str(error))

    def _refuse(self, _place: int, _record: str) -> None:
        raise RecordError(tr("cette ligne n’est pas un enregistrement CFONB 120"))

    def _note(self, place: int, text: str) -> None:
        (self._remarks if self._open is None else self._open.remarks).append(
            Problem(place, "", text)
        )

    def _start(self, place: int, record: str, *, is_begun: bool) -> _Open:
        account = plain_account(record[2:7] + record[11:16] + record[21:32])
        currency = record[16:19].strip() or "EUR"
        iban = french_iban(record[2:7], record[11:16], plain_account(record[21:32]))
        opened = _Open(account, iban, currency, place, is_begun)
        opened.remarks.extend(self._remarks)
        self._remarks = []
        self._open = opened
        self._movement = None
        return opened

    def _begin(self, place: int, record: str) -> None:
        if self._open is not None and self._open.is_begun:
            text = tr("un relevé commence alors que le précédent n’a pas de solde final (07)")
            self._note(place, text)
        self._close()
        opened = self._start(place, record, is_begun=True)
        try:
            opened.first = _day(record[34:40])
        except RecordError as error:
            self._note(place, str(error))
        if record[90:104].strip():
            opened.opening = _amount(record)
        else:
            self._note(place, tr("l’ancien solde manque"))

    def _move(self, place: int, record: str) -> None:
        self._movement = None
        if self._open is None:
            self._start(place, record, is_begun=False)
            self._note(place, tr("ce mouvement (04) n’est dans aucun relevé : il manque le 01"))
        assert self._open is not None
        day, amount = _day(record[34:40]), _amount(record)
        value = record[42:48]
        self._movement = _Movement(
            place,
            day,
            amount,
            plain(record[48:79]),
            _day(value) if value.strip(" 0") else None,
            record[32:34].strip(),
            record[81:88].strip(" 0"),
            plain(record[104:120]),
        )
        if record[40:42].strip(" 0"):
            self._movement.more.append((
                "",
                tr("motif de rejet {code}").format(code=record[40:42].strip()),
            ))
        self._open.lines.append(self._movement)

    def _complete(self, _place: int, record: str) -> None:
        if self._movement is None:
            raise RecordError(tr("ce complément (05) ne suit aucun mouvement"))
        name, info = record[45:48].strip(), plain(record[48:118])
        if name in {"RCN", "RUM"}:
            parts = [plain(record[48:83]), plain(record[83:118])]
            self._movement.more.extend((name, part) for part in parts if part)
        elif info:
            self._movement.more.append((name, info))

    def _end(self, place: int, record: str) -> None:
        if self._open is None:
            raise RecordError(tr("ce solde final (07) ne termine aucun relevé"))
        account = plain_account(record[11:16] + record[21:32])
        if self._open.account[5:] != account:
            self._note(place, tr("ce solde final (07) est celui d’un autre compte"))
            self._close()
            return
        try:
            self._open.last = _day(record[34:40])
            self._open.closing = _amount(record)
        except RecordError as error:
            self._note(place, str(error))
        self._prove(place)
        self._close()

    def _prove(self, place: int) -> None:
        opened = self._open
        assert opened is not None
        if opened.opening is None or opened.closing is None:
            return
        found = opened.opening.cents + sum(each.amount.cents for each in opened.lines)
        if found != opened.closing.cents:
            text = tr("le solde final est {said}, l’ancien solde et les mouvements font {found}")
            said = money(opened.closing)
            self._note(place, text.format(said=said, found=money(Money(found))))

    def _close(self) -> None:
        if self._open is not None:
            self._done.append(self._open)
        self._open = None
        self._movement = None

    def finish(self) -> list[ReadStatement]:
        """Return the statements that were read."""
        if self._open is not None and self._open.is_begun and self._open.closing is None:
            text = tr("le relevé commencé ici n’a pas de solde final (07)")
            self._note(self._open.place, text)
        self._close()
        statements = [_read(each) for each in self._done]
        if self._remarks:
            statements.append(ReadStatement("cfonb120", remarks=tuple(self._remarks)))
        return statements


def _read(opened: _Open) -> ReadStatement:
    lines = tuple(movement.as_line() for movement in opened.lines)
    days = [line.day for line in lines]
    return ReadStatement(
        "cfonb120",
        opened.account,
        opened.iban,
        opened.currency,
        lines,
        min([*days, *([opened.first] if opened.first else [])], default=None),
        max([*days, *([opened.last] if opened.last else [])], default=None),
        opened.opening,
        opened.closing,
        tuple(opened.remarks),
    )


def _day(text: str) -> date:
    """Return a day written ``JJMMAA``.

    Raises:
        RecordError: It is none.
    """
    if re.fullmatch(r"[0-9]{6}", text):
        day, month, year = int(text[:2]), int(text[2:4]), int(text[4:])
        try:
            return date(year + (2000 if year < 80 else 1900), month, day)
        except ValueError:
            pass
    raise RecordError(tr("« {text} » n’est pas une date (JJMMAA)").format(text=text.strip()))


def _amount(record: str) -> Money:
    """Return the amount of columns 91 to 104, with the decimals of column 20.

    Raises:
        RecordError: It is none.
    """
    text, places = record[90:104].strip(), record[19].strip() or "2"
    digits, last = text[:-1], text[-1:]
    if not re.fullmatch(r"[0-9]*", digits) or not places.isdecimal():
        raise RecordError(tr("« {text} » n’est pas un montant").format(text=text))
    if last not in _OVERPUNCH:
        raise RecordError(
            tr("« {text} » n’est pas un montant : son signe manque").format(text=text)
        )
    digit, sign = _OVERPUNCH[last]
    whole = int(f"{digits or 0}{digit}") * sign
    scale = int(places)
    if scale <= 2:
        return Money(whole * 10 ** (2 - scale))
    divided = abs(whole) + 5 * 10 ** (scale - 3)
    return Money(sign * (divided // 10 ** (scale - 2)))
