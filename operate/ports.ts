import type { HandoffSearch, Ledger } from '#adapters/file-lane/ports.ts';
import type { Clock, Log } from '#shared/ports.ts';
import type { ChainHead, ChainName } from './core/audit/chain.ts';
import type { KeptObject } from './core/audit/finding.ts';

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

/** The audit trail: objects that are written once. */
export interface Trail {
  /** `exists`: an object is there under this key, and stays. */
  create(key: string, text: string): Promise<'created' | 'exists'>;
  /** The newest version; undefined when none is there. */
  read(key: string): Promise<string | undefined>;
  /** Objects with all their versions, in the order of keys, from the first after `after`; at most `limit`, and none beyond `bytesMax` but the first. */
  kept(page: TrailPage): Promise<{ readonly objects: readonly KeptObject[]; readonly isLast: boolean }>;
}

export interface TrailPage {
  readonly prefix: string;
  readonly after?: string | undefined;
  readonly limit: number;
  readonly bytesMax: number;
}

export type NamedHead = ChainHead & Pick<ChainName, 'integration'>;

/** The last day that is sealed. */
export interface SealedDay {
  readonly day: string;
  /** Of its manifest. */
  readonly hash: string;
}

/** How far the chains of the trail have come, kept apart from the trail itself. */
export interface AuditHeads {
  /** Consistent read. */
  find(chain: ChainName): Promise<ChainHead | undefined>;
  /** False where the head is not `from` any more. */
  advance(chain: ChainName, to: ChainHead, from: ChainHead): Promise<boolean>;
  ofDay(day: string): Promise<readonly NamedHead[]>;
  sealed(): Promise<SealedDay | undefined>;
  /** Repeatable. */
  keepSealed(sealed: SealedDay): Promise<void>;
}

/** The key that signs manifests. */
export interface Signer {
  /** ARN. */
  readonly key: string;
  /** ECDSA over P-256 with SHA-256 over the text, which has at most 4,096 bytes. Base64 of the DER form. */
  sign(text: string): Promise<string>;
  /** PEM. */
  publicKey(): Promise<string>;
}

/** What writes the trail. */
export interface AuditPorts {
  readonly trail: Pick<Trail, 'create' | 'read'>;
  readonly heads: AuditHeads;
  readonly clock: Pick<Clock, 'now' | 'sleep' | 'random'>;
  readonly log: Log;
}

/** What seals its days. */
export interface SealPorts extends AuditPorts {
  readonly signer: Pick<Signer, 'key' | 'sign'>;
}

/** All that the operator's API uses. */
export interface OperatePorts {
  readonly search: HandoffSearch;
  readonly ledger: Pick<Ledger, 'find' | 'chunks'>;
  readonly objects: Objects;
  readonly deadLetters: DeadLetters;
  readonly trail: Pick<Trail, 'kept'>;
  readonly signer: Pick<Signer, 'publicKey'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}
