/** Messages of PostgreSQL's own output plugin, protocol version 1: https://www.postgresql.org/docs/15/protocol-logicalrep-message-formats.html */

export interface Relation {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: number;
    readonly modifier: number;
  }[];
}

/** A column's text; null; or `unchanged`, a TOAST value that the log does not carry. */
export type Cell = { readonly text: string } | null | 'unchanged';
export type Tuple = readonly Cell[];

export type Message =
  | { readonly kind: 'begin'; readonly commitMicros: bigint; readonly xid: number }
  | { readonly kind: 'commit'; readonly lsn: bigint }
  | {
      readonly kind: 'insert' | 'update' | 'delete';
      readonly relation: Relation;
      readonly old?: Tuple;
      readonly new?: Tuple;
    }
  | { readonly kind: 'truncate'; readonly relations: readonly Relation[] };

/** Parses messages in the order of the log; remembers the relations that they speak of. */
export class PgOutput {
  readonly #relations = new Map<number, Relation>();

  parse(bytes: Buffer): Message | undefined {
    const reader = new Reader(bytes);
    switch (reader.letter()) {
      case 'B':
        return begin(reader);
      case 'C':
        return commit(reader);
      case 'R':
        this.#relations.set(reader.int32(), relation(reader));
        return undefined;
      case 'I':
        return { kind: 'insert', relation: this.#relation(reader), ...tuples(reader) };
      case 'U':
        return { kind: 'update', relation: this.#relation(reader), ...tuples(reader) };
      case 'D':
        return { kind: 'delete', relation: this.#relation(reader), ...tuples(reader) };
      case 'T':
        return this.#truncate(reader);
      default:
        return undefined;
    }
  }

  #relation(reader: Reader): Relation {
    return this.#relations.get(reader.int32())!;
  }

  #truncate(reader: Reader): Message {
    const count = reader.int32();
    reader.int8();
    return { kind: 'truncate', relations: Array.from({ length: count }, () => this.#relation(reader)) };
  }
}

/** Microseconds from 1970 to 2000, from where PostgreSQL counts. */
const epochMicros = 946_684_800_000_000n;

function begin(reader: Reader): Message {
  reader.int64();
  return { kind: 'begin', commitMicros: reader.int64() + epochMicros, xid: reader.int32() };
}

function commit(reader: Reader): Message {
  reader.int8();
  return { kind: 'commit', lsn: reader.int64() };
}

function relation(reader: Reader): Relation {
  const [schema, table] = [reader.text(), reader.text()];
  reader.int8();
  const columns = Array.from({ length: reader.int16() }, () => {
    reader.int8();
    return { name: reader.text(), type: reader.int32(), modifier: reader.int32() };
  });
  return { schema, table, columns };
}

function tuples(reader: Reader): { readonly old?: Tuple; readonly new?: Tuple } {
  const found: { old?: Tuple; new?: Tuple } = {};
  while (!reader.isAtEnd) {
    const isNew = reader.letter() === 'N';
    found[isNew ? 'new' : 'old'] = Array.from({ length: reader.int16() }, () => cell(reader));
  }
  return found;
}

function cell(reader: Reader): Cell {
  const kind = reader.letter();
  if (kind === 'n') return null;
  return kind === 'u' ? 'unchanged' : { text: reader.sized(reader.int32()) };
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  letter = (): string => String.fromCharCode(this.int8());
  int8 = (): number => this.#bytes.readInt8(this.#skip(1));
  int16 = (): number => this.#bytes.readInt16BE(this.#skip(2));
  int32 = (): number => this.#bytes.readInt32BE(this.#skip(4));
  int64 = (): bigint => this.#bytes.readBigInt64BE(this.#skip(8));

  text(): string {
    const text = this.sized(this.#bytes.indexOf(0, this.#at) - this.#at);
    this.#skip(1);
    return text;
  }

  sized(length: number): string {
    const start = this.#skip(length);
    return this.#bytes.toString('utf8', start, start + length);
  }

  #skip(length: number): number {
    const at = this.#at;
    this.#at += length;
    return at;
  }
}
