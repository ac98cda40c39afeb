// The address is the state: every view, choice and day stands in it, so that it can be kept and sent.
const KEPT = ['place', 'known_by', 'on'];

function read(): { view: string; id: string; asked: Record<string, string> } {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [view = '', id = ''] = path.split('/');
  return { view: view || 'place', id: decodeURIComponent(id), asked: Object.fromEntries(new URLSearchParams(query)) };
}

export const at = $state(read());

function follow() {
  const now = read();
  at.view = now.view;
  at.id = now.id;
  at.asked = now.asked;
}
addEventListener('hashchange', follow);

/** The address of a view; place and both clocks are kept, other choices only where told. */
export function address(view: string, id = '', changes: Record<string, string | null | undefined> = {}, keep: string[] = KEPT): string {
  const asked = new URLSearchParams();
  for (const name of keep) if (at.asked[name]) asked.set(name, at.asked[name]);
  for (const [name, value] of Object.entries(changes)) value ? asked.set(name, value) : asked.delete(name);
  const query = asked.toString();
  return `#/${view}${id ? '/' + encodeURIComponent(id) : ''}${query ? '?' + query : ''}`;
}

/** The same view with some of its choices changed. */
export function changed(changes: Record<string, string | null | undefined>): string {
  return address(at.view, at.id, changes, Object.keys(at.asked));
}

export function go(to: string, replace = false) {
  if (replace) {
    history.replaceState(null, '', to);
    follow();
  } else location.hash = to;
}
