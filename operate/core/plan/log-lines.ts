/** What is logged, and what alarms look for. */
export const planLogLines = { operation: 'operation recorded' } as const;
