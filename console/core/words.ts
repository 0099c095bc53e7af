export const number = (value: number): string => value.toLocaleString('en-GB');

/** `1 file`, `1,204 files` */
export const counted = (count: number, [one, many]: readonly [string, string]): string =>
  `${number(count)} ${count === 1 ? one : many}`;

/** Of a count that stopped at a limit. */
export const atLeast = ({ count, more }: { readonly count: number; readonly more: boolean }): string =>
  `${number(count)}${more ? '+' : ''}`;

/** What names a person of an ARN: `user/ada`, `Operators/ada`. */
export const personIn = (arn: string): string =>
  arn
    .split(':')
    .at(-1)
    ?.replace(/^assumed-role\//, '') ?? arn;

/** Control characters and marks of direction are shown, and change nothing: `␀`, `⟨U+202E⟩`. */
export const visible = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, mark => {
    const code = mark.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return code === 0x7f ? '␡' : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });

/** A text that is shown cut: a field of ten megabytes stops no page. */
export const cut = (text: string, most = 400): string =>
  text.length > most ? `${text.slice(0, most)}… (${number(text.length)} characters)` : text;

/** As `visible`, with its line ends and tabs as they are. */
export const visibleLines = (text: string): string =>
  text
    .split('\n')
    .map(line => line.split('\t').map(visible).join('\t'))
    .join('\n');
