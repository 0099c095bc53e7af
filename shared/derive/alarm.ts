/** One alarm: what CloudWatch watches, and what the runbook says about it. */
export interface AlarmSpec<Id extends string = string, Metric = unknown> {
  /** Also the runbook's anchor, which is the title's. */
  readonly id: Id;
  readonly title: string;
  readonly meaning: string;
  readonly metric: Metric;
  readonly statistic: 'Maximum' | 'Sum';
  /** The alarm rings when the statistic of one period is at least this. No data is no alarm. */
  readonly threshold: number;
  readonly unit: 'count' | 'seconds' | 'percent';
  readonly periodSeconds: number;
  /** `docs/runbooks/<integration>.md#<id>` */
  readonly runbook: string;
  /** Steps, in order, for whoever is called. */
  readonly whatToDo: readonly string[];
}

/** Alarms of an integration with the place of each in its runbook. */
export const withRunbook = <A extends Omit<AlarmSpec, 'runbook'>>(
  { id }: { readonly id: string },
  alarms: readonly A[],
): readonly (A & { readonly runbook: string })[] =>
  alarms.map(alarm => ({ ...alarm, runbook: `docs/runbooks/${id}.md#${alarm.id}` }));

/** Rings when so many are counted within the period. */
export const counted = (threshold: number, periodSeconds: number) =>
  ({ statistic: 'Sum', threshold, unit: 'count', periodSeconds }) as const;

/** Rings when a queue holds so many messages. */
export const waiting = (threshold: number) =>
  ({ statistic: 'Maximum', threshold, unit: 'count', periodSeconds: 60 }) as const;

/** Rings when the oldest of what waits is so many seconds old. */
export const waitingSince = (seconds: number) =>
  ({ statistic: 'Maximum', threshold: seconds, unit: 'seconds', periodSeconds: 60 }) as const;

/** CloudWatch's names for what is waiting in a queue. */
export const queueMetrics = {
  depth: 'ApproximateNumberOfMessagesVisible',
  age: 'ApproximateAgeOfOldestMessage',
} as const;

/** A function that dies before it can say what became of its work. One is enough: the next may be minutes away. */
export const functionErrors = (meaning: string, whatToDo: readonly string[]) =>
  ({
    id: 'function-errors',
    title: 'Function errors',
    meaning,
    metric: { kind: 'function', name: 'Errors' },
    ...counted(1, 300),
    whatToDo: [
      ...whatToDo,
      'An error while loading is a bad deployment (a missing variable, a broken bundle): deploy the version before.',
    ],
  }) as const;
