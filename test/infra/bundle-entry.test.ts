import { existsSync } from 'node:fs';
import { entryText } from '#infra/bundle-entry.ts';
import { laneEntry } from '#infra/file-lane/lane-contracts.ts';
import { operatorEntry } from '#infra/platform/operator-entry.ts';
import { fenceBundles, fenceEntries } from '#infra/webhook-fence/fence-contracts.ts';

describe('entries of bundles', () => {
  it('are one for each function of a fence, under names that no other integration can have', () => {
    const names = fenceEntries('a').map(entry => entry.name);
    expect(names).toEqual(Object.values(fenceBundles('a')));
    expect(names).toEqual(['a', 'a.drain', 'a.release']);
  });

  it('name functions that are there', async () => {
    for (const { handler, factory } of [laneEntry('a'), ...fenceEntries('a')]) {
      expect(existsSync(`functions/${handler}`)).toBe(true);
      expect(await import(`#functions/${handler}`)).toHaveProperty(factory);
    }
  });

  it('give the platform’s factory what is registered when it runs, so that no integration changes the bundle', async () => {
    expect(await import(`#functions/${operatorEntry.handler}`)).toHaveProperty(operatorEntry.factory);
    expect(entryText(operatorEntry)).toBe(
      `import { operatorApi } from './functions/operator-api.ts';
import { registered } from './functions/registered.ts';

export const handler = registered(operatorApi);
`,
    );
  });

  it('call the function’s factory with the integration’s own contract', () => {
    expect(entryText(fenceEntries('stripe-payments')[1]!)).toBe(
      `import contract from './integrations/stripe-payments/contract.ts';
import { webhookDrain } from './functions/webhook-drain.ts';

export const handler = webhookDrain(contract);
`,
    );
  });
});
