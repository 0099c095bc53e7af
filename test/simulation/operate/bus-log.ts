import { gzipSync } from 'node:zlib';
import type { MemoryObjects } from '#operate/memory/memory-objects.ts';
import { detailsIn } from '#shared/core/envelope/batch-form.ts';
import type { MemoryBus } from '#shared/memory/memory-bus.ts';
import type { Faults } from '../shared/faults.ts';

/** What Firehose writes of the bus. Events that the bus took and lost are missing in it. */
export class BusLog {
  /** Ids of events in the log. */
  readonly ids = new Set<string>();
  readonly #bus: MemoryBus;
  readonly #objects: MemoryObjects;
  readonly #faults: Faults;
  #written = 0;

  constructor(bus: MemoryBus, objects: MemoryObjects, faults: Faults) {
    this.#bus = bus;
    this.#objects = objects;
    this.#faults = faults;
    objects.put('busLog', 'x', '');
  }

  /** Writes what came to the bus since the last time. */
  write(now: number): void {
    const entries = this.#bus.accepted.slice(this.#written);
    this.#written = this.#bus.accepted.length;
    const at = new Date(now).toISOString();
    const lines: string[] = [];
    for (const { source, detailType, detail } of entries) {
      if (this.#faults.at('bus log', ['lose event'])) continue;
      for (const each of detailsIn(detail)) this.ids.add(JSON.parse(each).id);
      const event = { version: '0', id: `logged-${this.#written}-${lines.length}`, source };
      const frame = { 'detail-type': detailType, time: `${at.slice(0, 19)}Z`, detail: JSON.parse(detail) };
      lines.push(JSON.stringify({ ...event, ...frame }));
    }
    if (lines.length === 0) return;
    const key = `events/${at.slice(0, 13).replaceAll(/[-T]/g, '/')}/log-1-${String(this.#written).padStart(9, '0')}.gz`;
    this.#objects.put('busLog', key, gzipSync(`${lines.join('\n')}\n`), at);
  }
}
