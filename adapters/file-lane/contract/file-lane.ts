import type { ContractBase, Tenant } from '#shared/contract/contract-base.ts';
import type { EventContract } from '#shared/contract/define-event.ts';
import type { Emission } from '#shared/contract/emission.ts';
import type { Columns, Refusal, Row } from '#shared/contract/field.ts';
import type { Publish } from '#shared/contract/publish-form.ts';
import type { Schedule } from '#shared/contract/schedule.ts';
import type { Dialect, FileFormat } from './file-format.ts';
import type { FileSecurity } from './file-security.ts';

export interface Delivery {
  /**
   * The partner's folder in the inbound bucket: files arrive under `<folder>/in/`, corrected rows under
   * `<folder>/fixed/`, and answers go to `<folder>/ack/`.
   */
  readonly folder: string;
  /**
   * The naming convention: literal text with placeholders `{yyyyMMdd}`, `{yyyy-MM-dd}`, `{yyyyMM}`, `{yyyyMMddHHmmss}` (the
   * period; must be a real date) and `{digits}`.
   */
  readonly name: string;
  /** Forms besides plain that may be dropped: `gzip` appends `.gz` to the name, `zip` appends `.zip`. Default none. */
  readonly compression?: readonly ('gzip' | 'zip')[];
  /**
   * What begins the work: the data file itself (default), its sidecar `<name>.sha256`, or its manifest
   * `<name>.manifest.json` `{bytes?, records?, sha256?, totals?}`. Sidecar and manifest are checked before anything is published.
   */
  readonly startsOn?: 'data' | 'sidecar' | 'manifest';
  /** Encryption and signatures. Default neither. */
  readonly security?: FileSecurity;
  /** How partners reach the folder. Default `['s3']`; `sftp` adds a Transfer Family user when the platform has a server. */
  readonly via?: readonly ('s3' | 'sftp')[];
  /** Days that the lane's objects (inbound, raw, quarantine) are kept. Default 400. */
  readonly retentionDays?: number;
}

/** A declared rule by which a valid row is no event; counted as `skipped`. */
export interface SkipRule<C extends Columns> {
  readonly reason: string;
  readonly when: (row: Row<C>) => boolean;
}

export interface FileLaneSpec<
  C extends Columns = Columns,
  E extends readonly EventContract[] = readonly EventContract[],
> extends ContractBase {
  readonly tenant: Tenant<keyof C & string>;
  readonly delivery: Delivery;
  /** When files must come. An alarm rings for one that is overdue. Default: whenever the partner drops them. */
  readonly schedule?: Schedule;
  readonly format?: FileFormat;
  /** The partner's columns. Columns of the file that are not named here are ignored, and said so in the acknowledgement. */
  readonly columns: C;
  /** Columns that make up the business key. Not personal. */
  readonly key: readonly (keyof C & string)[];
  /** Column (a date or number that only grows) that orders versions of one key. Needs `duplicates: 'row'`. */
  readonly version?: keyof C & string;
  /** Why a key is never written twice. A row of a key with other values is then a conflict. Needs `duplicates: 'row'`, without a version. */
  readonly writeOnce?: { readonly reason: string };
  /**
   * `file`: the same records are one file, whatever its name; rows inside are not compared across files.
   * `row`: besides, rows are compared across files (one conditional write a row). With `version` or `writeOnce`, the same key and
   * version is one row. Without, a row is a duplicate when the last row of its key has the same values: a corrected file that is
   * sent whole publishes only what changed.
   */
  readonly duplicates: 'file' | 'row';
  /** `content` (default): the same records are always the same file. `period`: only within the period its name carries. */
  readonly duplicateScope?: 'content' | 'period';
  /** Days for which duplicates are recognised. Default 400. */
  readonly duplicateDays?: number;
  /**
   * Share of a file's records that may be invalid, 0 to 1. `1`: bad rows are quarantined, good ones published at once.
   * Below 1 the whole file is checked before anything is published, and rejected when more are invalid; `0`: by any bad row.
   */
  readonly maxInvalidShare: number;
  /** Columns whose exact decimal sum is computed, acknowledged, and held against a manifest or trailer that declares it. */
  readonly controlTotals?: readonly (keyof C & string)[];
  /** Functions of this lane that run at once. Default 10; at least 2. */
  readonly maxConcurrency?: number;
  /** Every event that `map` may emit; publishing is permitted for these alone. */
  readonly events: E;
  /** Whether each event has an entry of its own on the bus, or shares one with others. What follows from it: `PublishForm`. */
  readonly publish?: Publish;
  readonly skip?: readonly SkipRule<C>[];
  /**
   * Partner's row to canonical event(s). Pure; codes, units and dates are already canonical when it is called.
   * A refusal, for what only shows between columns, quarantines the row.
   */
  readonly map: (row: Row<C>) => Emission<E[number]> | readonly Emission<E[number]>[] | Refusal;
}

/** A checked, frozen file lane with its defaults filled in. */
export interface FileLane extends ContractBase {
  readonly kind: 'file-lane';
  readonly direction: 'inbound';
  readonly tenant: Tenant;
  readonly delivery: Required<Delivery>;
  readonly schedule?: Schedule;
  readonly dialect: Dialect;
  readonly columns: Columns;
  readonly key: readonly string[];
  readonly version: string | undefined;
  readonly writeOnce: { readonly reason: string } | undefined;
  readonly duplicates: 'file' | 'row';
  readonly duplicateScope: 'content' | 'period';
  readonly duplicateDays: number;
  readonly maxInvalidShare: number;
  readonly controlTotals: readonly string[];
  readonly maxConcurrency: number;
  readonly events: readonly EventContract[];
  readonly publish?: Publish;
  readonly skip: readonly SkipRule<Columns>[];
  readonly map: (row: Readonly<Record<string, unknown>>) => Emission | readonly Emission[] | Refusal;
}

/** Whether a row is compared with the last one of its key, so that a file may bring back what an earlier one said. */
export const comparesLastRows = ({
  duplicates,
  version,
  writeOnce,
}: Pick<FileLane, 'duplicates' | 'version' | 'writeOnce'>): boolean =>
  duplicates === 'row' && version === undefined && writeOnce === undefined;
