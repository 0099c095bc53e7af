import { DecimalSum } from './control-totals.ts';

/** Control totals by column, as exact decimal strings. */
export type Totals = Readonly<Record<string, string>>;

/** The sum, column by column. @throws Error on an amount that is no decimal: these are sums of our own. */
export function sumTotals(parts: readonly Totals[]): Totals {
  const sums = new Map<string, DecimalSum>();
  for (const part of parts) {
    for (const [column, amount] of Object.entries(part)) {
      const sum = sums.get(column) ?? new DecimalSum();
      if (!sum.add(amount)) throw new Error(`the total of ${column} is no decimal`);
      sums.set(column, sum);
    }
  }
  return Object.fromEntries([...sums].map(([column, sum]) => [column, String(sum)]));
}
