import type { CdcFeedPorts } from '../ports.ts';
import { MemoryAnnounced } from './memory-announced.ts';
import { MemoryBus } from './memory-bus.ts';
import { MemoryClock } from './memory-clock.ts';
import { MemoryFiles } from './memory-files.ts';
import { MemoryLog } from './memory-log.ts';
import { MemoryQueue } from './memory-queue.ts';

/** A CDC feed's ports with the handles that tests and simulations need. */
export interface MemoryFeedPorts extends CdcFeedPorts {
  readonly files: MemoryFiles;
  readonly announced: MemoryAnnounced;
  readonly bus: MemoryBus;
  readonly changesQueue: MemoryQueue;
  readonly clock: MemoryClock;
  readonly log: MemoryLog;
}

export const memoryFeedPorts = (): MemoryFeedPorts => ({
  files: new MemoryFiles(),
  announced: new MemoryAnnounced(),
  bus: new MemoryBus(),
  changesQueue: new MemoryQueue(),
  clock: new MemoryClock(),
  log: new MemoryLog(),
});
