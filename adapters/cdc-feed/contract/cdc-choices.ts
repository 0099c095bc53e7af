import { ContractError, nearestOf } from '#shared/contract/options.ts';
import type { CdcFeedSpec } from './cdc-feed.ts';
import type { CdcSource } from './cdc-source.ts';
import type { ChangeStream } from './cdc-stream.ts';

type Choices = Readonly<Record<string, readonly string[]>>;

const binary = ['bytes', 'base64', 'base64-url-safe', 'hex'];

/** What an option of a source may be, where its type names the values; undefined stands for the default. */
const ofSource: Readonly<Record<CdcSource['kind'], Choices>> = {
  debezium: {
    connector: ['postgresql', 'mysql', 'mariadb', 'sqlserver', 'oracle', 'mongodb'],
    form: ['envelope', 'flattened', 'cloudevents'],
    flattenedDeletes: ['rewrite', 'rewrite-with-tombstone'],
    orderedBy: ['log', 'stream'],
    decimals: ['precise', 'string', 'double'],
    binary,
    beforeImage: ['full', 'key'],
  },
  dms: { binary: ['base64', 'hex'], nulls: ['written', 'left-out'] },
  dynamodb: { form: ['streams', 'kinesis'] },
};

const required: readonly string[] = ['connector'];

const streamKinds: readonly ChangeStream['kind'][] = ['kinesis', 'dynamodb', 'kafka'];

const ofFeed: Choices = {
  snapshots: ['created', 'updated', 'skip'],
  truncates: ['skip', 'quarantine'],
  expiries: ['deleted', 'skip'],
  drift: ['continue', 'quarantine'],
  fallenPositions: ['stop', 'continue'],
};

/** Refuses values that do not exist, for contracts that no compiler has seen. @throws ContractError */
export function checkChoices(where: string, spec: CdcFeedSpec): void {
  checkChoice(`${where}: source.kind`, spec.source.kind, Object.keys(ofSource));
  checkChoice(`${where}: stream.kind`, spec.stream.kind, streamKinds);
  const source: Readonly<Record<string, unknown>> = { ...spec.source };
  for (const [option, known] of Object.entries(ofSource[spec.source.kind]))
    if (required.includes(option) || source[option] !== undefined)
      checkChoice(`${where}: source.${option}`, source[option], known);
  const feed: Readonly<Record<string, unknown>> = { ...spec };
  for (const [option, known] of Object.entries(ofFeed))
    if (feed[option] !== undefined) checkChoice(`${where}: ${option}`, feed[option], known);
}

function checkChoice(where: string, given: unknown, known: readonly string[]): void {
  if (typeof given === 'string' && known.includes(given)) return;
  const nearest = nearestOf(String(given), known);
  const hint = nearest ? `; did you mean "${nearest}"?` : '';
  throw new ContractError(`${where} must be one of ${known.join(', ')}, not "${given}"${hint}`);
}
