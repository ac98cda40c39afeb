// Borders, first-level units, coasts, lakes and rivers: Natural Earth 10m, public domain, clipped and thinned. Asked for once.
import type { FeatureCollection } from 'geojson';
import url from '../basemap.json?url';

let kept: Promise<FeatureCollection> | undefined;
export const basemap = () => (kept ??= fetch(url).then((answer) => answer.json()));
