import { fault } from '#shared/contract/fault.ts';
import type { CapturedTable, ProbeValue } from '../../contract/cdc-table.ts';
import type { Change, Value } from '../change/change.ts';
import { canonicalText } from './canonical-text.ts';
import { type ChangeEvents, faulty, skipped } from './change-result.ts';

/** What becomes of a change of the probe row; undefined for any other row. */
export type ProbeReader = (change: Change) => ChangeEvents | undefined;

/** Holds what the probe row is read as against what the contract says. */
export function probeReader({ key }: CapturedTable, probe: NonNullable<CapturedTable['probe']>): ProbeReader {
  const others = Object.keys(probe).filter(column => !key.includes(column));
  return ({ key: given, after, unavailable }) => {
    const isProbe = key.every(column => isSame(given[column], probe[column]));
    if (!isProbe) return undefined;
    const differing = after
      ? others.filter(column => !unavailable.includes(column) && !isSame(after[column], probe[column]))
      : [];
    return differing.length === 0
      ? skipped('the probe row')
      : faulty(fault('SETTINGS_DIFFER', {}, `read as other values: ${differing.join(', ')}`));
  };
}

const isSame = (value: Value | undefined = null, expected: ProbeValue | undefined = null): boolean =>
  (value === null) === (expected === null) && canonicalText(value) === canonicalText(expected);
