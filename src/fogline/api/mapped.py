"""All places of a map on one day: each as a feature that is written once, and where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import orjson
from numpy.typing import NDArray

from fogline.api.asking import turned
from fogline.api.responding import written
from fogline.publish.rows import Row

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The places in their order; some 400 bytes each."""

    names: Sequence[str]
    features: Sequence[bytes]
    points: NDArray[np.float64]
    """Longitude and latitude of each; no number where it has no point."""

    def page(self, box: Box | None, after: str, limit: int) -> tuple[list[orjson.Fragment], str | None, int]:
        """A page of the features in a box, the mark behind it, and how many lie there.

        Raises ``UsageError`` where ``after`` names none of these.
        """
        found = range(len(self.names)) if box is None else self._inside(box)
        page, mark = turned(found, self.names.__getitem__, after, limit)
        return [orjson.Fragment(self.features[n]) for n in page], mark, len(found)

    def _inside(self, box: Box) -> list[int]:
        """The places in a box, which may reach over the line of 180 degrees; one without a point lies in none."""
        west, south, east, north = box
        lon, lat = self.points.T
        wide = (west <= lon) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
        found: list[int] = np.flatnonzero(wide & (south <= lat) & (lat <= north)).tolist()
        return found


def layer(features: Sequence[Row]) -> Layer:
    """The features as they are written."""
    nowhere = {"coordinates": (np.nan, np.nan)}
    points = [(one["geometry"] or nowhere)["coordinates"] for one in features]
    return Layer(
        names=[str(one["id"]) for one in features],
        features=[written(one) for one in features],
        points=np.array(points, float).reshape(-1, 2),
    )
