import { code } from '#shared/derive/markdown.ts';
import type { CdcFeed } from '../contract/cdc-feed.ts';
import { hasOutbox } from '../contract/cdc-feed.ts';
import type { Connector, DebeziumSource, DmsSource } from '../contract/cdc-source.ts';
import { connectorNames, debeziumForm } from './feed-words.ts';

/** The settings that the database’s side needs, one row each: name, value, why. */
export function sourceSettings(feed: CdcFeed): string[][] {
  const { source } = feed;
  if (source.kind === 'debezium') return debezium(feed, source);
  return source.kind === 'dms' ? dms(feed, source) : dynamodb(feed);
}

const tableNames = ({ tables }: CdcFeed): string => Object.keys(tables).map(code).join(', ');

/** What becomes of changes of other tables. */
const ofOthers = ({ skipTables }: CdcFeed): string => {
  const skipped = Object.entries(skipTables).map(([name, reason]) => `${code(name)} (${reason})`);
  return `changes of any other table are quarantined${skipped.length > 0 ? `; skipped are ${skipped.join(', ')}` : ''}`;
};

const debezium = (feed: CdcFeed, source: DebeziumSource): string[][] => [
  ['connector', connectorNames[source.connector], 'names of tables and positions in the log are its own'],
  ['tables captured', tableNames(feed), ofOthers(feed)],
  ['form of the records', debeziumForm(source), 'as the contract reads them'],
  ...flattenedDeletes(source),
  ...(source.connector === 'mongodb'
    ? []
    : [
        [
          code('decimal.handling.mode'),
          code(source.decimals ?? 'precise'),
          'digits are read as they are written',
        ],
      ]),
  [code('binary.handling.mode'), code(source.binary ?? 'bytes'), 'the same'],
  ...placeholder(source),
  ...beforeImage(source),
  ...commitOrder(feed, source),
  ...placeInTransaction(source),
  ...(feed.stream.kind === 'kinesis'
    ? [
        [
          code('format.key.schemas.enable'),
          code('false'),
          'the key is the partition key, which Kinesis limits to 256 characters; it keeps changes of a row in order',
        ],
      ]
    : [['message key', 'the row’s key', 'it keeps changes of a row in order'], ...outboxTopic(feed)]),
  ...(source.orderedBy === 'stream'
    ? [
        [
          'order',
          'the stream’s',
          'changes are compared by their place on the stream, so they must be written in order',
        ],
      ]
    : []),
];

const flattenedDeletes = ({ form, flattenedDeletes: mode = 'rewrite' }: DebeziumSource): string[][] =>
  form === 'flattened'
    ? [
        [
          code('delete.tombstone.handling.mode'),
          code(mode),
          'else nothing is left of a delete that names its row',
        ],
      ]
    : [];

/** What each record of an outbox must carry, where the connector writes the commit's position beside the row's. */
const commitFields: Partial<Record<Connector, string>> = {
  postgresql: 'source.sequence',
  oracle: 'source.commit_scn',
};

function commitOrder(feed: CdcFeed, { connector, orderedBy, form }: DebeziumSource): string[][] {
  const field = commitFields[connector];
  if (!field || orderedBy === 'stream') return [];
  if (hasOutbox(feed)) {
    const why = 'rows of an outbox are ordered by the commits of their transactions';
    return [['order of an outbox', `${code(field)} in each record`, why]];
  }
  if (connector !== 'postgresql' || form !== 'flattened') return [];
  const why = 'two transactions can write rows of one key at the same time; the last commit decides';
  return [['order of changes', `${code(field)} in ${code('add.fields')}`, why]];
}

/** Where changes of one transaction can have the same position in the log. */
function placeInTransaction({ connector, form }: DebeziumSource): string[][] {
  if (connector !== 'mysql' && connector !== 'mongodb') return [];
  const kept = form === 'flattened' ? `, ${code('transaction.total_order')} in ${code('add.fields')}` : '';
  const why =
    'identifies each change: without it, a change that the connector writes again makes another event';
  return [[code('provide.transaction.metadata'), `${code('true')}${kept}`, why]];
}

const outboxTopic = (feed: CdcFeed): string[][] =>
  hasOutbox(feed)
    ? [
        [
          'topic of an outbox',
          `one partition, or ${code('message.key.columns')} naming its aggregate columns`,
          'else rows are distributed by their own ids, and those of one aggregate overtake each other',
        ],
      ]
    : [];

const placeholder = ({ unavailableValue, connector }: DebeziumSource): string[][] =>
  unavailableValue === undefined && connector !== 'postgresql'
    ? []
    : [
        [
          code('unavailable.value.placeholder'),
          code(unavailableValue ?? '__debezium_unavailable_value'),
          'stands for large values that a change did not touch; it is never published',
        ],
      ];

function beforeImage({ beforeImage: image, connector }: DebeziumSource): string[][] {
  if (connector !== 'postgresql')
    return [['row before a change', image === 'key' ? 'key alone' : 'whole', 'shows what changed']];
  return image === 'full'
    ? [['replica identity', code('FULL'), 'else large columns are missing, and nobody knows what changed']]
    : [['replica identity', `${code('DEFAULT')} is enough`, 'rows before a change are not used']];
}

const dms = (feed: CdcFeed, source: DmsSource): string[][] => [
  ['tables selected', tableNames(feed), ofOthers(feed)],
  [code('MessageFormat'), code('json-unformatted'), 'the feed reads one record a line'],
  [code('IncludeNullAndEmpty'), code('true'), 'else nobody can tell a null from a column that vanished'],
  [code('partition-key-type'), code('primary-key'), 'changes of a row stay in order'],
  [code('ParallelApplyThreads'), code('0'), 'the order of writing must be the log’s'],
  [
    code('IncludeTransactionDetails'),
    code('true'),
    'identifies each change: without it, a change that DMS writes again makes another event',
  ],
  source.beforeImage === undefined
    ? [code('BeforeImageSettings'), 'none', 'rows before a change are not used']
    : [
        code('BeforeImageSettings'),
        `${code('FieldName')} ${code(source.beforeImage)}, all columns`,
        'shows what changed',
      ],
];

const dynamodb = (feed: CdcFeed): string[][] => [
  ['table', tableNames(feed), ofOthers(feed)],
  ...(feed.stream.kind === 'dynamodb'
    ? [
        [code('StreamViewType'), code('NEW_AND_OLD_IMAGES'), 'shows the item before and after a change'],
        ...(hasOutbox(feed)
          ? [['partition key', 'the aggregate’s id', 'its stream keeps items of one partition key in order']]
          : []),
        ['readers of the stream', 'two at most', 'DynamoDB throttles more'],
      ]
    : [['destination', 'the Kinesis stream above', 'its records always carry both images']]),
];
