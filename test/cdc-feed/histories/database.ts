import type { Luck } from './luck.ts';

/** A change as the log of a database holds it, or a row that a snapshot read. */
export interface Logged {
  readonly op: 'c' | 'u' | 'd' | 'r';
  readonly id: number;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly place: LoggedAt;
}

export interface LoggedAt {
  /** Counts the logs: another after each fail-over and restore. */
  readonly log: number;
  readonly server: number;
  readonly file: number;
  /** Where the change itself was written, and where its transaction was committed. */
  readonly written: number;
  readonly commit: number;
  /** Where the last transaction before was committed; null for the first that a new connector reads. */
  readonly lastCommit: number | null;
  readonly transaction: number;
  /** The change's place in its transaction, from 1. */
  readonly order: number;
  readonly isCompressed: boolean;
  readonly snapshot: 'false' | 'first' | 'incremental';
  /** The database's clock at the commit. */
  readonly millis: number;
}

/** What a database does that another may not. */
export interface Traits {
  /** Transactions run side by side, and changes keep the places at which they were written. */
  readonly sideBySide?: true;
  /** Transactions may be compressed: all changes have one place. */
  readonly compresses?: true;
  /** Rows are only added, by transactions that lock none: an outbox. COPY gives all rows of a transaction one place. */
  readonly isOutbox?: true;
  /** Nothing reads its rows but from the log. */
  readonly hasNoSnapshots?: true;
  /** What sets its log back. */
  readonly falls: 'fail-over' | 'restore' | 'none';
  /** Its clock never steps back. */
  readonly isClockSteady?: true;
}

interface Saved {
  readonly rows: ReadonlyMap<number, string>;
  readonly position: number;
  readonly transaction: number;
}

interface Write {
  readonly id: number;
  readonly value: string | undefined;
  readonly written: number;
}

/** A database that runs random transactions, and knows what it holds at the end. */
export class Database {
  readonly rows = new Map<number, string>();
  /** In the order in which a connector reads it. */
  readonly log: Logged[] = [];
  /** Times that its log was set back. */
  falls = 0;
  readonly #luck: Luck;
  readonly #traits: Traits;
  readonly #hasSnapshots: boolean;
  readonly #saved: Saved[] = [];
  #log = 1;
  #server = 1;
  #file = 3;
  #position = 1_000;
  #transaction = 0;
  #lastCommit: number | null = null;
  #millis = 1_767_225_600_000;
  #values = 0;

  constructor(luck: Luck, traits: Traits) {
    this.#luck = luck;
    this.#traits = traits;
    this.#hasSnapshots = !traits.isOutbox && !traits.hasNoSnapshots;
  }

