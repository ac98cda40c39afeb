// What all views share: the theatre, its sides, and the places as known on the chosen day.
import { ask, every } from './api';
import { at } from './route.svelte';
import { comeBack, meet } from './session.svelte';
import type { Overview, PlaceFeature } from './types';
import { w } from './words';

// Whole answers, replaced and never changed: thousands of places, each watched field by field, would hold up the page for minutes.
let overview = $state.raw<Overview | null>(null);
let places = $state.raw<PlaceFeature[]>([]);
let settled = $state(false);
let problem = $state.raw<unknown>(null);
export const shared = {
  get overview() { return overview; },
  get places() { return places; },
  /** Whether the places of the day asked about are there, be they none. */
  get settled() { return settled; },
  get problem() { return problem; },
};

export async function begin() {
  problem = null;
  try {
    const [found] = await Promise.all([ask<Overview>('overview'), meet()]);
    comeBack();
    overview = found;
  } catch (failed) {
    problem = failed;
  }
}

let turn = 0;
export async function placesOn(known_by: string | undefined, on: string | undefined) {
  const mine = ++turn;
  try {
    const found = await every<PlaceFeature>('places', { known_by, datetime: on, limit: 5000 });
    if (mine === turn) [places, settled] = [found, true];
  } catch (failed) {
    if (mine === turn && !places.length) problem = failed;
  }
}

const most = (among: PlaceFeature[]) =>
  among.reduce<PlaceFeature | undefined>((best, one) => (!best || one.properties.claims > best.properties.claims ? one : best), undefined);
const chosen = $derived.by(() => {
  const named = at.asked.place;
  if (named) return places.find((one) => one.properties.name === named);
  const foremost = !at.asked.known_by && overview?.place;
  return (foremost && places.find((one) => one.properties.name === foremost)) || (most(places.filter((one) => one.properties.status)) ?? most(places));
});

/** The place in the address, or the one most is said of. */
export const place = () => chosen;

/** The name of that place; of the present the server says it before the places are there. */
export const placeName = () => at.asked.place || (!at.asked.known_by && shared.overview?.place) || place()?.properties.name || '';
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
