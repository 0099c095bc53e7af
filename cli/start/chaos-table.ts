import type { ChaosDone } from '#local/chaos/chaos.ts';
import { fittedTable, type Grid } from '../demo/fitted-table.ts';

/** What went wrong on purpose, and where. */
export function chaosTable(done: readonly ChaosDone[], seed: string): string {
  const grid: Grid = {
    columns: ['where', 'what went wrong', 'times'],
    numeric: new Set(['times']),
    rows: done.map(({ where, fault, times }) => [where, fault, String(times)]),
  };
  const times = done.reduce((sum, each) => sum + each.times, 0);
  return `Chaos with seed ${seed}: ${times} faults\n${fittedTable(grid)}`;
}
