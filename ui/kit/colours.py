"""The two sets of colours, and how far apart two colours are to the eye."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QGuiApplication, QPalette


@dataclass(frozen=True)
class Colours:
    """Colours by what they are for, as ``#RRGGBB``.

    Attributes:
        bg: Ground of the window.
        surface: Cards, tables, fields.
        sunk: Sidebar and headers.
        hover: Ground of what the pointer is over.
        text: Text; at least 4.5 on every ground.
        muted: Secondary text; at least 4.5 on every ground.
        disabled: Text of what cannot be used now.
        border: Decoration only.
        control_border: Edge of what can be used; at least 3 on every ground.
        primary: The one colour of action.
        primary_hover: The same under the pointer.
        on_primary: Text on the colour of action.
        accent: Targets and highlights, sparingly.
        selection: Ground of what is selected.
        focus: The ring around what has the keyboard.
        ok: Text and icon of what is right; ``ok_bg`` is its ground. Likewise ``warn``,
            ``bad`` and ``info``.
        charts: Colours of series, in order of use; at least 3 on ``surface``.
    """

    bg: str
    surface: str
    sunk: str
    hover: str
    text: str
    muted: str
    disabled: str
    border: str
    control_border: str
    primary: str
    primary_hover: str
    on_primary: str
    accent: str
    selection: str
    focus: str
    ok: str
    ok_bg: str
    warn: str
    warn_bg: str
    bad: str
    bad_bg: str
    info: str
    info_bg: str
    charts: tuple[str, ...]


LIGHT = Colours(
    bg="#FAF7F2",
    surface="#FFFFFF",
    sunk="#F1ECE3",
    hover="#F6F2EA",
    text="#26221C",
    muted="#665E52",
    disabled="#8F8778",
    border="#D9D1C3",
    control_border="#8A8172",
    primary="#0F6B5C",
    primary_hover="#0B574B",
    on_primary="#FFFFFF",
    accent="#B3472A",
    selection="#D5EBE5",
    focus="#1A5FB4",
    ok="#1E7B3C",
    ok_bg="#E3F4E6",
    warn="#8A5300",
    warn_bg="#FFF1D6",
    bad="#B3261E",
    bad_bg="#FBE4E1",
    info="#1A5FB4",
    info_bg="#E4EEFB",
    charts=("#0F6B5C", "#3B6FB6", "#B3472A", "#7A5BA6", "#6B7F2A", "#C2577E", "#5E6B73"),
)

DARK = Colours(
    bg="#1B1916",
    surface="#24211D",
    sunk="#141210",
    hover="#2D2924",
    text="#F2EDE4",
    muted="#B5AB9C",
    disabled="#7C7466",
    border="#3B362F",
    control_border="#8C8374",
    primary="#5CC7B2",
    primary_hover="#7AD6C4",
    on_primary="#06251F",
    accent="#F0916F",
    selection="#1F4239",
    focus="#7FB2F5",
    ok="#7CCB8E",
    ok_bg="#1E3324",
    warn="#F0B85A",
    warn_bg="#3A2C12",
    bad="#F28B82",
    bad_bg="#412220",
    info="#8AB8F5",
    info_bg="#1D2B40",
    charts=("#5CC7B2", "#8AB8F5", "#F0916F", "#BFA5E8", "#B7CC6A", "#EDA0BC", "#B3BEC5"),
)


def colours() -> Colours:
    """Return the colours in use: those the application's palette was made from."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < 128 else LIGHT


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21.

    Source: WCAG 2.1, relative luminance and contrast ratio.
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shade = QColor(colour)
    channels = (shade.redF(), shade.greenF(), shade.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
