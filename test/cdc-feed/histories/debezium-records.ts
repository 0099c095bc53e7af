import type { Connector } from '#adapters/cdc-feed/contract/cdc-source.ts';
import type { PutRecord } from '../flow/stream-events.ts';
import type { Logged, LoggedAt } from './database.ts';

export type Form = 'envelope' | 'flattened' | 'cloudevents';

const hex = (n: number, digits = 8): string => n.toString(16).padStart(digits, '0');
const sqlLsn = (place: number): string => `00000027:${hex(place)}:0001`;
const binlog = ({ file, written, order, isCompressed }: LoggedAt) => ({
  file: `mysql-bin.${String(file).padStart(6, '0')}`,
  pos: written,
  row: isCompressed ? 0 : order,
});
const isRead = ({ snapshot }: LoggedAt): boolean => snapshot !== 'false';

/** What each connector's source block says of a place. */
const blocks: Readonly<Record<Connector, (at: LoggedAt) => object>> = {
  postgresql: at =>
    at.snapshot === 'incremental'
      ? { lsn: null, txId: null, sequence: JSON.stringify([null, String(at.commit)]) }
      : {
          ...{ lsn: at.written, txId: at.transaction },
          sequence: JSON.stringify([
            at.lastCommit === null ? null : String(at.lastCommit),
            String(at.written),
          ]),
        },
  mysql: at => ({ server_id: at.server, gtid: `server-${at.server}:${at.transaction}`, ...binlog(at) }),
  mariadb: at => ({ server_id: at.server, gtid: `0-${at.server}-${at.transaction}`, ...binlog(at) }),
  sqlserver: at => ({
    commit_lsn: sqlLsn(at.commit),
    change_lsn: isRead(at) ? null : sqlLsn(at.written),
    event_serial_no: 1,
  }),
  oracle: at => ({
    ...{ scn: String(at.written), commit_scn: String(at.commit), txSeq: at.order },
    ...{ rs_id: ` 0x${hex(at.written)}.00000024.0010 `, ssn: 0 },
  }),
  mongodb: at => ({
    ts_ms: Math.floor(at.millis / 1_000) * 1_000,
    ord: at.written,
    lsid: '{}',
    txnNumber: at.transaction,
  }),
};

const blockOf = (connector: Connector, at: LoggedAt): Readonly<Record<string, unknown>> => ({
  ...{
    name: 's',
    ts_ms: at.millis,
    snapshot: at.snapshot,
    db: 'd',
    schema: 'd',
    table: 't',
    collection: 't',
  },
  ...blocks[connector](at),
});

export interface Told {
  readonly connector: Connector;
  readonly form: Form;
  /** `provide.transaction.metadata` */
  readonly hasOrder?: boolean;
}

/** A record of a change of `d.t`. */
export function debeziumRecord({ connector, form, hasOrder = false }: Told, logged: Logged): PutRecord {
  const key = connector === 'mongodb' ? '_id' : 'id';
  const { op, before, after, place } = logged;
  const row = (v: string | undefined) => (v === undefined ? null : { [key]: logged.id, v });
  const order = hasOrder && !isRead(place) ? place.order : undefined;
  const images = {
    before: op === 'd' ? row(before ?? '') : row(before),
    after: op === 'd' ? null : row(after),
  };
  const parts = { op, images, block: blockOf(connector, place), order };
  // MongoDB's key is the document's, as extended JSON in a text.
  const partitionKey = JSON.stringify({ id: connector === 'mongodb' ? String(logged.id) : logged.id });
  return { partitionKey, data: forms[form](connector, parts) };
}

interface Parts {
  readonly op: string;
  readonly images: { readonly before: object | null; readonly after: object | null };
  readonly block: Readonly<Record<string, unknown>>;
  readonly order: number | undefined;
}

const document = (row: object | null): string | null => (row === null ? null : JSON.stringify(row));

const forms: Readonly<Record<Form, (connector: Connector, parts: Parts) => object>> = {
  envelope: (connector, { op, images, block, order }) => ({
    ...(connector === 'mongodb' ? { before: null, after: document(images.after) } : images),
    ...{ op, ts_ms: 1, source: block },
    ...(order !== undefined && {
      transaction: { id: 't', total_order: order, data_collection_order: order },
    }),
  }),
  flattened: (_connector, { op, images, block, order }) => ({
    ...{ ...(images.after ?? images.before), __op: op, __deleted: String(op === 'd') },
    ...Object.fromEntries(Object.entries(block).map(([name, value]) => [`__source_${name}`, value])),
    ...(order !== undefined && { __transaction_total_order: order }),
  }),
  cloudevents: (_connector, { op, images, block, order }) => ({
    ...{ specversion: '1.0', iodebeziumop: op },
    ...Object.fromEntries(
      Object.entries(block).map(([name, value]) => [
        `iodebezium${name.replace(/_/g, '').toLowerCase()}`,
        value,
      ]),
    ),
    ...(order !== undefined && { iodebeziumtxtotalorder: String(order) }),
    data: images,
  }),
};
