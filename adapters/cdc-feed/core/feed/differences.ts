import type { EventContract } from '#shared/contract/define-event.ts';

type Data = Readonly<Record<string, unknown>>;

/** What an update changed of an event's data. */
export interface Differences {
  /** Properties whose value is another. */
  readonly changed: readonly string[];
  /** Their values before. Personal ones are left out: attributes of an event are no place for them. */
  readonly previous: Data;
}

/** Compares two data of one event, both as its schema gives them back, so that equal values are written alike. */
export type Comparer = (before: Data, after: Data) => Differences;

export function comparer({ pii }: EventContract): Comparer {
  const personal = new Set(pii.map(path => path.replace(/[.[].*$/s, '')));
  return (before, after) => {
    const changed: string[] = [];
    const previous: Record<string, unknown> = {};
    for (const name of namesOf(before, after)) {
      if (isSame(before[name], after[name])) continue;
      changed.push(name);
      if (before[name] !== undefined && !personal.has(name)) previous[name] = before[name];
    }
    return { changed, previous };
  };
}

/** Of both, those of the one before first. */
function namesOf(before: Data, after: Data): readonly string[] {
  const names = Object.keys(before);
  const more = Object.keys(after).filter(name => !Object.hasOwn(before, name));
  return more.length > 0 ? [...names, ...more] : names;
}

/** As far as JSON goes: what is written alike is the same. */
const isSame = (one: unknown, other: unknown): boolean =>
  one === other ||
  (isRecord(one) && isRecord(other) ? isSameRecord(one, other) : written(one) === written(other));

const written = (value: unknown): string | undefined => JSON.stringify(value);

const isRecord = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function isSameRecord(one: Data, other: Data): boolean {
  const [names, others] = [Object.keys(one), Object.keys(other)];
  const isAligned = names.length === others.length && names.every((name, i) => name === others[i]);
  return isAligned ? names.every(name => isSame(one[name], other[name])) : written(one) === written(other);
}
