/** What a subject prints. */
export interface Measurement {
  readonly rows: number;
  /** CPU of all threads, user and system, without the start of the process. */
  readonly cpuMicroseconds: number;
  readonly peakRssBytes: number;
}

/** Measures `work`, which gives the rows it took. */
export async function measured(work: () => Promise<number>): Promise<void> {
  const before = process.cpuUsage();
  const rows = await work();
  const { user, system } = process.cpuUsage(before);
  const peakRssBytes = process.resourceUsage().maxRSS * 1024;
  const measurement: Measurement = { rows, cpuMicroseconds: user + system, peakRssBytes };
  process.stdout.write(JSON.stringify(measurement));
}
