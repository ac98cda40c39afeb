"""The numbers of the model, as data with what they were fitted on (``parameters.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """What the model of control is set by; ``parameters.toml`` says of each what it is and where it comes from.

    ``leaves`` and ``settles`` are rates a day, the others chances of being right or weights between 0 and 1.
    """

    leaves: float
    settles: float
    admitted: float
    background: float
    stated: float
    before: float
    before_retaking: float
    withdrawn: float
    wide: float


@cache
def fitted() -> Parameters:
    """The parameters that ship with this version."""
    given = tomllib.loads(files("fogline.control").joinpath("parameters.toml").read_text("utf-8"))
    return Parameters(**{name: float(entry["value"]) for name, entry in given["parameters"].items()})
