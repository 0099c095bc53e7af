import { contractShape } from '#shared/contract/contract-base.ts';
import { limits } from '#shared/contract/limits.ts';
import { ContractError } from '#shared/contract/options.ts';
import { publishPart } from '#shared/contract/publish-form.ts';
import { schedulePart } from '#shared/contract/schedule.ts';
import {
  anything,
  callback,
  choice,
  isObject,
  listOf,
  mapOf,
  maybe,
  number,
  object,
  type Part,
  type Shape,
  string,
  whole,
  words,
} from '#shared/contract/shape.ts';

const days = whole(1, limits.contractDaysMax);
const position = whole(1, limits.columnsMax);

const delivery = object({
  folder: string,
  name: words,
  compression: maybe(listOf(choice('gzip', 'zip'))),
  startsOn: maybe(choice('data', 'sidecar', 'manifest')),
  security: maybe(
    object({ encryption: maybe(anything), signing: maybe(object({ detached: maybe(anything) })) }),
  ),
  via: maybe(listOf(choice('s3', 'sftp'))),
  retentionDays: maybe(days),
});

const format = object({
  delimiter: maybe(string),
  quote: maybe(anything),
  escape: maybe(string),
  nullMarker: maybe(string),
  encoding: maybe(choice('utf-8', 'utf-16', 'utf-16le', 'utf-16be', 'latin1', 'windows-1252')),
  header: maybe(choice('by-name', 'none')),
  comment: maybe(string),
  trailer: maybe(object({ startsWith: string, records: maybe(position), totals: maybe(mapOf(position)) })),
});

/** A reader, made. `columns: { no: text }` is a slip that types do not see under a cast. */
const reader: Part = {
  isOptional: false,
  words: 'a reader',
  check: (where, path, value) => {
    if (isObject(value) && typeof value.read === 'function' && typeof value.form === 'string') return;
    const hint = typeof value === 'function' ? '; call it' : '';
    throw new ContractError(`${where}: ${path} must be a reader, e.g. text({ max: 40 })${hint}`);
  },
};

const event: Part = {
  isOptional: false,
  words: 'an event',
  check: (where, path, value) => {
    if (!isObject(value) || value.kind !== 'event')
      throw new ContractError(`${where}: ${path} must be an event that defineEvent made`);
  },
};

/** Everything that a file lane's contract may and must hold. */
export const fileLaneShape: Shape = {
  ...contractShape,
  tenant: anything,
  delivery,
  schedule: schedulePart,
  format: maybe(format),
  columns: mapOf(reader),
  key: listOf(string),
  version: maybe(string),
  writeOnce: maybe(object({ reason: words })),
  duplicates: choice('file', 'row'),
  duplicateScope: maybe(choice('content', 'period')),
  duplicateDays: maybe(days),
  maxInvalidShare: number,
  controlTotals: maybe(listOf(string)),
  maxConcurrency: maybe(number),
  events: listOf(event),
  publish: publishPart,
  skip: maybe(listOf(object({ reason: words, when: callback }))),
  map: callback,
};
