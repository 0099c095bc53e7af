import type { Bus, BusAnswer, BusEntry } from '#shared/ports.ts';

/** Takes everything and keeps nothing but counts. */
export class CountingBus implements Bus {
  calls = 0;
  entries = 0;
  /** Characters of the details: what was serialised. */
  characters = 0;

  async put(entries: readonly BusEntry[]): Promise<readonly BusAnswer[]> {
    this.calls += 1;
    this.entries += entries.length;
    for (const { detail } of entries) this.characters += detail.length;
    return entries.map(() => accepted);
  }
}

const accepted: BusAnswer = { kind: 'accepted' };
