import { HttpCalls } from '../lane/http-calls.ts';

/** What a subject with calls prints. */
export interface CallsMeasurement {
  readonly units: number;
  /** CPU of all threads, user and system, of the second run. */
  readonly cpuMicroseconds: number;
  readonly peakRssBytes: number;
  readonly calls: Readonly<Record<string, number>>;
  /** Bytes of the requests that went to the bus, and the entries in them. */
  readonly busBytes: number;
  readonly entries: number;
}

/** CPU of one unit, in microseconds. */
export const cpuOfUnit = ({ cpuMicroseconds, units }: CallsMeasurement): number => cpuMicroseconds / units;

/** Works once to warm up, and once measured: `<subject> <warm-up> <measured>`. `work` gives the units it took, and their entries. */
export async function measureCalls(
  work: (key: string) => Promise<number | { readonly units: number; readonly entries: number }>,
): Promise<void> {
  const [warmUp, key] = process.argv.slice(2) as [string, string];
  await work(warmUp);
  const http = new HttpCalls();
  http.start();
  const before = process.cpuUsage();
  const worked = await work(key);
  const { user, system } = process.cpuUsage(before);
  http.stop();
  const { units, entries } = typeof worked === 'number' ? { units: worked, entries: worked } : worked;
  const measurement: CallsMeasurement = {
    units,
    cpuMicroseconds: user + system,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    calls: Object.fromEntries(http.counts),
    busBytes: http.busBytes,
    entries,
  };
  process.stdout.write(JSON.stringify(measurement), () => process.exit());
}
