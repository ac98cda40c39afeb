// Who looks at the page, and what he may do. A token is given once and kept nowhere here: a cookie that no script reads tells from then on.
import { ask, Problem } from './api';
import type { Me } from './types';
import { w } from './words';

export const session = $state<{ me: Me | null }>({ me: null });

export async function meet() {
  session.me = await ask<Me>('me');
}

/** Begin a session with a token; raises where the token is none, or the browser keeps no cookie of this address. */
export async function signIn(token: string) {
  if (!isSecureContext) throw new Problem(0, w.signIn.unencrypted, w.signIn.unencryptedHint);
  await send('session', undefined, 'POST', { Authorization: `Bearer ${token}` });
  await meet();
  if (!session.me?.name) throw new Problem(0, w.signIn.noCookie, w.signIn.noCookieHint);
}

const BACK = 'fogline-back';
/** Remember where one was when leaving to sign in elsewhere. */
export const leave = () => sessionStorage.setItem(BACK, location.hash);

/** Go where one was before signing in. */
export function comeBack() {
  const there = sessionStorage.getItem(BACK);
  sessionStorage.removeItem(BACK);
  if (session.me?.name && there && !location.hash) location.replace(there);
}

export async function signOut() {
  await send('session', undefined, 'DELETE');
  await meet();
}

/** Say something to the server, with the check of the session. */
export async function send<T>(path: string, body?: unknown, method = 'POST', headers: Record<string, string> = {}): Promise<T> {
  const answer = await fetch(`v1/${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(session.me?.check ? { 'X-CSRF-Token': session.me.check } : {}),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, told.detail ?? answer.statusText, told.hint ?? '');
  return told;
}
