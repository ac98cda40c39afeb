"""Assessed control as GeoJSON (RFC 7946): a settlement's point once for each stretch of days, for a map with a clock."""

from __future__ import annotations

import json

from fogline.model import Account
from fogline.publish.exports import flat
from fogline.publish.rows import Row


class ControlGeoJson:
    """Control, with the days from and to which each feature holds."""

    ending, media_type = "geojson", "application/geo+json"

    def write(self, account: Account) -> bytes:
        """The file's bytes, a feature a line; a settlement without coordinates has no geometry."""
        lines = ",\n".join(json.dumps(feature(row), ensure_ascii=False) for row in flat.control_rows(account))
        return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode()


def feature(row: Row) -> Row:
    """A stretch of control as a feature, named by the settlement and its first day."""
    point = None if row["lat"] is None or row["lon"] is None else [row["lon"], row["lat"]]
    belief = {f"belief_{state.lower()}": chance for state, chance in row["belief"].items()}
    properties = {name: value for name, value in row.items() if name not in ("lat", "lon", "belief")}
    return {
        "type": "Feature",
        "id": f"{row['geonameid'] or row['place']}/{row['valid_from']}",
        "geometry": None if point is None else {"type": "Point", "coordinates": point},
        "properties": {**properties, **belief},
    }
