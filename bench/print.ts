import Table from 'cli-table3';

export function printTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
  });
  table.push(...rows.map(row => [...row]));
  console.log(`\n${title}\n${table.toString()}`);
}

export const micros = (value: number): string => `${value.toFixed(1)} us`;
export const times = (value: number): string => `${value.toFixed(2)} x`;
export const mib = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MiB`;

/** A figure against its target. */
export const verdict = (isMet: boolean, target: string): string => `${isMet ? 'met' : 'NOT met'}: ${target}`;
