import type { HandoffPlace } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import type { HandoffSearch, Ledger, ReconciledLedger } from '#adapters/file-lane/ports.ts';
import type { ListedItem, ListingAnswer } from '#adapters/webhook-fence/core/listing/listing-page.ts';
import type { ListingRequest, ListingWindow } from '#adapters/webhook-fence/core/listing/listing-request.ts';
import type { Once } from '#adapters/webhook-fence/ports.ts';
import type { Watch } from '#shared/core/schedule/watch-schedule.ts';
import type { Bus, Clock, Files, KeyClaims, Log, Queue } from '#shared/ports.ts';
import type { Run } from './core/reconcile/run.ts';
import type { DeadLetters, Objects } from './ports.ts';
import type { SwitchPorts } from './switch-ports.ts';

/** How far the reconciler has come with one integration. */
export interface Marks {
  /** Where the pages of its hand-offs go on. */
  readonly after?: HandoffPlace | undefined;
  readonly sweep?: Sweep | undefined;
  /** Of a lane with a schedule. */
  readonly watch?: KeptWatch | undefined;
  /** Of a fence whose provider is asked what it has. */
  readonly listing?: ListingMarks | undefined;
}

/** How far a provider's list was compared. Epoch milliseconds. */
export interface ListingMarks {
  /** When the last comparison began. */
  readonly startedAt: number;
  /** All that the provider made before was compared. */
  readonly upTo: number;
  /** A comparison that goes on. */
  readonly open?: ListingWindow & { readonly cursor: string };
  /** Items of which no delivery was accepted, the oldest first. */
  readonly missing: readonly MissingItem[];
  /** Since when the provider does not answer. */
  readonly silentSince?: number;
}

export interface MissingItem extends ListedItem {
  /** When it was found. */
  readonly foundAt: number;
}

/** A provider's API, asked by HTTPS. Follows no redirect; bounded in time and size. */
export interface ProviderApi {
  /** @throws Error when there is no answer within the bounds. */
  ask(request: ListingRequest): Promise<ListingAnswer>;
}

/** How a lane's schedule stands, and when its next file is due. Epoch milliseconds. */
export interface KeptWatch extends Watch {
  readonly nextDue?: number | undefined;
}

/** A look through the objects of a lane, or the archive of a fence. Times in ISO 8601 UTC. */
export interface Sweep {
  readonly startedAt: string;
  /** Objects that are older were looked for before. */
  readonly since: string;
  /** The last key that was looked at; undefined once all were. */
  readonly after?: string | undefined;
}

export interface Reconciliations {
  /** Takes the right to reconcile, until `until` (epoch milliseconds). False while another has it. */
  begin(run: { readonly startedAt: string; readonly now: number; readonly until: number }): Promise<boolean>;
  /** Keeps what the run found, and gives the right back when it is completed. */
  keep(run: Run): Promise<void>;
  last(): Promise<Run | undefined>;
  marks(integration: string): Promise<Marks>;
  keepMarks(integration: string, marks: Marks): Promise<void>;
}

/** Dead letters for which nothing is left to do. */
export interface FinishedLetters {
  /** Looks at `limits.deadLettersReadMax` and removes those. Gives how many. */
  remove(integration: string, isFinished: (body: string) => Promise<boolean>): Promise<number>;
}

/** All that the reconciler uses. */
export interface ReconcilePorts extends SwitchPorts {
  readonly reconciliations: Reconciliations;
  readonly search: HandoffSearch;
  readonly ledger: Pick<Ledger, 'find' | 'chunks'>;
  readonly reconciled: ReconciledLedger;
  readonly objects: Pick<Objects, 'list'>;
  readonly files: Pick<Files, 'head' | 'remove'>;
  readonly deadLetters: Pick<DeadLetters, 'count'>;
  readonly finishedLetters: FinishedLetters;
  /** Messages of lanes, and deliveries that fences accepted and did not publish. */
  readonly work: Pick<DeadLetters, 'count'>;
  /** The queue of a lane's work. */
  readonly workQueue: (integration: string) => Pick<Queue, 'send'>;
  /** What fences remember: of items of their providers, and of deliveries. */
  readonly listed: Pick<KeyClaims, 'holder'>;
  readonly deliveries: Pick<Once, 'find'>;
  readonly providers: ProviderApi;
  /** Tokens for what providers list, each fence's own. */
  readonly listingTokens: { read(fence: string): Promise<string | undefined> };
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  readonly inboundBucket: string;
}
