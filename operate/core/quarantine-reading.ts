import * as z from 'zod';
import type { Kind } from '#shared/contract/kind.ts';
import type { QuarantinedUnit } from './shapes/quarantine.ts';
import { isTaken } from './taken-key.ts';

/** How the quarantine of one kind is read. */
export interface QuarantineReading {
  /** Whether the object holds units, and not their parts or a copy for people. */
  readonly isReport: (integration: string, key: string) => boolean;
  /** Whether the object has a unit a line. Else it is one unit. */
  readonly isLines: boolean;
  /** The object's text, or one line of it. */
  readonly unitOf: (integration: string, key: string, json: unknown) => QuarantinedUnit | undefined;
}

const fault = z.object({ code: z.string(), class: z.string(), detail: z.string(), remedy: z.string() });

const row = fault.extend({ line: z.int(), record: z.int(), column: z.string().nullable() });

const request = fault.extend({
  correlationId: z.string(),
  name: z.string(),
  receivedAt: z.string(),
  at: z.object({ column: z.string().optional() }),
});

const change = fault.extend({
  stream: z.string(),
  shard: z.string(),
  sequenceNumber: z.string(),
  arrivedAt: z.string(),
  column: z.string().nullable(),
});

const faultOf = ({ code, class: faultClass, detail, remedy }: z.infer<typeof fault>) => ({
  code,
  class: faultClass,
  detail,
  remedy,
});

/** The reading of each kind. */
export const quarantineReadings: Readonly<Record<Kind, QuarantineReading>> = {
  'file-lane': {
    isReport: (_, key) => key.endsWith('/rows.jsonl'),
    isLines: true,
    unitOf(integration, object, json) {
      const { success, data } = row.safeParse(json);
      if (!success) return undefined;
      const [, handoff = ''] = object.split('/');
      return {
        ...{ integration, unit: 'row', id: `${handoff}#${data.record}`, object, at: null },
        ...{ place: `line ${data.line}`, column: data.column, ...faultOf(data) },
      };
    },
  },
  'webhook-fence': {
    // What was processed is under `taken/`.
    isReport: (fence, key) => key.endsWith('.json') && !isTaken(fence, key),
    isLines: false,
    unitOf(integration, object, json) {
      const { success, data } = request.safeParse(json);
      if (!success) return undefined;
      return {
        ...{ integration, unit: 'request', id: data.correlationId, object, at: data.receivedAt },
        ...{ place: data.name, column: data.at.column ?? null, ...faultOf(data) },
      };
    },
  },
  'cdc-feed': {
    isReport: (feed, key) => key.endsWith('.json') && !isTaken(feed, key),
    isLines: false,
    unitOf(integration, object, json) {
      const { success, data } = change.safeParse(json);
      if (!success) return undefined;
      return {
        ...{ integration, unit: 'change', id: data.sequenceNumber, object, at: data.arrivedAt },
        ...{ place: `${data.stream} ${data.shard}`.trim(), column: data.column, ...faultOf(data) },
      };
    },
  },
};

/** An object or line that is no unit still shows, so that nothing hides behind it. */
export const unreadableUnit = (integration: string, object: string): QuarantinedUnit => ({
  ...{ integration, unit: 'row', id: object, place: object, at: null, column: null, object },
  ...{ code: 'UNREADABLE', class: 'UNCLASSIFIED' },
  detail: 'the object is not a quarantine record',
  remedy: 'Look at the object, and move it away.',
});
