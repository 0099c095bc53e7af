import type { RejectSlots, SlotRequest } from '../ports.ts';

export class MemoryRejectSlots implements RejectSlots {
  readonly #hours = new Map<string, Map<string, { rejects: number; bytes: number }>>();

  async take(integration: string, hour: string, { shelf, bytes }: SlotRequest): Promise<number | 'full'> {
    const shelves = this.#shelvesOf(integration, hour);
    const before = shelves.get(shelf.name) ?? { rejects: 0, bytes: 0 };
    if (before.rejects >= shelf.countMax || before.bytes + bytes > shelf.bytesMax) return 'full';
    const after = { rejects: before.rejects + 1, bytes: before.bytes + bytes };
    shelves.set(shelf.name, after);
    return after.rejects;
  }

  async taken(integration: string, hour: string): Promise<Readonly<Record<string, number>>> {
    const shelves = [...this.#shelvesOf(integration, hour)];
    return Object.fromEntries(shelves.map(([name, { rejects }]) => [name, rejects]));
  }

  #shelvesOf(integration: string, hour: string) {
    const key = `${integration}#${hour}`;
    const shelves = this.#hours.get(key) ?? new Map<string, { rejects: number; bytes: number }>();
    this.#hours.set(key, shelves);
    return shelves;
  }
}
