/** What the drain remembers a delivery by, beside what its sender is remembered by. */
export const drainedName = (correlationId: string): string => `${correlationId}.drained`;
