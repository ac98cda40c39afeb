// Asks this host alone. Answers are kept by the browser under their tags; who asks is told by a cookie that no script reads.
export class Problem extends Error {
  constructor(readonly status: number, detail: string, readonly hint: string) {
    super(detail);
  }
}

export type Asked = Record<string, string | number | null | undefined>;

async function answered(path: string, asked: Asked, signal?: AbortSignal): Promise<Response> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  const answer = await fetch(`v1/${path}${query.size ? '?' + query : ''}`, { signal });
  if (!answer.ok) {
    const told = await answer.json().catch(() => ({}));
    throw new Problem(answer.status, told.detail ?? answer.statusText, told.hint ?? '');
  }
  return answer;
}

// Marks that turn the direction of what follows are kept in the words of reports, which stand apart, and nowhere else.
const VERBATIM = ['quote', 'text', 'before', 'after', 'value'];
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;
const read = async <T>(answer: Response): Promise<T> =>
  JSON.parse(await answer.text(), (key, value) => (typeof value === 'string' && !VERBATIM.includes(key) ? value.replace(TURNS, '') : value));

export const ask = async <T>(path: string, asked: Asked = {}, signal?: AbortSignal): Promise<T> => read(await answered(path, asked, signal));

/** A file under a name of the server's, to be saved by the browser. */
export async function file(path: string, asked: Asked): Promise<{ name: string; bytes: Blob }> {
  const answer = await answered(path, asked);
  const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'fogline';
  return { name, bytes: await answer.blob() };
}

export function keep(bytes: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Every row of a list, page after page, up to so many pages. */
export async function every<T>(path: string, asked: Asked, pages = 8, signal?: AbortSignal): Promise<T[]> {
  const rows: T[] = [];
  let after: string | null = '';
  for (let n = 0; n < pages && after !== null; n++) {
    const page: { rows?: T[]; features?: T[]; next: string | null } = await ask(path, { limit: 500, ...asked, after }, signal);
    rows.push(...(page.rows ?? page.features ?? []));
    after = page.next;
  }
  return rows;
}
