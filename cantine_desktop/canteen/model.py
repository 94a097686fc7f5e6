"""The table of the canteen itself."""

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from cantine_desktop.storage.base import Base


class Canteen(Base):
    """The one canteen this book is about.

    Attributes:
        name: As printed at the top of every sheet.
        department: French département code, ``"67"`` or ``"2A"``; decides holidays.
        open_weekdays: ISO weekdays of service, as digits: ``"2345"`` is Tuesday to Friday.
        is_demo: The data are invented; a banner says so and nothing real may enter.
    """

    __tablename__ = "canteen"
    area: ClassVar[str] = "canteen"

    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    seats: Mapped[int] = mapped_column(default=35)
    kitchen_places: Mapped[int] = mapped_column(default=10)
    open_weekdays: Mapped[str] = mapped_column(default="2345")
    is_demo: Mapped[bool] = mapped_column(default=False)
