import type { Belief, Claim, Control, Day } from './types';
import { w } from './words';

const MS = 86_400_000;
export const toDay = (iso: string) => Math.round(Date.parse(iso.slice(0, 10)) / MS);
export const fromDay = (n: number) => new Date(n * MS).toISOString().slice(0, 10);

/** "21 Nov 2025" for a day; open intervals are told as they stand. */
export function shown(day: string | null | undefined): string {
  if (!day) return w.undated;
  const [first = '', last] = day.split('/');
  const one = (iso: string) => {
    const [y, m, d] = iso.split('-');
    if (!/^\d{4}$/.test(y ?? '')) return iso;
    const month = m ? new Date(Date.UTC(2000, Number(m) - 1)).toLocaleString('en', { month: 'short', timeZone: 'UTC' }) : '';
    return [d ? Number(d) : '', month, y].filter(Boolean).join(' ');
  };
  if (last === '..' || last === '') return `after ${one(first)}`;
  return last && last !== first ? `${one(first)} – ${one(last)}` : one(first);
}

/** A sentence of the server's with its days as people write them. */
export const prose = (text: string) => text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, shown);

export const percent = (p: number) => (p > 0.99 ? 'over 99 %' : p < 0.01 ? 'under 1 %' : `${Math.round(p * 100)} %`);

/** The likelihood words of ICD 203, by the rounded number as in all other outputs; a border belongs to the band further from one half. */
export function likelihood(p: number): string {
  const edges = [5, 20, 45, 55, 80, 95];
  const of = Math.round(p * 100);
  return w.bands[edges.filter((edge) => (edge < 50 ? of > edge : of >= edge)).length]!;
}

export interface Run { text: string; on: boolean }

/** A text cut at [start, end] pairs of code points. */
export function runs(text: string, pairs: number[][]): Run[] {
  const points = Array.from(text);
  const made: Run[] = [];
  let at = 0;
  for (const [start = 0, end = 0] of [...pairs].sort((a, b) => a[0]! - b[0]!)) {
    if (start < at) continue;
    if (start > at) made.push({ text: points.slice(at, start).join(''), on: false });
    made.push({ text: points.slice(start, end).join(''), on: true });
    at = end;
  }
  if (at < points.length) made.push({ text: points.slice(at).join(''), on: false });
  return made;
}

export const chain = (claim: Claim) => claim.attribution.chain.map((one) => one.name).join(' → ');
export const speaker = (claim: Claim) => claim.attribution.chain[0];
/** What is assessed of a day; a stretch bears the mean of its days, and a day its own belief. */
export function dayOf(control: Control | undefined, on: string): Day | undefined {
  const stretch = control?.timeline.find((one) => one.from <= on && on <= one.to);
  if (!control || !stretch) return undefined;
  const row = control.days.belief[toDay(on) - toDay(control.days.from!)];
  const belief: Belief = row ? Object.fromEntries(control.days.states.map((state, n) => [state, row[n]!])) : stretch.belief;
  return { on, status: stretch.status, belief, since: stretch.from, claims: stretch.claims };
}

/** The beginning of a text, for a row of a list; the report shows all of it. */
export const cut = (text: string, most = 600) => (text.length > most ? `${text.slice(0, most)} …` : text);
