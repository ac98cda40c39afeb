// One question of a view: asked again when what it depends on changes; an answer that comes late is let go.
// What was found of another place or another day of knowledge is not shown while this one is asked for.
import { at } from './route.svelte';

export interface Loading<T> { readonly value: T | undefined; readonly problem: unknown; readonly busy: boolean; again: () => void }

export function load<T>(question: () => ((signal: AbortSignal) => Promise<T>) | undefined): Loading<T> {
  let value = $state.raw<T | undefined>(undefined);
  let problem = $state.raw<unknown>(undefined);
  let busy = $state(true);
  let turn = $state(0);
  let of = '';
  const now = $derived(`${at.asked.place ?? ''}|${at.asked.known_by ?? ''}`);
  $effect(() => {
    void turn;
    if (now !== of) {
      of = now;
      value = undefined;
    }
    const asked = question();
    if (!asked) return;
    const control = new AbortController();
    busy = true;
    problem = undefined;
    asked(control.signal).then(
      (found) => {
        if (control.signal.aborted) return;
        value = found;
        busy = false;
      },
      (error) => {
        if (control.signal.aborted) return;
        problem = error;
        value = undefined;
        busy = false;
      },
    );
    return () => control.abort();
  });
  return {
    get value() { return value; },
    get problem() { return problem; },
    get busy() { return busy; },
    again: () => turn++,
  };
}
