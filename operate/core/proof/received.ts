import { attributeIn } from './attribute-in.ts';
import { dayOfKey } from './day-counts.ts';
import { placeInUnit } from './place-in-unit.ts';

/** What consumers are expected to report: the types of events that each takes, by its name. */
export type ExpectedReceipts = Readonly<Record<string, readonly string[]>>;

/** What one consumer reported of an integration's events of one day. */
export interface ConsumerCounts {
  /** Events of the types that it takes that are on the bus, each once. */
  readonly expected: number;
  /** Of them, those that it reported. */
  readonly received: number;
  /** The first of the others. */
  readonly missing: readonly string[];
}

/** The bus log of one UTC day against the receipts of consumers, for one integration. */
export interface DayReceipts {
  /** ISO 8601 UTC: when they were compared. */
  readonly at: string;
  /** All its events on the bus, each once. */
  readonly onBus: number;
  readonly consumers: Readonly<Record<string, ConsumerCounts>>;
}

/** An event of the bus log, as receipts are held against it. */
export interface BusLine {
  readonly shortId: string;
  readonly id: string;
  readonly integration: string;
  readonly type: string;
  /** The UTC day on which its unit came. */
  readonly day: string;
  /** ISO 8601 UTC, to the second: when the bus took it. */
  readonly publishedAt: string;
}

/** Undefined for what is no canonical event of an integration, and for those of the suite about its own work. */
export function busLineOf(line: string): BusLine | undefined {
  const place = placeInUnit(line);
  const type = attributeIn(line, 'type');
  const ingestedAt = attributeIn(line, 'ingestedat');
  const integration = attributeIn(line, 'processkey')?.split('/')[0];
  if (!place || type === undefined || ingestedAt === undefined || integration === undefined) return undefined;
  if (type.startsWith('edge.')) return undefined;
  const { shortId, id, rawKey } = place;
  const day = dayOfKey(rawKey.startsWith(`${integration}/`) ? rawKey : '') ?? ingestedAt.slice(0, 10);
  // The first `time` of a line is that of the bus.
  return { shortId, id, integration, type, day, publishedAt: attributeIn(line, 'time') ?? '' };
}
