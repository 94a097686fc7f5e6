"""The statements the bank of the demonstration sends, as real OFX files."""

from collections.abc import Sequence
from datetime import date, timedelta
from xml.sax.saxutils import escape

from cantine_desktop.office.demo_money.plan import Shown
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

IBAN = "FR7630006000011234567890189"
"""The number that examples of the profession use."""

_HEAD = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:UTF-8
CHARSET:NONE
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>{end}<LANGUAGE>FRA\
</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>30006<BRANCHID>00001<ACCTID>{account}<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>{start}<DTEND>{end}
"""
_LINE = """<STMTTRN><TRNTYPE>{kind}<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{rank}<NAME>{label}\
</STMTTRN>
"""
_FOOT = """</BANKTRANLIST><LEDGERBAL><BALAMT>{balance}<DTASOF>{end}</LEDGERBAL>\
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""


def ofx_of(lines: Sequence[Shown], period: Period, closing: Money) -> bytes:
    """Return the statement of a period as the bank sends it.

    Args:
        lines: What it shows, in order.
        period: Its days.
        closing: Balance after its last line.
    """
    start, end = f"{period.first:%Y%m%d}", f"{period.last:%Y%m%d}"
    text = _HEAD.format(start=start, end=end, account=IBAN)
    for rank, line in enumerate(lines, 1):
        text += _LINE.format(
            kind="CREDIT" if line.amount.cents > 0 else "DEBIT",
            day=f"{line.day:%Y%m%d}",
            amount=line.amount.euros,
            rank=f"{line.day:%y%m%d}{rank:04d}",
            label=escape(line.label),
        )
    return (text + _FOOT.format(balance=closing.euros, end=end)).encode()


def months_of(first: date, today: date) -> list[Period]:
    """Return the months whose statement has come: those that are over."""
    months: list[Period] = []
    month = Period.month(first)
    while month.end <= today:
        months.append(month)
        month = Period.month(month.end + timedelta(days=1))
    return months
