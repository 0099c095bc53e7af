import { limits } from '#shared/contract/limits.ts';
import type { Charset } from '../text/charset.ts';
import { windows1252 } from '../text/windows-1252.ts';
import { type Refusal, refusal } from './refusal.ts';

/** Fields of an `application/x-www-form-urlencoded` body in the order sent; refused when their text is not clean in the character set. */
export function formFields(
  body: Uint8Array,
  charset: Charset = 'utf-8',
): readonly (readonly [name: string, value: string])[] | Refusal {
  const text = Buffer.from(body).toString('latin1');
  if (text === '') return [];
  if (!/^[\x21-\x7e]*$/.test(text)) return refusal('MALFORMED_BODY', 'the form holds unescaped bytes');
  const pairs = text.split('&').filter(pair => pair !== '');
  if (pairs.length > limits.webhookFormFieldsMax)
    return refusal('MALFORMED_BODY', `the form has more than ${limits.webhookFormFieldsMax} fields`);
  const decode = charset === 'utf-8' ? decodeUtf8 : decodeWindows1252;
  const fields = pairs.map(pair => decodePair(pair, decode));
  return fields.every(field => field !== undefined)
    ? fields
    : refusal('MALFORMED_BODY', 'the form holds a broken escape or invalid text');
}

/** The text of a name or value without its escapes. @throws URIError */
type Decode = (escaped: string) => string;

const decodeUtf8: Decode = escaped => decodeURIComponent(escaped);

function decodeWindows1252(escaped: string): string {
  if (/%(?![0-9a-fA-F]{2})/.test(escaped)) throw new URIError('broken escape');
  return escaped.replaceAll(/(?:%[0-9a-fA-F]{2})+/g, bytes =>
    windows1252(Buffer.from(bytes.replaceAll('%', ''), 'hex')),
  );
}

function decodePair(pair: string, decode: Decode): readonly [string, string] | undefined {
  const at = pair.indexOf('=');
  const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
  try {
    return [decode(name.replaceAll('+', ' ')), decode(value.replaceAll('+', ' '))];
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Names sorted, each followed by its distinct values sorted, without separators: what Twilio signs after the address. */
export function sortedForm(fields: readonly (readonly [string, string])[]): string {
  const distinct = new Map(
    fields.map(([name, value]) => [`${name.length}:${name}${value}`, [name, value] as const]),
  );
  return [...distinct.values()]
    .sort(([nameA, a], [nameB, b]) => order(nameA, nameB) || order(a, b))
    .map(([name, value]) => name + value)
    .join('');
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
