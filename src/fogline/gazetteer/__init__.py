"""Names to places."""

from fogline.gazetteer.entry import Entry, Feature
from fogline.gazetteer.index import Gazetteer

__all__ = ["Entry", "Feature", "Gazetteer"]