  /** One step of its life. */
  step(): void {
    const luck = this.#luck;
    const dice = luck.next();
    if (dice < 0.08) this.#stepClock();
    else if (dice < 0.14) this.read('incremental');
    else if (dice < 0.2) this.#fall();
    else if (dice < 0.26) this.#run([this.#bulk()]);
    else if (this.#traits.sideBySide && luck.chance(0.4)) this.#runSideBySide();
    else this.#run([this.#idsOf(luck.between(1, 4))]);
  }

  /** A snapshot reads all rows. */
  read(snapshot: 'first' | 'incremental'): void {
    if (!this.#hasSnapshots) return;
    for (const [id, after] of this.rows)
      this.#note({ op: 'r', id, after }, { written: this.#position, order: 1, snapshot });
  }

  /** Rows that were there before the connector. */
  fill(): void {
    if (!this.#hasSnapshots) return;
    for (let id = 1; id <= 3; id++) this.rows.set(id, this.#value());
    this.read('first');
  }

  #value(): string {
    return `v${++this.#values}`;
  }

  #idsOf(count: number): number[] {
    return Array.from({ length: count }, () => this.#luck.between(1, 6));
  }

  #bulk(): number[] {
    return Array.from({ length: this.#luck.between(5, 12) }, (_, i) => 1 + (i % 6));
  }

  /** Of disjoint rows, which their transactions lock; an outbox locks none. */
  #runSideBySide(): void {
    const ids = this.#luck.shuffled([1, 2, 3, 4, 5, 6]);
    if (this.#traits.isOutbox) this.#run([this.#idsOf(2), this.#idsOf(2)]);
    else this.#run([ids.slice(0, 2), ids.slice(2, 4)]);
  }

  /** Writes in any order between the transactions, then commits in any order. */
  #run(transactions: readonly (readonly number[])[]): void {
    const luck = this.#luck;
    if (luck.chance(0.1)) this.#rotate();
    const isCompressed = this.#traits.compresses === true && luck.chance(0.4);
    const isCopied = this.#traits.isOutbox === true && luck.chance(0.3);
    const turns = luck.shuffled(transactions.flatMap((ids, i) => ids.map(() => i)));
    const writes = transactions.map((): Write[] => []);
    const left = transactions.map(ids => [...ids]);
    for (const turn of turns) {
      const isShared = (isCompressed || isCopied) && (writes[turn]?.length ?? 0) > 0;
      if (!isShared) this.#position += luck.between(5, 50);
      const written = isShared ? (writes[turn]?.[0]?.written ?? this.#position) : this.#position;
      const id = left[turn]?.shift() ?? 1;
      const isDelete = !this.#traits.isOutbox && luck.chance(0.2);
      writes[turn]?.push({ id, value: isDelete ? undefined : this.#value(), written });
    }
    for (const each of luck.shuffled(writes)) this.#commit(each, isCompressed);
  }

  #commit(writes: readonly Write[], isCompressed: boolean): void {
    this.#position += this.#luck.between(5, 50);
    this.#millis += this.#luck.between(1, 2_000);
    this.#transaction += 1;
    let order = 0;
    for (const { id, value: after, written } of writes) {
      const before = this.rows.get(id);
      if (after === undefined && before === undefined) continue;
      if (after === undefined) this.rows.delete(id);
      else this.rows.set(id, after);
      const isUpdate = before !== undefined && !this.#traits.isOutbox;
      const op = after === undefined ? 'd' : isUpdate ? 'u' : 'c';
      order += 1;
      this.#note({ op, id, before, after }, { written, order, isCompressed });
    }
    this.#lastCommit = this.#position;
    this.#saved.push({ rows: new Map(this.rows), position: this.#position, transaction: this.#transaction });
  }

  #note(change: Omit<Logged, 'place'>, at: Partial<LoggedAt> & Pick<LoggedAt, 'written' | 'order'>): void {
    const place: LoggedAt = {
      ...{ log: this.#log, server: this.#server, file: this.#file, commit: this.#position },
      ...{ lastCommit: this.#lastCommit, transaction: this.#transaction, millis: this.#millis },
      ...{ isCompressed: false, snapshot: 'false' },
      ...at,
    };
    this.log.push({ ...change, place });
  }

  /** Another file of the binlog; its positions begin again. Other logs go on. */
  #rotate(): void {
    if (!this.#traits.compresses) return;
    this.#file += 1;
    this.#position = 4;
  }

  #stepClock(): void {
    this.#millis += this.#traits.isClockSteady ? 5_000 : this.#luck.between(-2_000, 5_000);
  }

  #fall(): void {
    if (this.#traits.falls === 'fail-over') this.#failOver();
    if (this.#traits.falls === 'restore') this.#restore();
  }

  /** To a server with the same rows and another log, whose clock may be behind. It takes half a minute or more. */
  #failOver(): void {
    this.falls += 1;
    this.#log += 1;
    this.#server += 1;
    this.#file = this.#luck.between(1, 6);
    this.#position = 4;
    this.#transaction = 0;
    this.#millis += this.#luck.between(30_000, 90_000);
    this.#saved.length = 0;
  }

  /**
   * To a point some transactions ago. Whoever operates it has the table read again, and has rows that only consumers know deleted
   * again.
   */
  #restore(): void {
    const point = this.#saved.at(-5);
    if (!point) return;
    const known = new Set(this.#saved.flatMap(({ rows }) => [...rows.keys()]));
    this.falls += 1;
    this.#log += 1;
    this.#position = point.position;
    this.#transaction = point.transaction;
    this.#lastCommit = null;
    this.#saved.length = 0;
    this.#millis += this.#luck.between(60_000, 600_000);
    this.rows.clear();
    for (const [id, value] of point.rows) this.rows.set(id, value);
    this.#run([[1]]);
    for (const id of known) if (!this.rows.has(id)) this.#deleteAgain(id);
    this.read('incremental');
  }

  #deleteAgain(id: number): void {
    this.#position += 1;
    this.#commit([{ id, value: this.#value(), written: this.#position }], false);
    this.#position += 1;
    this.#commit([{ id, value: undefined, written: this.#position }], false);
  }
}
