"""Quantities of a product in its canonical unit: exact, whatever was written.

Mass is counted in grams, volume in millilitres, pieces in pieces; a quantity that would need
a weight nobody knows is ``None``, never a guess.
"""

from fractions import Fraction

from cantine_desktop.supply.products.model import Dimension, Product

THOUSAND = 1000


def grams_of(product: Product, canonical: Fraction) -> Fraction | None:
    """Return the grams of a quantity in the canonical unit; ``None`` when nobody knows."""
    if product.dimension is Dimension.MASS:
        return canonical
    if product.dimension is Dimension.VOLUME:
        return None if product.density is None else canonical * Fraction(product.density)
    return None if product.piece_grams is None else canonical * Fraction(product.piece_grams)


def from_grams(product: Product, grams: Fraction) -> Fraction | None:
    """Return grams in the canonical unit of a product; ``None`` when nobody knows."""
    if product.dimension is Dimension.MASS:
        return grams
    per = product.density if product.dimension is Dimension.VOLUME else product.piece_grams
    return None if not per else grams / Fraction(per)


def from_pieces(product: Product, pieces: Fraction) -> Fraction | None:
    """Return pieces in the canonical unit of a product; ``None`` when nobody knows."""
    if product.dimension is Dimension.PIECE:
        return pieces
    if product.piece_grams is None:
        return None
    return from_grams(product, pieces * Fraction(product.piece_grams))


def from_millilitres(product: Product, millilitres: Fraction) -> Fraction | None:
    """Return millilitres in the canonical unit of a product; ``None`` when nobody knows."""
    if product.dimension is Dimension.VOLUME:
        return millilitres
    if product.density is None:
        return None
    return from_grams(product, millilitres * Fraction(product.density))


def cost_in_cents(product: Product, canonical: Fraction) -> Fraction | None:
    """Return the exact cents of a quantity at the product's price; ``None`` without a price.

    The price is for a kilogram, a litre or a piece: nothing is rounded here.
    """
    if product.price is None:
        return None
    per = 1 if product.dimension is Dimension.PIECE else THOUSAND
    return canonical * Fraction(product.price) * 100 / per


def carbon_in_grams(product: Product, canonical: Fraction) -> Fraction | None:
    """Return the grams of CO₂ equivalent of a quantity; ``None`` when nobody knows."""
    if product.carbon is None:
        return None
    grams = grams_of(product, canonical)
    return None if grams is None else grams * Fraction(product.carbon)
