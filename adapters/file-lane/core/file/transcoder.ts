import iconv from 'iconv-lite';
import type { Dialect } from '../../contract/file-format.ts';
import { fileFault } from './file-fault.ts';
import { Utf8Evidence } from './utf8-evidence.ts';

/** Turns pieces of a file into UTF-8; `end` gives what is left. */
export interface Transcoder {
  write(piece: Uint8Array): Uint8Array;
  /** @throws FileFault when all bytes together show another encoding. */
  end(): Uint8Array;
}

const nothing = new Uint8Array(0);

/** Every unpaired surrogate, and a last byte without its other half, becomes U+FFFD. Drops a byte order mark. */
export function utf16Transcoder(order: 'utf-16le' | 'utf-16be'): Transcoder {
  const recode = recoder(order);
  let bytes = 0;
  return {
    write(piece) {
      bytes += piece.length;
      return recode.write(piece);
    },
    end: () => Buffer.concat([recode.end(), Buffer.from(bytes % 2 ? '\ufffd' : '')]),
  };
}

/**
 * Bytes that the encoding does not have become U+FFFD. `latin1` is read as windows-1252, as the WHATWG Encoding Standard
 * says: what exporters call Latin-1 has the euro sign and curly quotes where ISO 8859-1 has control characters.
 */
export function singleByteTranscoder(
  encoding: Extract<Dialect['encoding'], 'latin1' | 'windows-1252'>,
): Transcoder {
  const recode = recoder('windows-1252');
  const evidence = new Utf8Evidence();
  return {
    write(piece) {
      evidence.push(piece);
      return recode.write(piece);
    },
    end() {
      if (evidence.verdict() === 'utf-8')
        throw fileFault(
          'WRONG_ENCODING',
          `agreed ${encoding}, but every character beyond ASCII is written in UTF-8`,
        );
      return recode.end();
    },
  };
}

// The encoder holds a surrogate back until its other half arrives.
function recoder(encoding: 'utf-16le' | 'utf-16be' | 'windows-1252'): Transcoder {
  const decoder = iconv.getDecoder(encoding);
  const encoder = iconv.getEncoder('utf-8');
  return {
    write: piece => encoder.write(decoder.write(asBuffer(piece))),
    end: () => Buffer.concat([encoder.write(decoder.end() ?? ''), encoder.end() ?? nothing]),
  };
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
