import type { EventContract } from '#shared/contract/define-event.ts';
import { type Fault, isFault } from '#shared/contract/fault.ts';
import { Refusal } from '#shared/contract/field.ts';
import { dataChecker, type EventData } from '#shared/core/event/data-checker.ts';
import { refusedField } from '#shared/core/mapping/read-row.ts';
import { type CapturedTable, isEvent } from '../../contract/cdc-table.ts';
import type { Change, Row } from '../change/change.ts';
import { attempt, Failed } from './attempt.ts';
import { comparer, type Differences } from './differences.ts';
import { type Image, imageReader, knownAfter, type TwinImage } from './read-image.ts';

/** Data of an event, as its schema gave it back. */
export type Mapped = { readonly data: EventData; readonly differences?: Differences | undefined } | Faults;

interface Faults {
  readonly faults: readonly Fault[];
}

/** The data of a row, with what it was read from. */
interface MappedRow extends TwinImage {
  readonly data: EventData;
  /** Columns that are still not known. */
  readonly unavailable: readonly string[];
}

/** A table's rows and keys as data of its events: columns read, mapped, held against the schema. */
export class TableMapping {
  readonly #table: CapturedTable;
  readonly #columns: readonly string[];
  readonly #readRow;
  readonly #rules;

  constructor(table: CapturedTable) {
    this.#table = table;
    this.#columns = Object.keys(table.columns);
    this.#readRow = imageReader(table.columns, this.#columns);
    this.#rules = new Map(
      Object.values(table.events)
        .filter(isEvent)
        .map(event => [event, { check: dataChecker(event), compare: comparer(event) }]),
    );
  }

  deleted(event: EventContract, key: Image): Mapped {
    return this.#checked(
      event,
      attempt(() => this.#table.mapKey!(key)),
    );
  }

  created(event: EventContract, change: Change): Mapped {
    const row = this.#after(event, change);
    return 'faults' in row ? row : { data: row.data };
  }

  updated(event: EventContract, change: Change): Mapped {
    const after = this.#after(event, change);
    if ('faults' in after) return after;
    return { data: after.data, differences: this.#differences(event, change, after) };
  }

  #after(event: EventContract, change: Change): MappedRow | Faults {
    const { row, unavailable } = knownAfter(change);
    return this.#mapped(event, row, unavailable);
  }

  /**
   * Only where the log carries the whole row before, but for values that it says are as they were; a previous value is never
   * made up.
   */
  #differences(event: EventContract, { before }: Change, after: MappedRow): Differences | undefined {
    const { unavailable } = after;
    const isKnown = (column: string) => Object.hasOwn(before!, column) || unavailable.includes(column);
    if (!before || !this.#columns.every(isKnown)) return undefined;
    const earlier = this.#mapped(event, before, unavailable, after);
    return 'data' in earlier ? this.#rules.get(event)!.compare(earlier.data, after.data) : undefined;
  }

  #mapped(
    event: EventContract,
    row: Row,
    unavailable: readonly string[],
    twin?: TwinImage,
  ): MappedRow | Faults {
    const reading = this.#readRow(row, unavailable, twin);
    if ('faults' in reading) return reading;
    const { image } = reading;
    const mapped = this.#checked(
      event,
      attempt(() => this.#table.map(image)),
    );
    return 'faults' in mapped ? mapped : { data: mapped.data, row, image, unavailable };
  }

  #checked(event: EventContract, mapped: unknown): Mapped {
    if (mapped instanceof Refusal) return { faults: [this.#refused(mapped)] };
    if (mapped instanceof Failed) return { faults: [mapped.fault] };
    const data = this.#rules.get(event)!.check(mapped, {});
    return isFault(data) ? { faults: [data] } : { data };
  }

  #refused(refusal: Refusal): Fault {
    const { column } = refusal;
    const field = column === undefined ? undefined : this.#table.columns[column]?.read;
    return refusedField(refusal, field, column === undefined ? {} : { column });
  }
}
