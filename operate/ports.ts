import type { HandoffSearch, Ledger } from '#adapters/file-lane/ports.ts';
import type { Clock, Log } from '#shared/ports.ts';
import type { Issue, IssueKey } from './core/issues/issue.ts';

/** Where objects lie that operators look at. */
export type Store = 'quarantine' | 'raw' | { readonly undeliveredOf: string };

export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
}

export interface Objects {
  /**
   * At most `limit` (1 to 1,000) objects whose keys begin so, in the order of keys, from the first after `after`.
   * `missing`: there is no such bucket.
   */
  list(
    store: Store,
    page: { readonly prefix: string; readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly StoredObject[] | 'missing'>;
  /** The bytes of a range, whose end is exclusive and may lie past the object's. Undefined when the object is not there (any more). */
  read(
    store: Store,
    key: string,
    range: { readonly start: number; readonly end: number },
  ): Promise<Uint8Array | undefined>;
}

export interface DeadLetter {
  readonly messageId: string;
  readonly body: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly receives: number;
}

export interface DeadLetters {
  /** About how many; `missing`: there is no such queue. */
  count(integration: string): Promise<number | 'missing'>;
  /** At most `limit`, each once. They stay in the queue. */
  read(integration: string, limit: number): Promise<readonly DeadLetter[] | 'missing'>;
}

export interface StoredIssue {
  readonly issue: Issue;
  readonly revision: number;
}

export interface Issues {
  /** All of an integration. */
  list(integration: string): Promise<readonly Issue[]>;
  read(key: IssueKey): Promise<StoredIssue | undefined>;
  /** False when it is no longer as it was read; `over` is undefined where there was none. */
  store(issue: Issue, over: StoredIssue | undefined): Promise<boolean>;
}

/** All that the recorder of issues uses. */
export interface RecordingPorts {
  readonly issues: Issues;
  readonly clock: Pick<Clock, 'sleep' | 'random'>;
  readonly log: Log;
}

/** All that the operator's API uses. */
export interface OperatePorts {
  readonly search: HandoffSearch;
  readonly ledger: Pick<Ledger, 'find' | 'chunks'>;
  readonly objects: Objects;
  readonly deadLetters: DeadLetters;
  readonly issues: Issues;
  readonly clock: Clock;
  readonly log: Log;
}
