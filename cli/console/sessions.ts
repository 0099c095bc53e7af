import { randomBytes, timingSafeEqual } from 'node:crypto';

/** What the page holds after it showed the token: a cookie that no script reads, and a key that no other origin reads. */
export interface Session {
  readonly cookie: string;
  readonly key: string;
}

/** The oldest ends when there are more. */
const sessionsMax = 50;

/**
 * Who may ask. Cookies are sent to every port of a host, so that another server of this machine may see them. Both parts of a session are
 * needed: the cookie, and the key in the page's own storage, which belongs to host and port.
 */
export class Sessions {
  /** Is in the printed address, behind the `#`: browsers send it to no server. */
  readonly token = secret();
  readonly #keys = new Map<string, string>();

  /** Undefined when the token is wrong. */
  open(token: string): Session | undefined {
    if (!isSame(token, this.token)) return undefined;
    const session = { cookie: secret(), key: secret() };
    this.#keys.set(session.cookie, session.key);
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > sessionsMax && oldest !== undefined) this.#keys.delete(oldest);
    return session;
  }

  isOpen({ cookie, key }: Partial<Session>): boolean {
    const expected = cookie === undefined ? undefined : this.#keys.get(cookie);
    return expected !== undefined && key !== undefined && isSame(key, expected);
  }
}

const secret = (): string => randomBytes(24).toString('base64url');

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
