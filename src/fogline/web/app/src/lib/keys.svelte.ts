// Single keys act only where they are wanted: a person who speaks or types with aids can switch them off (WCAG 2.1.4).
const OFF = 'fogline-keys-off';
export const keys = $state({ on: localStorage.getItem(OFF) === null });

export function switchKeys(on: boolean) {
  keys.on = on;
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, '1');
}
