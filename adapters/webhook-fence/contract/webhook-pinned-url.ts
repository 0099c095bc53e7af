/**
 * Whether an address is one that a contract pins. In the pinned one `*` stands for letters, digits and `_.~-` of a path, or for the rest
 * of a query. Scheme, host and port are always complete, so nobody can name a host of their own. Nor may `.` and `..` lead to another
 * path.
 */
export function isPinned(address: string, pinned: readonly string[]): boolean {
  const [path] = splitOnce(address, '?');
  return !/\/\.{1,2}(?:\/|$)/.test(path) && pinned.some(pattern => expressionOf(pattern).test(address));
}

/** The pinned addresses that name no complete host over HTTPS, or hold `*` where it may not be. */
export const unsafePins = (pinned: readonly string[]): readonly string[] =>
  pinned.filter(pattern => !/^https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+\/[^\s#]*$/.test(pattern));

function expressionOf(pattern: string): RegExp {
  const [path = '', query] = splitOnce(pattern, '?');
  const inPath = escaped(path).replaceAll('*', '[A-Za-z0-9_.~-]+');
  const inQuery =
    query === undefined ? '' : `\\?${escaped(query).replaceAll('*', '[\\x21\\x22\\x24-\\x7e]+')}`;
  return new RegExp(`^${inPath}${inQuery}$`);
}

const escaped = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');

function splitOnce(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
