import type { Kind } from '#shared/contract/kind.ts';
import { limits } from '#shared/contract/limits.ts';
import type { AuditDetails } from '#shared/core/audit/audit-fact.ts';
import { publishedIn } from '#shared/core/audit/published-events.ts';
import { outcomes } from '#shared/core/outcome/tally.ts';
import type { AuditRecord } from '../audit/audit-record.ts';
import type { UnitClaim } from './claim.ts';
import { addCounts, type DayCounts, dayOfKey, emptyCounts } from './day-counts.ts';
import type { Standing } from './standing.ts';

/** Reads the records of an integration's trail: counts them by day, and gathers what they claim to have published. */
export class TrailReader {
  readonly claims: UnitClaim[] = [];
  readonly #since: string;
  readonly #count: (record: AuditRecord) => void;
  readonly #days: Map<string, DayCounts>;
  readonly #unended: Map<string, string>;

  constructor(kind: Kind, { since, days, unended }: Standing) {
    this.#since = since;
    this.#days = new Map(Object.entries(days));
    this.#unended = new Map(Object.entries(unended));
    this.#count = kind === 'cdc-feed' ? record => this.#batch(record) : record => this.#delivery(record);
  }

  read(record: AuditRecord): void {
    this.#count(record);
    const claim = claimOf(record);
    if (!claim) return;
    this.claims.push(claim);
    this.#add(claim.day, { claimed: claim.newEvents });
  }

  /** The counts so far: those of the last days, for earlier ones are over. */
  get counted(): Pick<Standing, 'days' | 'unended'> {
    const days = [...this.#days].sort(([a], [b]) => (a < b ? -1 : 1)).slice(-limits.proofDaysOpen);
    const [first = ''] = days.map(([day]) => day);
    const unended = [...this.#unended].filter(([, came]) => came >= first).slice(-limits.unendedKeptMax);
    return { days: Object.fromEntries(days), unended: Object.fromEntries(unended) };
  }

  #batch({ step, details, ...record }: AuditRecord): void {
    const day = dayOf({ ...record, details });
    if (step === 'received') this.#add(day, { received: newIn(details, 'received') });
    // Records that come again are counted when they do.
    if (step === 'acknowledged') this.#add(day, { received: -newIn(details, 'again') });
    if (step === 'published') this.#add(day, { outcomes: tallyIn(details) });
  }

  #delivery({ step, details, subject, at, ...record }: AuditRecord): void {
    if (step === 'received') {
      this.#unended.set(subject, at.slice(0, 10));
      this.#add(at.slice(0, 10), { received: 1 });
    }
    if (step !== 'acknowledged') return;
    const day = dayOf({ ...record, subject, at, details });
    const { status, was } = details;
    this.#add(day, { outcomes: { [String(status)]: 1 } });
    if (was !== undefined) this.#add(day, { outcomes: { [String(was)]: -1 } });
    this.#end(subject, day);
  }

  /** It came on the day that its key names, which may be the day before its books were written. */
  #end(subject: string, day: string): void {
    const came = this.#unended.get(subject);
    if (came === undefined) return;
    this.#unended.delete(subject);
    this.#add(came, { received: -1 });
    this.#add(day, { received: 1 });
  }

  #add(day: string, more: Partial<DayCounts>): void {
    if (day >= this.#since) this.#days.set(day, addCounts(this.#days.get(day) ?? emptyCounts, more));
  }
}

/** Of a record about published events. A batch's subject is its key. */
function claimOf(record: AuditRecord): UnitClaim | undefined {
  const { step, integration, subject, at, details } = record;
  const published = step === 'published' ? publishedIn(details) : undefined;
  if (!published || published.count === 0) return undefined;
  const { archive = subject, bytes = Number.MAX_SAFE_INTEGER, except = '' } = details;
  const from = new Date(Date.parse(at) - limits.proofUnitSeconds * 1_000).toISOString();
  return {
    ...{ unit: String(archive), integration, from, to: at, settledAt: at },
    ...{ day: dayOf(record), except: String(except), newEvents: newIn(details, 'events') },
    chunks: [{ n: 0, byteStart: 0, byteEnd: Number(bytes), published }],
  };
}

/** The day on which the unit of a record came. */
const dayOf = ({ at, subject, details }: Pick<AuditRecord, 'at' | 'subject' | 'details'>): string =>
  dayOfKey(String(details.archive ?? subject)) ?? at.slice(0, 10);

const tallyIn = (details: AuditDetails): Readonly<Record<string, number>> =>
  Object.fromEntries(outcomes.map(outcome => [outcome, newIn(details, outcome)]));

/** A batch that comes again was counted, and so were the events of a delivery that is processed again. */
const newIn = (details: AuditDetails, name: string): number =>
  numberIn(details[name]) - numberIn(details[`${name}Before`]);

const numberIn = (value: AuditDetails[string] | undefined): number => (typeof value === 'number' ? value : 0);
