import { limits } from '../contract/limits.ts';
import { detailsIn } from '../core/envelope/batch-form.ts';
import type { Bus, BusAnswer, BusEntry } from '../ports.ts';

/** An answer, and whether the bus took the entry. After an `unknown` it may have done so or not. */
export type MemoryBusAnswer = BusAnswer & { readonly taken?: boolean };

export class MemoryBus implements Bus {
  /** Entries taken, in order, repeats kept. */
  readonly accepted: BusEntry[] = [];
  /** Calls made so far. */
  calls = 0;
  /** What the bus answers to an entry; `call` counts from 1. */
  answer: (entry: BusEntry, call: number) => MemoryBusAnswer = () => ({ kind: 'accepted' });

  async put(entries: readonly BusEntry[]): Promise<readonly BusAnswer[]> {
    this.calls += 1;
    const refusal = refusalOf(entries);
    if (refusal) return entries.map(() => ({ kind: 'refused', reason: refusal }));
    return entries.map(entry => this.#take(entry));
  }

  /** The events of the entries taken, parsed. */
  details(): Record<string, unknown>[] {
    return this.accepted.flatMap(({ detail }) => detailsIn(detail)).map(detail => JSON.parse(detail));
  }

  #take(entry: BusEntry): BusAnswer {
    const { taken, ...answer } = this.answer(entry, this.calls);
    if (taken ?? answer.kind === 'accepted') this.accepted.push({ ...entry });
    return answer as BusAnswer;
  }
}

/** EventBridge refuses the whole call when it is too large. */
function refusalOf(entries: readonly BusEntry[]): string | undefined {
  if (entries.length === 0 || entries.length > limits.putEventsEntriesMax)
    return `ValidationException: ${entries.length} entries in one call`;
  const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
  return bytes > limits.putEventsBytesMax ? `ValidationException: ${bytes} bytes in one call` : undefined;
}

const entryBytes = (entry: BusEntry): number =>
  Buffer.byteLength(entry.source) + Buffer.byteLength(entry.detailType) + Buffer.byteLength(entry.detail);
