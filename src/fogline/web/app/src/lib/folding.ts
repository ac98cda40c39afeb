// Disputes as people count them: one for the same two passages, however many claims their words are.
import type { Dispute, End } from './types';

export interface Fold { one: Dispute; claims: Map<string, Set<string>> }

export const passage = (end: End) => [end.document, end.start, end.end].join('|');

/** Two claims of one passage clash alike: one row shows them, with the claims that each passage is. */
export function folded(rows: Dispute[]): Fold[] {
  const found = new Map<string, Fold>();
  for (const row of rows) {
    const key = [...[passage(row.a), passage(row.b)].sort(), row.aspect].join('||');
    const fold = found.get(key) ?? { one: row, claims: new Map<string, Set<string>>() };
    found.set(key, fold);
    for (const end of [row.a, row.b]) fold.claims.set(passage(end), (fold.claims.get(passage(end)) ?? new Set()).add(end.id));
  }
  return [...found.values()];
}
