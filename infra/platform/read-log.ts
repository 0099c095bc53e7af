import { Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { derive } from '#adapters/derive/derivations.ts';
import type { Integration } from '#adapters/integration.ts';
import type { Stage } from '../stage.ts';
import { filteredTo } from './derived-alarm.ts';
import type { Platform } from './platform.ts';
import { recordIssues } from './record-issues.ts';

export interface ReadLogProps {
  readonly contract: Integration;
  /** Of the integration's functions. */
  readonly log: ILogGroup;
  readonly platform: Pick<Platform, 'issueRecorder'>;
  readonly stage: Stage;
}

/** Makes issues and signals of what the functions of an integration log. */
export function readLog(stack: Construct, { contract, log, platform, stage }: ReadLogProps): void {
  recordIssues(stack, { log, recorder: platform.issueRecorder });
  const scope = new Construct(stack, 'Signals');
  for (const { name, unit, pattern, value } of derive(contract).signals)
    new MetricFilter(scope, name, {
      logGroup: log,
      filterPattern: FilterPattern.literal(pattern),
      ...filteredTo({ integration: contract.id, stage }, name),
      metricValue: value,
      unit: unit === 'Count' ? Unit.COUNT : Unit.MILLISECONDS,
    });
}
