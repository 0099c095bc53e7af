import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { bundleEntries } from '#infra/bundle-entries.ts';
import { entryText } from '#infra/bundle-entry.ts';
import type { Contracts } from '#infra/contracts.ts';
import { feedContracts } from './fixtures/feeds.ts';
import { fenceContracts } from './fixtures/fences.ts';
import { contracts as laneContracts } from './fixtures/lanes.ts';
import { fixtureApp } from './fixtures/synthesised.ts';

const all = [laneContracts, fenceContracts, feedContracts];
const events = [...new Map(all.flatMap(it => it.events).map(event => [event.type, event])).values()];
const contracts: Contracts = { events, integrations: all.flatMap(({ integrations }) => integrations) };

const templatesOf = (of: Contracts): ReadonlyMap<string, object> =>
  new Map(
    fixtureApp({}, of)
      .node.children.filter(child => Stack.isStack(child))
      .map(stack => [stack.node.id, Template.fromStack(stack).toJSON()]),
  );

const whole = templatesOf(contracts);

describe('an integration', () => {
  it.each(contracts.integrations.map(({ id }) => id))(
    '%s comes and goes without a change of any other stack',
    id => {
      const others = contracts.integrations.filter(contract => contract.id !== id);
      const without = templatesOf({ ...contracts, integrations: others });
      const own = [...whole.keys()].filter(stack => !without.has(stack));
      expect(own).toEqual([expect.stringMatching(`^Edge(Lane|Fence|Feed)-${id}$`)]);
      for (const [stack, template] of without) expect(template).toEqual(whole.get(stack));
    },
  );

  it('changes no bundle but its own', () => {
    const texts = (of: Contracts) => bundleEntries(of).map(entryText);
    const platform = texts({ ...contracts, integrations: [] });
    expect(platform.length).toBeGreaterThan(5);
    expect(texts(contracts)).toEqual(expect.arrayContaining(platform));
  });

  it('with an event that is new changes the stack of events as well, and nothing more', () => {
    const [, ...older] = events;
    const without = templatesOf({ ...contracts, events: older });
    const changed = [...whole].filter(
      ([stack, template]) => JSON.stringify(template) !== JSON.stringify(without.get(stack)),
    );
    expect(changed.map(([stack]) => stack)).toEqual(['EdgeEvents']);
  });

  it('holds no other stack: what it knows of the platform it reads when it is deployed', () => {
    const text = JSON.stringify([...whole].filter(([stack]) => stack !== 'EdgePlatform'));
    expect(text).not.toContain('Fn::ImportValue');
    expect(text).toContain('AWS::SSM::Parameter::Value<String>');
  });
});
