// How close a map begins: so close that the place is told apart from the nearest settlement of which anything is known.
import type { PlaceFeature } from './types';

const APART = 30, CLOSEST = 4;
/** Units of the screen to a radian of longitude, before anybody zooms. */
export const SCALE = 13_000;
const radians = (degrees: number) => (degrees * Math.PI) / 180;
export const northing = (lat: number) => Math.log(Math.tan(Math.PI / 4 + radians(lat) / 2));

export function nearness(here: PlaceFeature | undefined, places: PlaceFeature[]): number {
  if (!here?.geometry) return 1;
  const [lon, lat] = here.geometry.coordinates;
  let least = Infinity;
  for (const one of places) {
    if (one.id === here.id || !one.geometry || !(one.properties.status || Object.keys(one.properties.claimed).length)) continue;
    const [x, y] = one.geometry.coordinates;
    const away = SCALE * Math.hypot(radians(x - lon), northing(y) - northing(lat));
    if (away > 1) least = Math.min(least, away);
  }
  return Math.min(CLOSEST, Math.max(1, APART / least));
}
