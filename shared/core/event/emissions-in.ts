import type { Emission } from '../../contract/emission.ts';
import { isPromise } from '../mapping/author-code.ts';

/** What a mapping gave, as a list of emissions; or in words what it gave instead, never its value. */
export function emissionsIn(mapped: unknown): readonly Emission[] | string {
  if (!Array.isArray(mapped)) return isEmission(mapped) ? [mapped] : `the mapping gave ${described(mapped)}`;
  const stranger = mapped.findIndex(item => !isEmission(item));
  return stranger < 0
    ? (mapped as readonly Emission[])
    : `item ${stranger + 1} of what the mapping gave is ${described(mapped[stranger])}`;
}

const isEmission = (value: unknown): value is Emission =>
  typeof value === 'object' &&
  value !== null &&
  'event' in value &&
  typeof value.event === 'object' &&
  'data' in value;

function described(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (isPromise(value)) return 'a promise; a mapping may not wait for anything';
  return 'nothing that emit() made';
}
