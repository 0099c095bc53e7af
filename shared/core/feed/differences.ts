import type { EventContract } from '../../contract/define-event.ts';

type Data = Readonly<Record<string, unknown>>;

/** What an update changed of an event's data. */
export interface Differences {
  /** Properties whose value is another. */
  readonly changed: readonly string[];
  /** Their values before. Personal ones are left out: attributes of an event are no place for them. */
  readonly previous: Data;
}

/** Compares two data of one event, both as its schema gives them back, so that equal values are written alike. */
export function differences(event: EventContract, before: Data, after: Data): Differences {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter(name => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const told = changed.filter(name => before[name] !== undefined && !isPersonal(event, name));
  return { changed, previous: Object.fromEntries(told.map(name => [name, before[name]])) };
}

const isPersonal = ({ pii }: EventContract, property: string): boolean =>
  pii.some(path => path === property || path.startsWith(`${property}.`) || path.startsWith(`${property}[`));
