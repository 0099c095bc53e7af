export interface TrailerLine {
  /** The first trailer line, without its line end, and where it begins. */
  readonly bytes: Uint8Array;
  readonly byteOffset: number;
  readonly line: number;
  /** How many trailer lines were seen; a good file has one. */
  readonly times: number;
  /** Records after the first trailer line; a good file has none. */
  readonly recordsAfter: number;
}

/** Keeps the first trailer line and counts what should not follow it. */
export class TrailerWatch {
  #first: Pick<TrailerLine, 'bytes' | 'byteOffset' | 'line'> | undefined;
  #times = 0;
  #recordsAfter = 0;

  /** `recordsBefore`: records of this batch that came before it. */
  saw(trailer: Pick<TrailerLine, 'bytes' | 'byteOffset' | 'line'>, recordsBefore: number): void {
    this.#times++;
    if (this.#first) return;
    this.#first = trailer;
    this.#recordsAfter = -recordsBefore;
  }

  /** Called at the end of each batch. */
  passed(recordsInBatch: number): void {
    if (this.#first) this.#recordsAfter += recordsInBatch;
  }

  get seen(): TrailerLine | undefined {
    return this.#first && { ...this.#first, times: this.#times, recordsAfter: this.#recordsAfter };
  }
}
