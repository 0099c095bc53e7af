/** The item at an index that is known to exist; `what` names it in the error. @throws RangeError when there is none: a bug. */
export function itemAt<T>(items: readonly T[], at: number, what = 'item'): T {
  const item = items[at];
  if (item === undefined) throw new RangeError(`there is no ${what} ${at} of ${items.length}`);
  return item;
}
