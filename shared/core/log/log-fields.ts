import { describeError } from './describe-error.ts';

export type LogFields = Readonly<Record<string, unknown>>;

/** The fields of a log line as they are written. `error` and any other error never quotes the input. Every log goes through this. */
export const safeFields = (fields: LogFields): LogFields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, safeValue(name, value)]));

/** Anything may be thrown: `error` is described even where it is a text. */
const safeValue = (name: string, value: unknown): unknown =>
  name === 'error' || value instanceof Error ? describeError(value) : value;
