import { MemoryBus } from '#shared/memory/memory-bus.ts';
import { MemoryClock } from '#shared/memory/memory-clock.ts';
import { MemoryDeadLetters } from '#shared/memory/memory-dead-letters.ts';
import { MemoryFiles } from '#shared/memory/memory-files.ts';
import { MemoryInput } from '#shared/memory/memory-input.ts';
import { MemoryLog } from '#shared/memory/memory-log.ts';
import { MemoryQueue } from '#shared/memory/memory-queue.ts';
import { MemoryRowClaims } from '#shared/memory/memory-row-claims.ts';
import type { FileLanePorts } from '../ports.ts';
import { type MemoryLedger, memoryLedger } from './memory-ledger.ts';

/** The ports with the handles that tests and simulations need. */
export interface MemoryPorts extends FileLanePorts {
  readonly files: MemoryFiles;
  readonly ledger: MemoryLedger;
  readonly rowClaims: MemoryRowClaims;
  readonly bus: MemoryBus;
  readonly laneQueue: MemoryQueue;
  readonly deadLetters: MemoryDeadLetters;
  readonly rowsQueue: MemoryQueue;
  readonly input: MemoryInput;
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
  deadLetters: new MemoryDeadLetters(),
  rowsQueue: new MemoryQueue(),
  input: new MemoryInput(),
  clock: new MemoryClock(now, seed),
  log: new MemoryLog(),
});
