import type { RejectSlots, SlotRequest } from '../ports.ts';

export class MemoryRejectSlots implements RejectSlots {
  readonly #hours = new Map<string, { rejects: number; bytes: number }>();

  async take(
    integration: string,
    hour: string,
    { bytes, countMax, bytesMax }: SlotRequest,
  ): Promise<number | 'full'> {
    const before = this.#hours.get(`${integration}#${hour}`) ?? { rejects: 0, bytes: 0 };
    if (before.rejects >= countMax || before.bytes + bytes > bytesMax) return 'full';
    const after = { rejects: before.rejects + 1, bytes: before.bytes + bytes };
    this.#hours.set(`${integration}#${hour}`, after);
    return after.rejects;
  }

  async taken(integration: string, hour: string): Promise<number> {
    return this.#hours.get(`${integration}#${hour}`)?.rejects ?? 0;
  }
}
