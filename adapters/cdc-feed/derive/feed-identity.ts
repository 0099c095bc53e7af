import { code } from '#shared/derive/markdown.ts';
import { sentence } from '#shared/derive/words.ts';
import type { CdcFeed } from '../contract/cdc-feed.ts';
import type { CdcSource, Connector, DebeziumSource } from '../contract/cdc-source.ts';

/** What identifies the changes of a feed, so that a record that comes again makes the same event. */
export function knownBy({ tables, source }: CdcFeed): string {
  const kinds = Object.values(tables).map(({ kind }) => kind);
  const keys = [
    ...(kinds.includes('table') ? [`key with ${nameInLog(source)}`] : []),
    ...(kinds.includes('outbox') ? ['the outbox row’s own id'] : []),
  ];
  return sentence(keys.join('; of an outbox ')).slice(0, -1);
}

function nameInLog(source: CdcSource): string {
  switch (source.kind) {
    case 'debezium':
      return positionInLog(source);
    case 'dms':
      return 'transaction and the record’s number in it, or where DMS does not write them, its position or clock and the place on the stream';
    case 'dynamodb':
      return source.form === 'kinesis' ? `the record’s ${code('eventID')}` : 'position in the log';
  }
}

function positionInLog({ connector, orderedBy }: DebeziumSource): string {
  if (orderedBy === 'stream')
    return connector === 'mongodb'
      ? 'place on the stream'
      : 'position in the log, or where the record does not have all of it, its place on the stream';
  const shared = sharedPositions[connector];
  return shared
    ? `position in the log, and ${shared} without ${code('provide.transaction.metadata')} the place on the stream`
    : 'position in the log';
}

/** Changes that can have the same position in the log. */
const sharedPositions: Partial<Record<Connector, string>> = {
  mysql: 'of changes',
  mongodb: 'of a transaction',
};
