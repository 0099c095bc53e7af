import type { Tenant } from '../contract/contract-base.ts';
import { limits } from '../contract/limits.ts';
import { code } from './markdown.ts';

/** A capital at the beginning and a full stop at the end. */
export const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/** `a, b and c` */
export const enumerated = (items: readonly string[], last = 'and'): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;

/** In the largest unit that fits exactly: 300 is `5 minutes`, 90 is `90 seconds`. */
export function duration(seconds: number): string {
  const [size, unit] = units.find(([size]) => seconds >= size && seconds % size === 0) ?? [1, 'second'];
  return `${seconds / size} ${unit}${seconds === size ? '' : 's'}`;
}

const units = [
  [limits.secondsADay, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
] as const;

/** In whole MiB, else whole KiB, else bytes. */
export function size(bytes: number): string {
  if (bytes % 1_048_576 === 0) return `${bytes / 1_048_576} MiB`;
  return bytes % 1_024 === 0 ? `${bytes / 1_024} KiB` : `${bytes} bytes`;
}

/** The tenant of the events. `place` is where it is read from: a column or a field. */
export const tenantInWords = (tenant: Tenant, place: string): string =>
  'constant' in tenant
    ? `Always ${code(tenant.constant)}. Every event has it as ${code('tenantid')}`
    : `From the ${place} ${code(tenant.from)}, one of ${tenant.allowed.map(code).join(', ')}. Any other is quarantined as TENANT_MISMATCH`;
