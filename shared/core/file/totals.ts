import { DecimalSum } from './control-totals.ts';

/** Control totals by column, as exact decimal strings. */
export type Totals = Readonly<Record<string, string>>;

/** The sum, column by column. */
export function sumTotals(parts: readonly Totals[]): Totals {
  const sums = new Map<string, DecimalSum>();
  for (const part of parts) {
    for (const [column, amount] of Object.entries(part)) {
      const sum = sums.get(column) ?? new DecimalSum();
      sum.add(amount);
      sums.set(column, sum);
    }
  }
  return Object.fromEntries([...sums].map(([column, sum]) => [column, String(sum)]));
}
