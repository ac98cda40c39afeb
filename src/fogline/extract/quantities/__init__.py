"""Amounts: values, ranges and bounds, with their unit and what is counted."""

from fogline.extract.quantities.finding import Amount, find

__all__ = ["Amount", "find"]
