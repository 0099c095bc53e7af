import { EventPatternError, type Matcher, matcher } from './event-matchers.ts';

export { EventPatternError };

/** Whether an event (or a part of one; undefined where it is absent) fits. */
export type EventTest = (event: unknown) => boolean;

/**
 * Compiles an EventBridge event pattern. Arrays in the event fit when one of their elements does; all fields asked of an
 * object in an array must be found in the same element.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 * @throws EventPatternError on what EventBridge would refuse.
 */
export function compileEventPattern(pattern: unknown): EventTest {
  return object(pattern, '');
}

function object(pattern: unknown, path: string): EventTest {
  if (!isObject(pattern)) throw new EventPatternError(`${path || 'pattern'} must be an object or an array`);
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw new EventPatternError(`${path || 'pattern'} is empty`);
  const tests = entries.map(([key, value]) => (key === '$or' ? or(value, path) : field(key, value, path)));
  return event => elements(event).some(element => tests.every(test => test(element)));
}

/** An object to look into: each element of an array, and nothing at all for what is no object. */
function elements(event: unknown): readonly unknown[] {
  if (!Array.isArray(event)) return [isObject(event) ? event : undefined];
  const objects = event.flat(Number.POSITIVE_INFINITY).filter(isObject);
  return objects.length ? objects : [undefined];
}

function or(alternatives: unknown, path: string): EventTest {
  if (!Array.isArray(alternatives) || alternatives.length < 2)
    throw new EventPatternError(`${path}$or must be an array of at least two patterns`);
  const tests = alternatives.map((alternative, n) => object(alternative, `${path}$or[${n}]`));
  return event => tests.some(test => test(event));
}

function field(key: string, value: unknown, path: string): EventTest {
  const place = path ? `${path}.${key}` : key;
  const test = Array.isArray(value) ? leaf(value, place) : object(value, place);
  return event => test(isObject(event) && Object.hasOwn(event, key) ? event[key] : undefined);
}

function leaf(alternatives: readonly unknown[], path: string): EventTest {
  if (alternatives.length === 0) throw new EventPatternError(`${path} is an empty array`);
  const matchers: readonly Matcher[] = alternatives.map(alternative => matcher(alternative, path));
  return value => {
    const leaves = leavesOf(value);
    return matchers.some(({ absent, fits }) =>
      absent ? leaves.length === 0 : leaves.some(candidate => fits(candidate)),
    );
  };
}

/** Objects are no leaves: `exists` does not see them. */
function leavesOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  const values = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
  return values.filter(item => !isObject(item));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
