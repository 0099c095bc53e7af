import { isUtf8 } from 'node:buffer';
import { windows1252 } from '../text/windows-1252.ts';
import { charsetOf, contentTypeIn } from './content-type.ts';

/** A body as it was sent, unpacked, with the headers that say how to read it. */
export interface SentBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Whether a body may be one in which API Gateway replaced bytes: it hands over text as UTF-8, with U+FFFD for each byte that is not. */
export const isMaybeDamaged = (body: Uint8Array): boolean => Buffer.from(body).includes(replacement);

const replacement = Buffer.from('\ufffd');

/**
 * A body in UTF-8. Senders often declare ISO 8859-1 and send UTF-8, and API Gateway hands JSON over as UTF-8 text: so what is valid
 * UTF-8 is that, and the declared character set counts only for the rest. Undefined for a body that the gateway damaged: it replaces
 * each byte that is no UTF-8 by U+FFFD, which ISO 8859-1 does not have.
 */
export function utf8Body({ headers, body }: SentBody): Uint8Array | undefined {
  if (charsetOf(contentTypeIn(headers)) !== 'windows-1252') return body;
  if (!isUtf8(body)) return Buffer.from(windows1252(body));
  return isMaybeDamaged(body) ? undefined : body;
}
