import { type Fault, fault } from '#shared/contract/fault.ts';
import { excerpt } from './excerpt.ts';

const line = /^([0-9a-f]{64})(?:[ \t]+\*?(.*))?$/i;

/**
 * Reads a `.sha256` sidecar: 64 hexadecimal digits alone, or the line that `sha256sum` writes, for the file
 * `expectedName`. Byte order mark, CRLF and letter case do not matter.
 */
export function parseSidecar(text: string, expectedName: string): { readonly sha256: string } | Fault {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .map(part => part.trim())
    .filter(part => part !== '');
  const [only, ...more] = lines;
  if (only === undefined || more.length > 0) return broken(`expected one line, found ${lines.length}`);
  const found = line.exec(only);
  if (!found) return broken('expected 64 hexadecimal digits, then at most the file name');
  const [, sha256 = '', named = ''] = found;
  if (named !== '' && fileNameOf(named) !== fileNameOf(expectedName))
    return broken(`it is for ${excerpt(fileNameOf(named))}, not for ${excerpt(expectedName)}`);
  return { sha256: sha256.toLowerCase() };
}

/** `sha256sum` writes the path that it was given. */
const fileNameOf = (path: string): string =>
  path
    .slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
    .trim()
    .normalize('NFC');

const broken = (detail: string): Fault =>
  fault(
    'BROKEN_SIDECAR',
    {},
    `the checksum cannot be used: ${detail}`,
    'Write the sidecar as sha256sum does, for the file beside it, and drop it again.',
  );
