// Each side has a form beside its colour, so that the two are told apart without colours, and in print.

/** The outline of a mark about a point: a square for the first side, a triangle and a diamond for the third and fourth, else a circle. */
export function outline(tone: string, x: number, y: number, r: number): string {
  const at = (...points: [number, number][]) => `M${points.map(([dx, dy]) => `${(x + dx).toFixed(1)},${(y + dy).toFixed(1)}`).join('L')}Z`;
  if (tone === 'side-0') { const s = r * 0.9; return at([-s, -s], [s, -s], [s, s], [-s, s]); }
  if (tone === 'side-2') return at([0, -r * 1.2], [r * 1.1, r * 0.8], [-r * 1.1, r * 0.8]);
  if (tone === 'side-3') return at([0, -r * 1.2], [r * 1.2, 0], [0, r * 1.2], [-r * 1.2, 0]);
  return `M${(x - r).toFixed(1)},${y.toFixed(1)}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;
}
