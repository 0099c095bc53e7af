/** What a partner may do, as a simulator plays it. */
export const simulationCases = [
  'success',
  'rejection',
  'delay',
  'timeout',
  'duplicate',
  'reordering',
  'malformed',
  'unauthorised',
  'unknown',
] as const;

export type SimulationCase = (typeof simulationCases)[number];
