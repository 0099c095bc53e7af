/** UTC days as text: `2026-11-28`. */

const dayMilliseconds = 86_400_000;

export const dayOf = (epochMilliseconds: number): string =>
  new Date(epochMilliseconds).toISOString().slice(0, 10);

export const dayAfter = (day: string, days = 1): string => dayOf(Date.parse(day) + days * dayMilliseconds);
