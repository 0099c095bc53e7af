import type { CallsMeasurement } from './subject.ts';

/** List prices of us-east-1 in US dollars: docs/costs.md. */
const perCall: Readonly<Record<string, number>> = {
  'DynamoDB GetItem': 0.25e-6 / 2,
  'DynamoDB PutItem': 0.625e-6,
  'DynamoDB UpdateItem': 0.625e-6,
  'DynamoDB Query': 0.125e-6,
  'S3 PUT': 5e-6,
  'S3 POST': 5e-6,
  'S3 GET': 0.4e-6,
  'S3 HEAD': 0.4e-6,
};
const otherCall = 0.4e-6;
const busUnit = 1e-6;
const busUnitBytes = 65_536;
/** 1,769 MB on arm64 is one core. */
const coreSecond = 1.7275 * 0.0000133334;

/** Dollars for a million units: calls, the bus by units of 64 KiB, and CPU on Lambda. Waiting, archive and storage are not in it. */
export function dollarsAMillion({
  calls,
  units,
  entries,
  busBytes,
  cpuMicroseconds,
}: CallsMeasurement): number {
  const others = Object.entries(calls)
    .filter(([name]) => !name.endsWith('PutEvents'))
    .reduce((sum, [name, count]) => sum + count * (perCall[name] ?? otherCall), 0);
  const bus = Math.max(entries, busBytes / busUnitBytes) * busUnit;
  return ((others + bus + (cpuMicroseconds / 1e6) * coreSecond) / units) * 1e6;
}
