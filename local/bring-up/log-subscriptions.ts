import * as z from 'zod';
import { AssemblyError, at } from '../assembly/template.ts';
import { functionNamed } from '../lambda/called-function.ts';
import type { FunctionSpec } from '../lambda/function-spec.ts';
import type { Functions } from '../lambda/functions.ts';
import { invokeAsync } from '../lambda/invoke-async.ts';
import { linePattern } from '../logs/filter-pattern.ts';
import { LogDeliveries } from '../logs/log-deliveries.ts';
import { readProperties } from './read.ts';
import type { Site } from './site.ts';

const filterShape = z.object({
  LogGroupName: z.string(),
  FilterPattern: z.string(),
  DestinationArn: z.string(),
});

interface Running {
  readonly functions: Functions;
  readonly stopped: AbortSignal;
}

/** Hands the lines of logs to the functions that subscribed to them. */
export function bringUpLogSubscriptions(
  { blueprint, report }: Pick<Site, 'blueprint' | 'report'>,
  specs: readonly FunctionSpec[],
  { functions, stopped }: Running,
): void {
  for (const resource of blueprint.ofType('AWS::Logs::SubscriptionFilter')) {
    const { LogGroupName, FilterPattern, DestinationArn } = readProperties(blueprint, resource, filterShape);
    const matches = linePattern(FilterPattern);
    if (!matches)
      throw new AssemblyError(
        `${at(resource)}: filter pattern ${FilterPattern} is not served by the local cloud`,
      );
    const deliver = (payload: string) =>
      invokeAsync(given => functions.invoke(functionNamed(DestinationArn), given), payload, stopped).catch(
        problem => {
          if (!stopped.aborted) report(`${at(resource)} could not reach ${DestinationArn}: ${problem}`);
        },
      );
    for (const { name, logGroup } of specs.filter(spec => spec.logGroup === LogGroupName)) {
      const source = { logGroup, logStream: name, filter: blueprint.identity(resource).ref };
      const deliveries = new LogDeliveries(source, payload => void deliver(payload));
      functions.onLine(name, line => {
        if (matches(line)) deliveries.take(line, Date.now());
      });
    }
  }
}
