import type { FileLanePorts } from '../ports.ts';
import { MemoryBus } from './memory-bus.ts';
import { MemoryClock } from './memory-clock.ts';
import { MemoryFiles } from './memory-files.ts';
import { type MemoryLedger, memoryLedger } from './memory-ledger.ts';
import { MemoryLog } from './memory-log.ts';
import { MemoryQueue } from './memory-queue.ts';
import { MemoryRowClaims } from './memory-row-claims.ts';

/** The ports with the handles that tests and simulations need. */
export interface MemoryPorts extends FileLanePorts {
  readonly files: MemoryFiles;
  readonly ledger: MemoryLedger;
  readonly rowClaims: MemoryRowClaims;
  readonly bus: MemoryBus;
  readonly laneQueue: MemoryQueue;
  readonly rowsQueue: MemoryQueue;
  readonly clock: MemoryClock;
  readonly log: MemoryLog;
}

export interface MemoryOptions {
  /** Epoch milliseconds at which the clock stands. */
  readonly now?: number;
  readonly seed?: number;
  /** Bytes that a read yields at a time. Default 65,536. */
  readonly pieceBytes?: number;
}

export const memoryPorts = ({ now, seed, pieceBytes }: MemoryOptions = {}): MemoryPorts => ({
  files: new MemoryFiles(pieceBytes),
  ledger: memoryLedger(),
  rowClaims: new MemoryRowClaims(),
  bus: new MemoryBus(),
  laneQueue: new MemoryQueue(),
  rowsQueue: new MemoryQueue(),
  clock: new MemoryClock(now, seed),
  log: new MemoryLog(),
});
