import { isAscii, isUtf8 } from 'node:buffer';

/** Judges, over any number of pieces, whether bytes are well-formed UTF-8. Keeps at most three bytes. */
export class Utf8Evidence {
  #verdict: 'ascii' | 'utf-8' | 'not-utf-8' = 'ascii';
  #unfinished: Uint8Array = new Uint8Array(0);

  push(bytes: Uint8Array): void {
    if (this.#verdict === 'not-utf-8') return;
    const joined = this.#unfinished.length ? Buffer.concat([this.#unfinished, bytes]) : bytes;
    const whole = joined.length - unfinishedLength(joined);
    this.#unfinished = new Uint8Array(joined.subarray(whole));
    const judged = joined.subarray(0, whole);
    if (!isUtf8(judged)) this.#verdict = 'not-utf-8';
    else if (!isAscii(judged)) this.#verdict = 'utf-8';
  }

  /** Of all bytes so far; a character cut off at the end is not well-formed. */
  verdict(): 'ascii' | 'utf-8' | 'not-utf-8' {
    return this.#unfinished.length > 0 ? 'not-utf-8' : this.#verdict;
  }
}

/** How many bytes at the end begin a character whose rest may be in the next piece. */
function unfinishedLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes.at(-back) ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

const sequenceLength = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2);
