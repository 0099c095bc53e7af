/** Of this origin, port included. Without the cookie that no script reads it opens nothing. */
const stored = 'edge-key';

export const sessionKey = (): string | undefined => localStorage.getItem(stored) ?? undefined;

/** Exchanges the token of the printed address for a session, and takes it out of the address. */
export async function openSession(): Promise<void> {
  const [, token] = /^#token=([\w-]+)$/.exec(location.hash) ?? [];
  if (token === undefined) return;
  history.replaceState(null, '', location.pathname + location.search);
  const answer = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (!answer.ok) return;
  const { key } = (await answer.json()) as { readonly key: string };
  localStorage.setItem(stored, key);
}
