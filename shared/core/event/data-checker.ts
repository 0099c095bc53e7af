import * as z from 'zod';
import type { EventContract } from '../../contract/define-event.ts';
import { type Fault, fault, type Place } from '../../contract/fault.ts';
import { describeIssues } from './describe-issues.ts';

/** The data of an event, as its schema gave it back. */
export type EventData = Readonly<Record<string, unknown>>;

export type DataChecker = (data: unknown, at: Place) => EventData | Fault;

/** Compiling takes a millisecond, and a warm function checks data of the same events for each file, request or batch. */
const compiled = new WeakMap<EventContract, EventContract['schema']>();

function compiledSchema(event: EventContract): EventContract['schema'] {
  const schema = compiled.get(event) ?? z.compile(event.schema);
  compiled.set(event, schema);
  return schema;
}

/** Checks data against an event's schema, which is compiled once. A fault says where and in what way, never the value. */
export function dataChecker(event: EventContract): DataChecker {
  const schema = compiledSchema(event);
  return (data, at) => {
    const checked = schema.safeParse(data);
    if (checked.success) return checked.data as EventData;
    const detail = `the data does not fit ${event.type} at ${describeIssues(checked.error)}`;
    return fault('SCHEMA_VIOLATION', at, detail);
  };
}
