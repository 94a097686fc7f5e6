"""What went into the dishes of a day: product, lot, where it came from (TR)."""

from typing import ClassVar

from sqlalchemy.orm import Mapped, Session, mapped_column
from typing_extensions import override

from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.registers.kept import Kept
from cantine_desktop.hygiene.registers.register import Column, Judgement, Kind, Register
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base


class TracedUse(Kept, Base):
    """A product used in the kitchen, and by what its origin is proved.

    Attributes:
        product: What it is.
        lot: The maker's lot.
        supplier: Who delivered it.
        delivery_note: Number of the delivery note.
        dish: Dish or menu it went into.
        proof: Number of the label glued on the sheet, or of its photograph.
    """

    __tablename__ = "traced_use"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Produit utilisé")

    product: Mapped[str] = mapped_column(default="")
    lot: Mapped[str] = mapped_column(default="")
    supplier: Mapped[str] = mapped_column(default="")
    delivery_note: Mapped[str] = mapped_column(default="")
    dish: Mapped[str] = mapped_column(default="")
    proof: Mapped[str] = mapped_column(default="")

    @override
    def search_line(self) -> str | None:
        """Return what the palette finds it by: product, lot, supplier, dish, day."""
        parts = (self.product, self.lot, self.supplier, self.delivery_note, self.dish)
        known = [part for part in parts if part]
        return " · ".join((*known, f"{self.day:%d/%m/%Y}")) if known else None


def judge_use(_session: Session, use: TracedUse) -> Judgement:
    """Tell whether a product can be traced: it is named, and its lot or its label is kept.

    Source: R178.
    """
    traced = use.product and (use.lot or use.proof)
    return Judgement(Verdict.CONFORM if traced else Verdict.NOT_DONE)


USES = Register(
    key="uses",
    letter="TR",
    title=mark("Traçabilité des produits utilisés"),
    model=TracedUse,
    columns=(
        Column("day", mark("Utilisé le"), Kind.DAY, 1.1),
        Column("product", mark("Produit"), share=2.2),
        Column("lot", mark("Lot"), share=1.4),
        Column("supplier", mark("Fournisseur"), share=1.6),
        Column("delivery_note", mark("N° BL"), share=1),
        Column("dish", mark("Menu ou plat"), share=1.8),
        Column("proof", mark("Étiquette collée ou n° de photo"), share=1.6),
        Column("initials", mark("Visa"), Kind.INITIALS, 0.8),
    ),
    judge=judge_use,
    points=("TRA-01", "TRA-02", "PRE-13"),
    retention=Retention.TRACEABILITY,
    landscape=True,
    blank_rows=18,
    words=mark("lot étiquette photo origine rappel"),
)
"""The register of products used.

Internal tracing is not compulsory everywhere: a canteen under the flexibility
instruction may do without the link to the menu.

Source: R178, IT2018.
"""
