import type { IConstruct } from 'constructs';

/** Who calls a function: what bounds its executions, and where a call that fails goes. */
export interface Caller {
  readonly bounds: string;
  readonly failures: string;
}

const queue: Caller = {
  bounds: 'The event source mapping of its queue bounds its executions.',
  failures: 'A queue calls it, and keeps what fails among its dead letters.',
};
const schedule: Caller = {
  bounds: 'A schedule starts it once an hour or a day.',
  failures: 'A run that fails is done by the next one, and an alarm rings for its errors.',
};
const operators: Caller = {
  bounds: 'People call it, and jobs one at a time.',
  failures: 'Its caller waits for the answer, and gets the error.',
};

/** By a part of the path of its construct. */
const callers: readonly (readonly [part: string, caller: Caller])[] = [
  ['/Lane/', queue],
  ['/Drain/', queue],
  ['/Reconciler/', queue],
  ['/Plans/', queue],
  ['EdgeConsumer-stock-levels/', queue],
  ['/Audit/Sealer/', schedule],
  ['/BusAuditor/', schedule],
  ['/Retention/', schedule],
  ['/Operator/', operators],
  [
    '/PartnerPage/',
    {
      bounds: 'API Gateway throttles its requests.',
      failures: 'API Gateway waits for its answer, and the page shows the error.',
    },
  ],
  ['/Release/', operators],
  [
    '/Receive/',
    {
      bounds: 'The contract reserves its executions.',
      failures: 'API Gateway waits for its answer, and the partner gets the error.',
    },
  ],
  [
    '/Feed/',
    {
      bounds: 'Lambda runs it at most once for each shard and parallel batch of its stream.',
      failures: 'Its event source mapping stores the records that fail in a bucket.',
    },
  ],
  [
    '/Audit/Writer/',
    {
      bounds: 'Lambda runs it at most once for each shard of the tables’ streams.',
      failures:
        'Its event source mapping brings the changes again until they are written, and an alarm rings for their age.',
    },
  ],
  [
    '/Issues/',
    {
      bounds:
        'CloudWatch Logs calls it for lines with faults alone, many at once. An alarm rings when it is throttled.',
      failures:
        'CloudWatch Logs calls it three times. The faults stay in the logs, and an alarm rings for its errors.',
    },
  ],
];

/** A function that is not listed has no reason, so that the rule stops it. */
export const callerOf = ({ node }: IConstruct): Partial<Caller> =>
  callers.find(([part]) => node.path.includes(part))?.[1] ?? {};
