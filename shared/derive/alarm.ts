import type { ContractBase } from '../contract/contract-base.ts';

/** One alarm: what CloudWatch measures, and what the runbook says about it. */
export interface AlarmSpec<Id extends string = string, Metric = unknown> {
  /** Also the anchor in the runbook: the title in lower case with hyphens. */
  readonly id: Id;
  readonly title: string;
  readonly meaning: string;
  readonly metric: Metric;
  readonly statistic: 'Maximum' | 'Sum';
  /** The alarm rings when the statistic of one period is at least this. */
  readonly threshold: number;
  /** `state`: the metric is 1 when it is so, else 0. */
  readonly unit: 'count' | 'seconds' | 'percent' | 'state';
  readonly periodSeconds: number;
  /** It rings when that many periods in a row are so. Default 1. */
  readonly periods?: number;
  /** Whether a period without data counts as one that rings. Default: it does not. */
  readonly noDataRings?: true;
  /** Whether it stops a deployment that is under way, and takes it back. It must be silent for a deployment to begin. */
  readonly stopsDeployment?: true;
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

/** Alarms that the code of a new version can cause at once, and that are silent when all is well: see `stopsDeployment`. */
export const stoppingDeployments = <A extends object>(
  alarms: readonly A[],
): readonly (A & { readonly stopsDeployment: true })[] =>
  alarms.map(alarm => ({ ...alarm, stopsDeployment: true }));

/** Rings when at least `threshold` are counted within the period. */
export const counted = (threshold: number, periodSeconds: number) =>
  ({ statistic: 'Sum', threshold, unit: 'count', periodSeconds }) as const;

/** Rings when a queue holds at least `threshold` messages. */
export const waiting = (threshold: number) =>
  ({ statistic: 'Maximum', threshold, unit: 'count', periodSeconds: 60 }) as const;

/** Rings when the oldest waiting message or record is at least this old. */
export const waitingSince = (seconds: number) =>
  ({ statistic: 'Maximum', threshold: seconds, unit: 'seconds', periodSeconds: 60 }) as const;

/** Rings when a state holds for so many hours in a row. */
export const forHours = (periods: number) =>
  ({ statistic: 'Sum', threshold: 1, unit: 'state', periodSeconds: 3_600, periods }) as const;

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

/** Invocations that Lambda refused: they are no errors of the function, so nothing else rings. */
export const functionThrottles = (meaning: string, whatToDo: readonly string[]) =>
  ({
    id: 'throttled-function',
    title: 'Throttled function',
    meaning: `Lambda refused to start the function: the account, or the function, is at its limit of concurrent executions. ${meaning}`,
    metric: { kind: 'function', name: 'Throttles' },
    ...counted(1, 300),
    whatToDo: [
      'In CloudWatch, compare `ConcurrentExecutions` of the account with its quota: Service Quotas, AWS Lambda, “Concurrent executions”.',
      'If one function takes most of it, find out why: a flood, or calls that became slow. Limit it by `maxConcurrency` in its contract.',
      'Otherwise ask for a higher quota.',
      ...whatToDo,
    ],
  }) as const;

/** Nothing came for as long as the contract says. None where it says nothing. */
export const quiet = (
  { quietForHours }: Pick<ContractBase, 'quietForHours'>,
  words: { readonly meaning: string; readonly whatToDo: readonly string[] },
) =>
  quietForHours === undefined
    ? []
    : ([
        {
          id: 'quiet',
          title: 'Quiet',
          meaning: `${words.meaning} for ${quietForHours} hours. The contract says that this does not happen.`,
          metric: { kind: 'quiet' },
          ...forHours(quietForHours),
          noDataRings: true,
          whatToDo: words.whatToDo,
        },
      ] as const);

/** The term of a CloudWatch filter pattern for log lines with this message. */
export const messageIs = (message: string): string => `$.message = "${message}"`;

/** The filter pattern for log lines with this message. */
export const linesWith = (message: string): string => `{ ${messageIs(message)} }`;
