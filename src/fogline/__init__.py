"""fogline: who said what about a contested place, through whom, who else says so, who says otherwise, who likely held it."""

__version__ = "0.1.0"
