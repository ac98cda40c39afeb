"""Temporal expressions: from the words of a date to an EDTF interval."""

from fogline.timex.finding import Timex, find, of_document
from fogline.timex.publication import latest_past, publication

__all__ = ["Timex", "find", "latest_past", "of_document", "publication"]
