import { gzipSync } from 'node:zlib';
import type { Given } from './given.ts';

export interface GivenEvent {
  readonly id: string;
  readonly at: string;
  readonly type?: string;
  readonly source?: string;
  readonly subject?: string;
  readonly correlationid?: string;
  readonly processkey?: string;
  readonly rawref?: string;
}

/** A line as Firehose writes it: an event as EventBridge delivers it. */
export const logLine = ({ id, at, type = 'orders.order.created.v1', ...attributes }: GivenEvent): string =>
  JSON.stringify({
    version: '0',
    id: 'b3f1d4f0-0000-4000-8000-000000000000',
    'detail-type': type,
    source: attributes.source ?? type.split('.')[0],
    account: '123456789012',
    time: at,
    region: 'eu-central-1',
    resources: [],
    detail: {
      specversion: '1.0',
      source: type.split('.')[0],
      subject: 'A-1',
      correlationid: 'acme-orders.one',
      processkey: 'acme-orders/orders.csv',
      rawref: 's3://raw/acme-orders/1',
      ...attributes,
      ...{ id, type, time: at, causationid: 'n', traceparent: '00-1-1-01', tenantid: 'acme' },
      ...{ sequence: '1', idempotencykey: 'k', externalref: 'orders.csv#1', rawhash: 'h' },
      ...{ ingestedat: at, dataschema: `urn:edge-adapters:schema:${type}` },
      data: { email: 'ada@example.com' },
    },
  });

/** Puts an object of the bus log: `hour` is `2026/11/20/11`. */
export function putLog(given: Given, hour: string, name: string, events: readonly GivenEvent[]): string {
  const key = `events/${hour}/edge-dev-bus-log-1-${name}.gz`;
  given.ports.objects.put('busLog', key, gzipSync(`${events.map(logLine).join('\n')}\n`));
  return key;
}
