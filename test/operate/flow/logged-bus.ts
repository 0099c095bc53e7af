import { gzipSync } from 'node:zlib';
import type { MemoryObjects } from '#operate/memory/memory-objects.ts';
import type { MemoryBus } from '#shared/memory/memory-bus.ts';
import type { MemoryClock } from '#shared/memory/memory-clock.ts';

interface LoggedPorts {
  readonly bus: MemoryBus;
  readonly clock: MemoryClock;
}

/** What came to a bus, written to its log as Firehose writes it. */
export class LoggedBus {
  readonly #ports: LoggedPorts;
  readonly #objects: MemoryObjects;
  #logged = 0;

  constructor(ports: LoggedPorts, objects: MemoryObjects) {
    this.#ports = ports;
    this.#objects = objects;
  }

  /** Writes what came since the last call, without the events with these numbers. */
  write(without: readonly number[] = []): void {
    const { bus, clock } = this.#ports;
    const at = new Date(clock.now()).toISOString();
    const entries = bus.accepted.slice(this.#logged).filter((_, n) => !without.includes(n));
    this.#logged = bus.accepted.length;
    const lines = entries.map(({ source, detailType, detail }) =>
      JSON.stringify({
        ...{ version: '0', id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718', 'detail-type': detailType, source },
        time: `${at.slice(0, 19)}Z`,
        detail: JSON.parse(detail),
      }),
    );
    const key = `events/${at.slice(0, 13).replaceAll(/[-T]/g, '/')}/log-1-${this.#logged}.gz`;
    this.#objects.put('busLog', key, gzipSync(`${lines.join('\n')}\n`));
  }
}
