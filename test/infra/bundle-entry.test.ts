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

  it('call the platform’s factory with plain data alone', async () => {
    const entry = operatorEntry({ integrations: [] });
    expect(await import(`#functions/${entry.handler}`)).toHaveProperty(entry.factory);
    expect(entryText({ ...entry, data: [{ id: 'a' }] })).toBe(
      `import { operatorApi } from './functions/operator-api.ts';

export const handler = operatorApi([{"id":"a"}]);
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
