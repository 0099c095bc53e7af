import { Buffer } from 'node:buffer';
import type { Dialect } from '../../contract/file-format.ts';

/**
 * Writes text in a file's encoding, piece by piece. The first piece begins with a byte order mark where the encoding has
 * one, so that spreadsheets recognise it. A character that the encoding lacks becomes `?`.
 */
export function encodeText(encoding: Dialect['encoding']): (text: string) => Uint8Array {
  const { encode, mark } = encoders[encoding];
  let before = mark;
  return text => {
    const marked = before + text;
    before = '';
    return encode(marked);
  };
}

interface Encoder {
  readonly mark: string;
  readonly encode: (text: string) => Uint8Array;
}

const bom = '\ufeff';
const utf16le: Encoder = { mark: bom, encode: text => Buffer.from(text, 'utf16le') };
const windows1252: Encoder = { mark: '', encode: text => Buffer.from([...text].map(byteOf)) };

const encoders: Readonly<Record<Dialect['encoding'], Encoder>> = {
  'utf-8': { mark: bom, encode: text => Buffer.from(text) },
  'utf-16': utf16le,
  'utf-16le': utf16le,
  'utf-16be': { mark: bom, encode: text => Buffer.from(text, 'utf16le').swap16() },
  latin1: windows1252,
  'windows-1252': windows1252,
};

/** What windows-1252 has at 0x80 to 0x9F instead of the controls of Latin-1; spaces where it has nothing. */
const beyondLatin1 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** `?` */
const unknown = 0x3f;

function byteOf(character: string): number {
  const code = character.codePointAt(0) ?? unknown;
  if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code;
  const at = beyondLatin1.indexOf(character);
  return at < 0 ? unknown : 0x80 + at;
}
