import { Intake } from '../file/intake.ts';

/** Gives a file's pieces to the library as a web stream, the only form that it accepts. */
export class PgpPieces {
  readonly #intake: Intake;
  readonly #pieces: AsyncGenerator<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#intake = new Intake(source);
    this.#pieces = this.#intake[Symbol.asyncIterator]();
  }

  /** The error of the source, which is not a fault of the file. */
  get failure(): { readonly reason: unknown } | undefined {
    return this.#intake.failure;
  }

  /** The bytes, and whether they are text in ASCII armor: the first byte of a binary message has its highest bit set. */
  async open(): Promise<{ readonly armored: boolean; readonly bytes: ReadableStream<Uint8Array> }> {
    const first = await this.#pieces.next();
    const head = first.done ? new Uint8Array(0) : first.value;
    return { armored: (head[0] ?? 0) < 0x80, bytes: streamOf(this.#after(head)) };
  }

  /** Ends the reading of the source, also before its end. */
  async close(): Promise<void> {
    await this.#pieces.return(undefined);
  }

  async *#after(head: Uint8Array): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head;
    // Not `yield*`, which would end the source as soon as the reader stops.
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

/** Armor is ASCII. Other bytes make it unreadable; they never become different text. */
export const asText = (bytes: ReadableStream<Uint8Array>): ReadableStream<string> =>
  bytes.pipeThrough(
    new TransformStream<Uint8Array, string>(
      { transform: (piece, controller) => controller.enqueue(Buffer.from(piece).toString('latin1')) },
      { highWaterMark: 1 },
      { highWaterMark: 0 },
    ),
  );

/**
 * The library's output. It is read with `getReader`, not `for await`: when the library verifies a signature it replaces the
 * stream's methods one by one, and `for await` would use the locked original.
 */
export async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    // After a failure there is nothing left to cancel, and the failure was already thrown.
    await reader.cancel().catch(() => undefined);
  }
}
