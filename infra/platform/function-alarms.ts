import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { derivedAlarm } from './derived-alarm.ts';

export interface FunctionAlarmsProps {
  /** Begins the names of the alarms. */
  readonly name: string;
  /** What does not work while it rings. */
  readonly meaning: string;
  readonly fn: IFunction;
  readonly stage: Stage;
  readonly topic: ITopic;
}

const runbook = 'docs/guides/operate.md#the-suite-itself';
const options = { period: Duration.minutes(5), statistic: 'Sum' } as const;

/** A function of the platform that fails, or is not started. */
export function functionAlarms(
  parent: Construct,
  { name, meaning, fn, stage, topic }: FunctionAlarmsProps,
): void {
  const scope = new Construct(parent, 'Alarms');
  const owner = { integration: name, stage, topic };
  derivedAlarm(
    scope,
    { id: 'function-errors', meaning: `The function fails. ${meaning}`, runbook, threshold: 1 },
    { metric: fn.metricErrors(options), owner },
  );
  derivedAlarm(
    scope,
    {
      id: 'throttled-function',
      meaning: `Lambda does not start the function. ${meaning}`,
      runbook,
      threshold: 1,
    },
    { metric: fn.metricThrottles(options), owner },
  );
}
