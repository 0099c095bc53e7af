import { arnResource } from '../aws-names.ts';
import type { EventRouter } from './event-router.ts';

/** Entries and bytes of one PutEvents request. Source: EventBridge quotas and API reference, 2026. */
const entriesMax = 10;
const requestBytesMax = 1_048_576;

export interface PutEventsEntry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
  readonly Time?: number;
}

export type PutEventsResult =
  | { readonly EventId: string }
  | { readonly ErrorCode: string; readonly ErrorMessage: string };

/** A request that is refused as a whole. */
export class ValidationException extends Error {
  override readonly name = 'ValidationException';
}

/** `refused`: entries, by their places, that the bus has no room for. @throws ValidationException */
export function putEvents(
  router: EventRouter,
  entries: readonly PutEventsEntry[],
  refused: ReadonlySet<number> = new Set(),
) {
  if (entries.length < 1 || entries.length > entriesMax)
    throw new ValidationException(
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${entriesMax}, inclusive`,
    );
  if (entries.reduce((sum, entry) => sum + entryBytes(entry), 0) > requestBytesMax)
    throw new ValidationException('Total size of the entries in the request is over the limit.');
  const results = entries.map((entry, n) =>
    refused.has(n) ? fault('ThrottlingException', 'Rate exceeded') : putEntry(router, entry),
  );
  return { FailedEntryCount: results.filter(result => 'ErrorCode' in result).length, Entries: results };
}

function putEntry(router: EventRouter, entry: PutEventsEntry): PutEventsResult {
  const bus = busName(entry.EventBusName ?? 'default');
  const refused = entryFault(entry) ?? busFault(router, bus);
  if (refused) return refused;
  const { Source = '', DetailType = '', Detail = '' } = entry;
  const { id } = router.put(bus, {
    source: Source,
    'detail-type': DetailType,
    detail: JSON.parse(Detail),
    ...(entry.Resources && { resources: entry.Resources }),
    ...(entry.Time !== undefined && { time: `${new Date(entry.Time * 1000).toISOString().slice(0, 19)}Z` }),
  });
  return { EventId: id };
}

function entryFault(entry: PutEventsEntry): PutEventsResult | undefined {
  for (const name of ['Source', 'DetailType', 'Detail'] as const)
    if (!entry[name])
      return fault(
        'InvalidArgument',
        `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      );
  const { Source = '', DetailType = '', Detail = '' } = entry;
  if (DetailType.length > 128)
    return fault('InvalidArgument', 'Parameter DetailType is not valid. Reason: at most 128 characters.');
  if (Source.startsWith('aws.'))
    return fault('NotAuthorizedForSourceException', 'Not authorized for the source.');
  return isJsonObject(Detail) ? undefined : fault('MalformedDetail', 'Detail is malformed.');
}

/** AWS takes events for a bus that is not there and drops them; here that would hide a mistake. */
const busFault = (router: EventRouter, bus: string): PutEventsResult | undefined =>
  router.hasBus(bus) ? undefined : fault('ResourceNotFoundException', `Event bus ${bus} does not exist.`);

const fault = (ErrorCode: string, ErrorMessage: string): PutEventsResult => ({ ErrorCode, ErrorMessage });

export const busName = (nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? arnResource(nameOrArn).replace(/^event-bus\//, '') : nameOrArn;

/** As EventBridge counts: 14 bytes for the time, and the UTF-8 of every text. */
function entryBytes(entry: PutEventsEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  const time = entry.Time === undefined ? 0 : 14;
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), time);
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
