import type * as z from 'zod';
import type { ProofMessage } from '#adapters/file-lane/core/outcome/proof-message.ts';
import type { HandoffSearch, Ledger } from '#adapters/file-lane/ports.ts';
import type { ProofAnswer, proofQuestion } from '#shared/core/audit/proof-question.ts';
import type { Clock, Log, Queue } from '#shared/ports.ts';
import type { ChainHead, ChainName } from './core/audit/chain.ts';
import type { KeptObject } from './core/audit/finding.ts';
import type { Issue, IssueKey } from './core/issues/issue.ts';
import type { KnownIntegration } from './core/known-integration.ts';
import type { RawBuckets } from './core/raw-place.ts';
import type { Reading } from './core/reading.ts';
import type { Run } from './core/reconcile/run.ts';
import type { Objects } from './object-ports.ts';
import type { PartnerLinkPorts } from './partner-ports.ts';
import type { PlanPorts } from './plan-ports.ts';
import type { Decisions, Proofs, Standings } from './proof-store.ts';
import type { Switches } from './switch-ports.ts';

export type { Objects, Store, StoredObject } from './object-ports.ts';
export type { Decisions, Proofs, Standings, StoredStanding } from './proof-store.ts';

export interface DeadLetter {
  readonly messageId: string;
  readonly body: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly receives: number;
  /** Code of what stopped it, where its function could say so. */
  readonly reason?: string | undefined;
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

/** The audit trail: objects that are written once. */
export interface Trail {
  /** Days for which records are kept. */
  readonly keptDays: number;
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

/** All that the auditor of the bus uses. It publishes nothing, and can write to no book. */
export interface ProofPorts {
  readonly search: HandoffSearch;
  readonly ledger: Pick<Ledger, 'chunks'>;
  readonly objects: Objects;
  readonly proofs: Proofs;
  readonly decisions: Pick<Decisions, 'mayDiffer'>;
  readonly standings: Standings;
  readonly trail: Pick<Trail, 'read'>;
  /** Ends of the chains of the trail. */
  readonly heads: Pick<AuditHeads, 'find'>;
  /** Writes the ids that were found on the bus, in the raw bucket. */
  readonly found: { write(key: string, ids: Uint8Array): Promise<void> };
  readonly lanes: { ask(integration: string, message: ProofMessage): Promise<void> };
  /** Asks the function of a feed or a fence. */
  readonly units: {
    ask(
      of: Pick<KnownIntegration, 'id' | 'kind'>,
      question: z.input<typeof proofQuestion>,
    ): Promise<ProofAnswer>;
  };
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** When the next file of a lane is due, and which are overdue. Epoch milliseconds. */
export interface ScheduleStanding {
  readonly missing: readonly number[];
  readonly nextDue?: number | undefined;
}

/** Who looked at content. */
export interface Readings {
  record(reading: Reading): Promise<void>;
}

/** All that the operator's API uses. */
export interface OperatePorts extends PlanPorts {
  /** The reconciler's queue. */
  readonly reconciler: Pick<Queue, 'send'>;
  readonly reconciliations: {
    last(): Promise<Run | undefined>;
    /** How the schedule of a lane stands: epoch milliseconds. */
    marks(integration: string): Promise<{
      readonly watch?: ScheduleStanding | undefined;
      /** What a provider has and a fence never got; `at`: ISO 8601 UTC. */
      readonly listing?:
        | { readonly missing: readonly { readonly id: string; readonly at: string }[] }
        | undefined;
    }>;
  };
  readonly search: HandoffSearch;
  readonly ledger: Pick<Ledger, 'find' | 'chunks'>;
  readonly objects: Objects;
  readonly deadLetters: DeadLetters;
  readonly trail: Pick<Trail, 'kept' | 'keptDays'>;
  readonly proofs: Pick<Proofs, 'find'>;
  readonly standings: Pick<Standings, 'find' | 'day' | 'receipts'>;
  readonly issues: Issues;
  readonly switches: Pick<Switches, 'find'>;
  readonly readings: Readings;
  readonly rawBuckets: RawBuckets;
  readonly signer: Pick<Signer, 'publicKey'>;
  readonly partner: PartnerLinkPorts;
}
