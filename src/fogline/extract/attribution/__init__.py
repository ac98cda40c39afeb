"""Who says what: attributions with source, cue and content (the PARC/PolNeAR scheme)."""

from fogline.extract.attribution.finding import find
from fogline.extract.attribution.speech import Speech

__all__ = ["Speech", "find"]
