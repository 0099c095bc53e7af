import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { derivedAlarm } from './derived-alarm.ts';

export interface FunctionAlarmsProps {
  /** Begins the names of the alarms: `platformPart` of a function of the platform. */
  readonly name: string;
  /** What does not work while the alarm is on. */
  readonly meaning: string;
  readonly fn: IFunction;
  readonly stage: Stage;
  readonly topic: ITopic;
  /** Default: the one of all functions of the platform. */
  readonly runbook?: string;
  /** How many errors within which time raise the alarm. Default: one in five minutes. */
  readonly errors?: { readonly threshold: number; readonly period: Duration };
  /** For how many periods of five minutes it is not started. Default: one. */
  readonly throttledPeriods?: number;
}

const suite = 'docs/guides/operate.md#the-suite-itself';
const period = Duration.minutes(5);

/** A function of the platform that fails, or is not started. */
export function functionAlarms(parent: Construct, props: FunctionAlarmsProps): void {
  const { name, meaning, fn, stage, topic, runbook = suite, errors, throttledPeriods } = props;
  const scope = new Construct(parent, `${name}-function`);
  const owner = { integration: name, stage, topic };
  derivedAlarm(
    scope,
    {
      ...{ id: 'function-errors', runbook, threshold: errors?.threshold ?? 1 },
      meaning: `The function fails. ${meaning}`,
    },
    { metric: fn.metricErrors({ period: errors?.period ?? period, statistic: 'Sum' }), owner },
  );
  derivedAlarm(
    scope,
    {
      ...{ id: 'throttled-function', runbook, threshold: 1 },
      ...(throttledPeriods !== undefined && { periods: throttledPeriods }),
      meaning: `Lambda does not start the function. ${meaning}`,
    },
    { metric: fn.metricThrottles({ period, statistic: 'Sum' }), owner },
  );
}
