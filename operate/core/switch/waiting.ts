import { limits } from '#shared/contract/limits.ts';
import type { KnownIntegration } from '../known-integration.ts';
import type { Switch } from './switch.ts';

/** What waits while an integration is disabled. */
const inputs: Readonly<Record<KnownIntegration['kind'], string>> = {
  'file-lane': 'files are dropped as always, and their notifications wait in the queue',
  'webhook-fence': 'requests are verified, archived and answered as accepted, and wait in the spill queue',
  'cdc-feed': 'changes wait in the stream',
};

/** In words, with how long. */
export function waitingInWords({ kind, waitsHours, undeliveredHours }: KnownIntegration): string {
  const long =
    waitsHours === undefined ? 'as long as its topics keep them' : `for ${waitsHours} hours at most`;
  const late =
    undeliveredHours === undefined
      ? ''
      : `. Those that are ${hoursInWords(undeliveredHours)} old when it is enabled become undelivered, and are redelivered by a plan`;
  return `${inputs[kind]}, ${long}${late}`;
}

const hoursInWords = (hours: number): string =>
  hours >= 1 ? `${+hours.toFixed(1)} hours` : `${Math.round(hours * 60)} minutes`;

const millisecondsAnHour = 3_600_000;

/** Until when nothing is lost: epoch milliseconds. Undefined where only the cluster knows. */
export const waitsUntil = (
  { waitsHours }: Pick<KnownIntegration, 'waitsHours'>,
  { at }: Pick<Switch, 'at'>,
): number | undefined =>
  waitsHours === undefined ? undefined : Date.parse(at) + waitsHours * millisecondsAnHour;

/** Since when, by whom, and until when nothing is lost. */
export function disabledInWords(known: KnownIntegration, set: Switch): string {
  const until = waitsUntil(known, set);
  const waits =
    until === undefined ? 'as long as its topics keep it' : `until ${new Date(until).toISOString()}`;
  return `disabled since ${set.at} by ${set.by.split(':').at(-1)}; its input waits ${waits}`;
}

/** Whether people must look at an integration that is disabled, before what waits is lost. */
export function isLongDisabled(
  { waitsHours = limits.workQueueHours }: Pick<KnownIntegration, 'waitsHours'>,
  { at }: Pick<Switch, 'at'>,
  now: number,
): boolean {
  return now - Date.parse(at) > waitsHours * millisecondsAnHour * limits.disabledPatience;
}
