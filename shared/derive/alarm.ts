/** One alarm: what CloudWatch measures, and what the runbook says about it. */
export interface AlarmSpec<Id extends string = string, Metric = unknown> {
  /** Also the anchor in the runbook: the title in lower case with hyphens. */
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

/** Adds to each alarm its place in the integration's runbook. */
export const withRunbook = <A extends Omit<AlarmSpec, 'runbook'>>(
  { id }: { readonly id: string },
  alarms: readonly A[],
): readonly (A & { readonly runbook: string })[] =>
  alarms.map(alarm => ({ ...alarm, runbook: `docs/runbooks/${id}.md#${alarm.id}` }));

/** Rings when at least `threshold` are counted within the period. */
export const counted = (threshold: number, periodSeconds: number) =>
  ({ statistic: 'Sum', threshold, unit: 'count', periodSeconds }) as const;

/** Rings when a queue holds at least `threshold` messages. */
export const waiting = (threshold: number) =>
  ({ statistic: 'Maximum', threshold, unit: 'count', periodSeconds: 60 }) as const;

/** Rings when the oldest waiting message or record is at least this old. */
export const waitingSince = (seconds: number) =>
  ({ statistic: 'Maximum', threshold: seconds, unit: 'seconds', periodSeconds: 60 }) as const;

/** CloudWatch's metrics of the messages that wait in a queue. */
export const queueMetrics = {
  depth: 'ApproximateNumberOfMessagesVisible',
  age: 'ApproximateAgeOfOldestMessage',
} as const;

/** A function that fails without an answer. One error is enough to ring: the next may be minutes away. */
export const functionErrors = (meaning: string, whatToDo: readonly string[]) =>
  ({
    id: 'function-errors',
    title: 'Function errors',
    meaning,
    metric: { kind: 'function', name: 'Errors' },
    ...counted(1, 300),
    whatToDo: [
      ...whatToDo,
      'If the error occurred while the code was loaded, the deployment is bad (a missing variable, a broken bundle): deploy the previous version.',
    ],
  }) as const;

/** The term of a CloudWatch filter pattern for log lines with this message. */
export const messageIs = (message: string): string => `$.message = "${message}"`;

/** The filter pattern for log lines with this message. */
export const linesWith = (message: string): string => `{ ${messageIs(message)} }`;
