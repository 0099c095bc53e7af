import { Intake } from '../file/intake.ts';

/** A file's pieces on their way into the library, which takes web streams alone. */
export class PgpPieces {
  readonly #intake: Intake;
  readonly #pieces: AsyncGenerator<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#intake = new Intake(source);
    this.#pieces = this.#intake[Symbol.asyncIterator]();
  }

  /** What the source failed with, which is no fault of the file. */
  get failure(): { readonly reason: unknown } | undefined {
    return this.#intake.failure;
  }

  /** The bytes, and whether they are text in ASCII armor: the first byte of a binary message has its highest bit set. */
  async open(): Promise<{ readonly armored: boolean; readonly bytes: ReadableStream<Uint8Array> }> {
    const first = await this.#pieces.next();
    const head = first.done ? new Uint8Array(0) : first.value;
    return { armored: (head[0] ?? 0) < 0x80, bytes: streamOf(this.#after(head)) };
  }

  /** Ends the reading of the source, wherever it stands. */
  async close(): Promise<void> {
    await this.#pieces.return(undefined);
  }

  async *#after(head: Uint8Array): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head;
    // Not `yield*`, which would end the source with whatever reads this.
    for (let next = await this.#pieces.next(); !next.done; next = await this.#pieces.next()) yield next.value;
  }
}

/** Nothing is read ahead. */
function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Armor is ASCII; other bytes in it make it unreadable, not another text. */
export const asText = (bytes: ReadableStream<Uint8Array>): ReadableStream<string> =>
  bytes.pipeThrough(
    new TransformStream<Uint8Array, string>(
      { transform: (piece, controller) => controller.enqueue(Buffer.from(piece).toString('latin1')) },
      { highWaterMark: 1 },
      { highWaterMark: 0 },
    ),
  );

/**
 * What the library gives. Read by its reader: where a signature is verified the library puts another stream in the place of
 * this one, method by method, and `for await` would find the one that it locked.
 */
export async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    // After a failure there is nothing left to cancel, and the failure is told already.
    await reader.cancel().catch(() => undefined);
  }
}
