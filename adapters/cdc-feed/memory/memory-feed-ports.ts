import { MemoryBus } from '#shared/memory/memory-bus.ts';
import { MemoryClock } from '#shared/memory/memory-clock.ts';
import { MemoryFiles } from '#shared/memory/memory-files.ts';
import { MemoryInput } from '#shared/memory/memory-input.ts';
import { MemoryLog } from '#shared/memory/memory-log.ts';
import { MemoryQueue } from '#shared/memory/memory-queue.ts';
import type { CdcFeedPorts } from '../ports.ts';
import { MemoryBooks } from './memory-books.ts';
import { MemoryHighMarks } from './memory-high-marks.ts';
import { MemoryReportedDrifts } from './memory-reported-drifts.ts';

/** A CDC feed's ports with the handles that tests and simulations need. */
export interface MemoryFeedPorts extends CdcFeedPorts {
  readonly files: MemoryFiles;
  readonly reportedDrifts: MemoryReportedDrifts;
  readonly highMarks: MemoryHighMarks;
  readonly books: MemoryBooks;
  readonly bus: MemoryBus;
  readonly input: MemoryInput;
  readonly changesQueue: MemoryQueue;
  readonly clock: MemoryClock;
  readonly log: MemoryLog;
}

export const memoryFeedPorts = (): MemoryFeedPorts => ({
  files: new MemoryFiles(),
  reportedDrifts: new MemoryReportedDrifts(),
  highMarks: new MemoryHighMarks(),
  books: new MemoryBooks(),
  bus: new MemoryBus(),
  input: new MemoryInput(),
  changesQueue: new MemoryQueue(),
  clock: new MemoryClock(),
  log: new MemoryLog(),
});
