import type { Template } from 'aws-cdk-lib/assertions';
import { feedContracts } from './fixtures/feeds.ts';
import { fenceContracts } from './fixtures/fences.ts';
import { contracts } from './fixtures/lanes.ts';
import { fixtureApp, templatesOf } from './fixtures/synthesised.ts';

const stacks = [
  ...templatesOf(fixtureApp({}, contracts)),
  ...templatesOf(fixtureApp({}, feedContracts)).slice(1),
  ...templatesOf(fixtureApp({}, fenceContracts)).slice(1),
];

interface Target {
  readonly DeadLetterConfig?: object;
}

interface Metric {
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Value: { readonly Ref?: string } }[];
}

const propertiesOf = (stack: Template, type: string) =>
  Object.entries(stack.findResources(type)).map(([id, { Properties }]) => ({ id, ...Properties }));

/** Names of the metrics of a resource that alarms of its stack look at, whatever they compute of them. */
const watchedOf = (stack: Template, id: string): string[] =>
  propertiesOf(stack, 'AWS::CloudWatch::Alarm')
    .flatMap((alarm): Metric[] => [
      alarm,
      ...(alarm.Metrics ?? []).map(({ MetricStat }: { MetricStat?: { Metric: Metric } }) => ({
        ...MetricStat?.Metric,
      })),
    ])
    .filter(({ Dimensions = [] }) => Dimensions.some(({ Value }) => Value.Ref === id))
    .map(({ MetricName = '' }) => MetricName);

describe('in every stack', () => {
  const rules = stacks.flatMap(stack =>
    propertiesOf(stack, 'AWS::Events::Rule').map(rule => ({ stack, ...rule })),
  );
  const functions = stacks.slice(1).flatMap(stack =>
    propertiesOf(stack, 'AWS::Lambda::Function')
      .filter(({ Environment }) => Environment?.Variables.POWERTOOLS_SERVICE_NAME)
      .map(fn => ({ stack, ...fn })),
  );

  it('every target of a rule has a dead-letter queue', () => {
    expect(rules.length).toBeGreaterThanOrEqual(5);
    for (const { id, Targets } of rules)
      for (const target of Targets as readonly Target[])
        expect({ id, ...target }).toHaveProperty('DeadLetterConfig');
  });

  it('every rule whose target fails rings', () => {
    for (const { stack, id } of rules) expect(watchedOf(stack, id)).toContain('FailedInvocations');
  });

  it('every function of an integration that fails, or that Lambda does not start, rings', () => {
    expect(functions.length).toBeGreaterThanOrEqual(5);
    for (const { stack, id } of functions)
      expect(watchedOf(stack, id)).toEqual(expect.arrayContaining(['Errors', 'Throttles']));
  });
});
