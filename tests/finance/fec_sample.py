"""A small FEC without fault, to be spoiled: a ``Sample`` is changed, then written as bytes."""

from dataclasses import dataclass, field
from datetime import date

from cantine_desktop.finance.fec.faults import Expected
from cantine_desktop.finance.fec.fields import NAMES
from cantine_desktop.values.period import Period

TODAY = date(2026, 11, 22)
AT = {name: place for place, name in enumerate(NAMES)}
_ROWS = """
AN|À nouveaux|AN-1|20250101|512000|Banque|||AN2025|20250101|Reprise|2500,00|0,00|||20250101||
AN|À nouveaux|AN-1|20250101|530000|Caisse|||AN2025|20250101|Reprise|150,00|0,00|||20250101||
AN|À nouveaux|AN-1|20250101|110000|Report|||AN2025|20250101|Reprise|0,00|2350,00|||20250101||
AN|À nouveaux|AN-1|20250101|194000|Fonds dédiés|||AN2025|20250101|Reprise|0,00|300,00|||20250101||
CA|Caisse|CA-1|20250107|530000|Caisse|||S-1|20250107|Repas du 7|86,50|0,00|||20250131||
CA|Caisse|CA-1|20250107|706000|Repas|||S-1|20250107|Repas du 7|0,00|86,50|||20250131||
HA|Achats|HA-1|20250110|601000|Denrées|||F-778|20250110|Épicerie|210,45|0,00|||20250131||
HA|Achats|HA-1|20250110|401000|Fournisseurs|BIO|Bio|F-778|20250110|Épicerie|0,00|210,45|AA|20250115|20250131||
BQ|Banque|BQ-1|20250115|401000|Fournisseurs|BIO|Bio|V-1|20250115|Virement|210,45|0,00|AA|20250115|20250131||
BQ|Banque|BQ-1|20250115|512000|Banque|||V-1|20250115|Virement|0,00|210,45|||20250131||
CA|Caisse|CA-2|20250128|580000|Virements|||R-1|20250128|Remise|100,00|0,00|||20250228||
CA|Caisse|CA-2|20250128|530000|Caisse|||R-1|20250128|Remise|0,00|100,00|||20250228||
BQ|Banque|BQ-2|20250130|512000|Banque|||R-1|20250128|Remise|100,00|0,00|||20250228||
BQ|Banque|BQ-2|20250130|580000|Virements|||R-1|20250128|Remise|0,00|100,00|||20250228||
HA|Achats|HA-2|20250212|606300|Petit équipement|||F-9|20250210|Casserole|40,00|0,00|||20250228||
HA|Achats|HA-2|20250212|401000|Fournisseurs|MAR|Martin|F-9|20250210|Casserole|0,00|40,00|||20250228||
OD|Opérations|OD-1|20251231|194000|Fonds dédiés|||OD-1|20251231|Reprise|120,00|0,00|||20260115||
OD|Opérations|OD-1|20251231|789400|Reprises|||OD-1|20251231|Reprise|0,00|120,00|||20260115||
OD|Opérations|OD-2|20251231|864000|Bénévoles|||OD-2|20251231|Bénévolat|4200,00|0,00|||20260115||
OD|Opérations|OD-2|20251231|875000|Bénévolat|||OD-2|20251231|Bénévolat|0,00|4200,00|||20260115||
"""
PRIOR = {
    "512000": 250_000,
    "530000": 15_000,
    "110000": -200_000,
    "194000": -30_000,
    "601000": 100_000,
    "706000": -135_000,
}
"""The year before, once closed: a result of 350 € that joined what was carried over."""


@dataclass
class Sample:
    """A file about to be written, and what the check is told beside it."""

    name: str = "123456782FEC20251231.txt"
    names: list[str] = field(default_factory=lambda: list(NAMES))
    rows: list[list[str]] = field(
        default_factory=lambda: [row.split("|") for row in _ROWS.strip().splitlines()]
    )
    separator: str = "\t"
    end: str = "\r\n"
    encoding: str = "iso8859-15"
    raw: bytes | None = None
    prior: dict[str, int] | None = field(default_factory=lambda: dict(PRIOR))
    expected: Expected | None = None
    year: Period | None = None

    @property
    def content(self):
        if self.raw is not None:
            return self.raw
        lines = [self.separator.join(parts) + self.end for parts in [self.names, *self.rows]]
        return "".join(lines).encode(self.encoding)

    def given(self):
        return {
            "today": TODAY,
            "prior": self.prior,
            "expected": self.expected,
            "year": self.year,
        }

    def entry(self, number):
        return [row for row in self.rows if row[2] == number]
