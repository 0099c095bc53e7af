import { memoryHandoffSearch } from '#adapters/file-lane/memory/memory-handoff-search.ts';
import { memoryPorts } from '#adapters/file-lane/memory/memory-ports.ts';
import { chunksSuite } from './chunks.suite.ts';
import { fileClaimsSuite, rowClaimsSuite } from './claims.suite.ts';
import { conditionsSuite, filesSuite, joinSuite, versionsSuite } from './files.suite.ts';
import { handoffSearchSuite } from './handoff-search.suite.ts';
import { handoffsSuite } from './handoffs.suite.ts';
import { queueSuite } from './queue.suite.ts';

const ports = memoryPorts({ pieceBytes: 7_919 });

describe('the ledger in memory: hand-offs', () => handoffsSuite(() => ports.ledger));
describe('the ledger in memory: search', () =>
  handoffSearchSuite(() => ({
    ledger: ports.ledger,
    reconciled: ports.ledger,
    search: memoryHandoffSearch(ports.ledger),
  })));
describe('the ledger in memory: chunks', () => chunksSuite(() => ports.ledger));
describe('the ledger in memory: file claims', () => fileClaimsSuite(() => ports.ledger));
describe('row claims in memory', () => rowClaimsSuite(() => ports.rowClaims));
describe('files in memory', () => {
  filesSuite(() => ports.files);
  conditionsSuite(() => ports.files);
  joinSuite(() => ports.files);
  versionsSuite(
    () => ports.files,
    (bucket, key) => ports.files.delete(bucket, key),
  );
});
describe('a queue in memory', () =>
  queueSuite(() => ({
    queue: ports.laneQueue,
    bodies: () => ports.laneQueue.sent,
    delayed: () =>
      ports.laneQueue
        .takeDelayed()
        .filter(({ delaySeconds }) => delaySeconds > 0)
        .map(({ body }) => body),
  })));
