// What all views share: the theatre, its sides, and the places as known on the chosen day.
import { ask, every } from './api';
import { at } from './route.svelte';
import { comeBack, meet } from './session.svelte';
import type { Overview, PlaceFeature } from './types';
import { w } from './words';

export const shared = $state<{ overview: Overview | null; places: PlaceFeature[]; problem: unknown; chosen: string }>({
  overview: null,
  places: [],
  problem: null,
  chosen: '',
});

export async function begin() {
  shared.problem = null;
  try {
    await meet();
    comeBack();
    shared.overview = await ask<Overview>('overview');
  } catch (problem) {
    shared.problem = problem;
  }
}

let turn = 0;
export async function placesOn(known_by: string | undefined, on: string | undefined) {
  const mine = ++turn;
  try {
    const found = await every<PlaceFeature>('places', { known_by, datetime: on });
    if (mine === turn) shared.places = found;
  } catch (problem) {
    if (mine === turn && !shared.places.length) shared.problem = problem;
  }
}

/** The place in the address, or the one most is said of. */
export function place(): PlaceFeature | undefined {
  const named = at.asked.place;
  if (named) return shared.places.find((one) => one.properties.name === named);
  const assessed = shared.places.filter((one) => one.properties.status);
  return (assessed.length ? assessed : shared.places).reduce<PlaceFeature | undefined>(
    (best, one) => (!best || one.properties.claims > best.properties.claims ? one : best),
    undefined,
  );
}

export const placeName = () => at.asked.place || place()?.properties.name || '';
export const sides = () => shared.overview?.sides ?? [];

export function sideName(code: string | null | undefined): string {
  if (!code || code === 'unknown') return w.unknownSide;
  if (code === 'third') return w.third;
  return sides().find((one) => one.code === code)?.name ?? code;
}

const PART = ' in part';

/** Who a status says holds it, in words. */
export function statusWords(status: string | null | undefined): string {
  if (!status || status === 'unknown') return w.unknown;
  if (status === 'contested') return w.contested;
  if (status.startsWith('not ')) return w.notHeld(sideName(status.slice(4)));
  if (status.endsWith(PART)) return w.part(sideName(status.slice(0, -PART.length)));
  return sideName(status);
}

export function holdsWords(status: string | null | undefined): string {
  if (!status || status === 'unknown') return w.unknown;
  if (status === 'contested') return w.itIsContested;
  if (status.startsWith('not ')) return w.notHeld(sideName(status.slice(4)));
  return status.endsWith(PART) ? w.holdsPart(sideName(status.slice(0, -PART.length))) : w.holds(sideName(status));
}

/** The class that gives a side its colour and form: its place in the theatre's order, at most four. */
export function tone(code: string | null | undefined): string {
  if (code === 'contested') return 'contested';
  const n = sides().findIndex((one) => one.code === code);
  return n < 0 ? 'unknown' : `side-${n % 4}`;
}

/** A text in which the codes of the sides are written as names. */
export const named = (text: string) => text.replace(/[\p{L}\p{N}_]+/gu, (word) => sides().find((one) => one.code === word)?.name ?? word);

export const aspect = (name: string) => w.aspects[name] ?? name;
