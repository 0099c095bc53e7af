import { type CapturedTable, isEvent } from '../../contract/cdc-table.ts';
import type { EventContract } from '../../contract/define-event.ts';
import type { Fault } from '../../contract/fault.ts';
import { Refusal } from '../../contract/field.ts';
import type { Change, Row } from '../change/change.ts';
import { refusedField } from '../row/read-row.ts';
import { attempt, Failed } from './attempt.ts';
import { type Differences, differences } from './differences.ts';
import { type Data, dataChecker, isFault } from './feed-event.ts';
import { type Image, imageReader, knownAfter } from './read-image.ts';

/** Data of an event, as its schema gave it back. */
export type Mapped = { readonly data: Data } | { readonly faults: readonly Fault[] };

/** A table's rows and keys as data of its events: columns read, mapped, held against the schema. */
export class TableMapping {
  readonly #table: CapturedTable;
  readonly #columns: readonly string[];
  readonly #readRow;
  readonly #checks;

  constructor(table: CapturedTable) {
    this.#table = table;
    this.#columns = Object.keys(table.columns);
    this.#readRow = imageReader(table.columns, this.#columns);
    this.#checks = new Map(
      Object.values(table.events)
        .filter(isEvent)
        .map(event => [event, dataChecker(event)]),
    );
  }

  deleted(event: EventContract, key: Image): Mapped {
    return this.#checked(
      event,
      attempt(() => this.#table.mapKey!(key)),
    );
  }

  row(event: EventContract, change: Change): Mapped {
    const { row, unavailable } = knownAfter(change);
    return this.#mapped(event, row, unavailable);
  }

  #mapped(event: EventContract, row: Row, unavailable: readonly string[]): Mapped {
    const reading = this.#readRow(row, unavailable);
    return 'faults' in reading
      ? reading
      : this.#checked(
          event,
          attempt(() => this.#table.map(reading.image)),
        );
  }

  #checked(event: EventContract, mapped: unknown): Mapped {
    if (mapped instanceof Refusal) return { faults: [this.#refused(mapped)] };
    if (mapped instanceof Failed) return { faults: [mapped.fault] };
    const data = this.#checks.get(event)!(mapped);
    return isFault(data) ? { faults: [data] } : { data };
  }

  #refused(refusal: Refusal): Fault {
    const { column } = refusal;
    const field = column === undefined ? undefined : this.#table.columns[column]?.read;
    return refusedField(refusal, field, column === undefined ? {} : { column });
  }

  /**
   * Only where the log carries the whole row before, but for values that it says are as they were; a previous value is never
   * made up.
   */
  differences(event: EventContract, change: Change, after: Data): Differences | undefined {
    const { before } = change;
    const { unavailable } = knownAfter(change);
    const isKnown = (column: string) => Object.hasOwn(before!, column) || unavailable.includes(column);
    if (!before || !this.#columns.every(isKnown)) return undefined;
    const earlier = this.#mapped(event, before, unavailable);
    return 'data' in earlier ? differences(event, earlier.data, after) : undefined;
  }
}
