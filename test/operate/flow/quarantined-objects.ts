import { hash } from 'node:crypto';
import { quarantinedChange } from '#adapters/cdc-feed/core/feed/quarantined-change.ts';
import crmCustomers from '#integrations/crm-customers/contract.ts';
import type { FaultCode } from '#shared/contract/fault.ts';
import { fault } from '#shared/contract/fault.ts';
import { MemoryFiles } from '#shared/memory/memory-files.ts';

/** A quarantined change, as a test needs it. */
export interface QuarantinedObject {
  readonly number: number | bigint | string;
  readonly shard?: string;
  readonly stream?: string;
  readonly code?: FaultCode;
  readonly arrivedAt?: string;
  readonly data?: string;
}

export const feed = crmCustomers.id;

export const keyOf = ({ number, shard = 'shard-1', stream = 'crm-prod' }: QuarantinedObject): string =>
  `${feed}/${stream}/${shard}/${number}.json`;

/** As a feed writes it. */
export function contentOf({
  number,
  shard = 'shard-1',
  stream = 'crm-prod',
  code = 'UNKNOWN_CODE',
  arrivedAt = '2026-01-05T08:00:00.000Z',
  data = '{}',
}: QuarantinedObject) {
  const sequenceNumber = String(number);
  const bytes = Buffer.from(data);
  const record = { sequenceNumber, arrivedAt, record: { data: bytes, streamSequence: sequenceNumber } };
  const origin = {
    place: `${stream}/${shard}/${sequenceNumber}`,
    arrivedAt,
    rawRef: 's3://raw/x?versionId=1#bytes=0-1',
    rawHash: hash('sha256', bytes),
  };
  const faults = [fault(code, { column: 'tier' }, 'what was found')];
  return quarantinedChange(crmCustomers, { stream, shard }, { record, origin, faults, epoch: 0 });
}

/** A quarantine bucket that holds these changes. */
export function holding(...changes: readonly QuarantinedObject[]): MemoryFiles {
  const files = new MemoryFiles();
  for (const each of changes) files.put('quarantine', keyOf(each), JSON.stringify(contentOf(each)));
  return files;
}

/** What is still quarantined, by number. */
export const numbersLeft = (files: MemoryFiles): string[] =>
  files
    .keys('quarantine', `${feed}/`)
    .filter(key => !key.includes('/taken/'))
    .map(key => key.slice(key.lastIndexOf('/') + 1).replace('.json', ''));
