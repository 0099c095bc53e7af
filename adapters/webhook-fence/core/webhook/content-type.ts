import { noContentType } from '../../contract/content-type.ts';
import type { Charset } from '../text/charset.ts';

/** A `content-type` header, read. */
export interface ContentType {
  /** In lower case, without parameters; `none` where there is no such header. */
  readonly type: string;
  /** In lower case; undefined where none is declared. */
  readonly charset: string | undefined;
}

export function contentTypeIn(headers: Readonly<Record<string, string>>): ContentType {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map(text => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(text)?.[1]).find(Boolean);
  return { type: type.trim() || noContentType, charset };
}

/** Whether a contract accepts a media type; `application/*+json` stands for every type that ends so. */
export const isAccepted = (accepted: readonly string[], type: string): boolean =>
  accepted.some(each => {
    const [before = '', after] = each.split('*');
    return after === undefined ? each === type : type.startsWith(before) && type.endsWith(after);
  });

const utf8 = ['utf-8', 'utf8', 'us-ascii', 'ascii'];
/** As browsers do (WHATWG Encoding): a body in ISO 8859-1 is one in windows-1252. */
const latin1 = ['iso-8859-1', 'iso8859-1', 'latin1', 'latin-1', 'windows-1252', 'cp1252'];

/** The character set to read a body in; undefined where it is one that we do not read. ASCII is UTF-8. */
export function charsetOf({ charset = 'utf-8' }: ContentType): Charset | undefined {
  if (utf8.includes(charset)) return 'utf-8';
  return latin1.includes(charset) ? 'windows-1252' : undefined;
}
