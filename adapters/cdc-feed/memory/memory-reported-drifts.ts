import type { ReportedDrifts } from '../ports.ts';

export class MemoryReportedDrifts implements ReportedDrifts {
  readonly keys = new Set<string>();

  async has(key: string): Promise<boolean> {
    return this.keys.has(key);
  }

  async add(key: string): Promise<void> {
    this.keys.add(key);
  }
}
