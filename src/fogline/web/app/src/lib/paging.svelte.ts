// A list that comes page by page: the first with the view, each further one when it is asked for.
import { ask, type Asked } from './api';
import { load } from './loading.svelte';
import type { Page } from './types';

export function paged<T, P extends Page<T> = Page<T>>(path: string, question: () => Asked | undefined) {
  let behind = $state.raw<T[]>([]);
  let next = $state<string | null>(null);
  let busy = $state(false);
  let problem = $state.raw<unknown>(undefined);
  const first = load<P>(() => {
    const asked = question();
    return asked && (async (signal) => {
      const page = await ask<P>(path, asked, signal);
      [behind, next, problem] = [[], page.next, undefined];
      return page;
    });
  });
  async function more() {
    const of = first.value;
    [busy, problem] = [true, undefined];
    try {
      const page = await ask<P>(path, { ...question(), after: next });
      if (of === first.value) [behind, next] = [[...behind, ...page.rows], page.next];
    } catch (error) {
      if (of === first.value) problem = error;
    } finally {
      busy = false;
    }
  }
  return {
    first,
    get rows() { return [...(first.value?.rows ?? []), ...behind]; },
    get next() { return next; },
    get busy() { return busy; },
    get problem() { return problem; },
    more,
  };
}
