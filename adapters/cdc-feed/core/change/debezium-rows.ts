import type { DebeziumSource } from '../../contract/cdc-source.ts';
import type { CapturedEntity } from './captured-entity.ts';
import type { ChangeRecord, KeyChange, Operation, Row, RowChange } from './change.ts';
import { imagesReader } from './debezium-images.ts';
import { readKey } from './debezium-key.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import { pickKey } from './row.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Reads key and images. A delete may come without its row (replica identity NOTHING); nothing else may. */
export function rowsReader(
  source: DebeziumSource,
): (captured: CapturedEntity, record: ChangeRecord, op: Operation, parts: DebeziumParts) => Read<RowChange> {
  const readImages = imagesReader(source);
  return (captured, record, op, parts) => {
    if (op === 'truncate') return { key: {}, unavailable: [] };
    const keyChange = keyChangeOf(source, captured, record, op);
    if (keyChange instanceof Unreadable) return keyChange;
    const ownKey = () => ownKeyOf(source, captured, record);
    const images = readImages(captured, parts, ownKey);
    if (images instanceof Unreadable) return images;
    const { before, after, unavailable } = images;
    const key = pickKey(captured.entity, after) ?? pickKey(captured.entity, before) ?? ownKey();
    if (!key) return new Unreadable('the key’s columns are not in the record', 'MISSING_KEY');
    if (op !== 'delete' && !after) return new Unreadable(`a ${op} without the row it made`);
    return { key, before, after, unavailable, keyChange };
  };
}

/** A key that is no JSON (a stream's own partition key) tells nothing; the row must then carry it. */
function ownKeyOf(source: DebeziumSource, captured: CapturedEntity, { key }: ChangeRecord): Row | undefined {
  const read = key && readKey(source, captured, key);
  return read instanceof Unreadable ? undefined : read;
}

/** The headers of Debezium's delete-and-create pair; the row itself keeps its own key. */
function keyChangeOf(
  source: DebeziumSource,
  captured: CapturedEntity,
  { headers }: ChangeRecord,
  op: Operation,
): Read<KeyChange | undefined> {
  if (!headers) return undefined;
  const [to, from] = ['__debezium.newkey', '__debezium.oldkey'].map(name => {
    const bytes = headers[name];
    return bytes && readKey(source, captured, bytes);
  });
  if (to instanceof Unreadable) return to;
  if (from instanceof Unreadable) return from;
  if (op === 'delete') return to && { to };
  return from && { from };
}
