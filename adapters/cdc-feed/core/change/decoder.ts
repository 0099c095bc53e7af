import type { Change, ChangeRecord, Skipped } from './change.ts';
import type { Read } from './unreadable.ts';

/** Reads the records of one source; made once for it. */
export type Decoder = (record: ChangeRecord) => Read<Change> | Skipped;
