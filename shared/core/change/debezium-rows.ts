import type { DebeziumSource, Entity } from '../../contract/cdc-source.ts';
import type { Change, ChangeRecord, Operation } from './change.ts';
import type { Encodings } from './column.ts';
import { readImages } from './debezium-images.ts';
import { type KeyHints, keyHints } from './debezium-key.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import { pickKey } from './row.ts';
import { type Read, Unreadable } from './unreadable.ts';

type Rows = Pick<Change, 'key' | 'before' | 'after' | 'unavailable' | 'keyChange'>;

/** Key and images. A delete may come without its row (replica identity NOTHING); nothing else may. */
export function rowsOf(
  source: DebeziumSource,
  entity: Entity,
  record: ChangeRecord,
  op: Operation,
  parts: DebeziumParts,
): Read<Rows> {
  if (op === 'truncate') return { key: {}, unavailable: [] };
  const encodings = encodingsOf(source);
  const hints = keyHints(source, entity, record, encodings);
  if (hints instanceof Unreadable) return hints;
  const images = readImages(source, entity, parts, hints.key, encodings);
  if (images instanceof Unreadable) return images;
  const key = pickKey(entity, images.after) ?? pickKey(entity, images.before) ?? hints.key;
  if (!key) return new Unreadable('the key’s columns are not in the record', 'MISSING_KEY');
  if (op !== 'delete' && !images.after) return new Unreadable(`a ${op} without the row it made`);
  return { key, ...images, ...keyChangeOf(op, hints) };
}

/** The headers of Debezium's delete-and-create pair; the row itself keeps its own key. */
function keyChangeOf(op: Operation, hints: KeyHints): Pick<Change, 'keyChange'> {
  if (op === 'delete' && hints.newKey) return { keyChange: { to: hints.newKey } };
  if (op !== 'delete' && hints.oldKey) return { keyChange: { from: hints.oldKey } };
  return {};
}

const encodingsOf = (source: DebeziumSource): Encodings => ({
  decimals: source.connector === 'mongodb' ? 'string' : (source.decimals ?? 'precise'),
  binary: source.binary ?? 'bytes',
});
