import { type Chunk, hasPassed } from '../core/outcome/handoff.ts';

/** Hand-offs remembered at once; a repeated file asks about few others, for each of its rows. */
const handoffsMax = 64;

/**
 * How far hand-offs have published. Publishing never goes back, so what was once published is answered from memory, and
 * only what was not is asked again.
 */
export class PublishedRecords {
  readonly #read: (handoffId: string) => Promise<readonly Chunk[]>;
  readonly #known = new Map<string, readonly Chunk[]>();

  /** `read` gives the chunks of the publish pass, consistently. */
  constructor(read: (handoffId: string) => Promise<readonly Chunk[]>) {
    this.#read = read;
  }

  async has(handoffId: string, record: number): Promise<boolean> {
    if (hasPassed(this.#known.get(handoffId) ?? [], record)) return true;
    const chunks = await this.#read(handoffId);
    this.#remember(handoffId, chunks);
    return hasPassed(chunks, record);
  }

  #remember(handoffId: string, chunks: readonly Chunk[]): void {
    this.#known.delete(handoffId);
    this.#known.set(handoffId, chunks);
    const [oldest] = this.#known.keys();
    if (this.#known.size > handoffsMax && oldest !== undefined) this.#known.delete(oldest);
  }
}
