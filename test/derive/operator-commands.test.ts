import { operatorCommands } from '#adapters/derive/operator-commands.ts';
import { readCall } from '#cli/edge/read-call.ts';

it.each(['file-lane', 'webhook-fence', 'cdc-feed'] as const)(
  'names commands that there are, for a %s',
  kind => {
    const written = operatorCommands({ kind, id: 'acme-orders' })
      .join('\n')
      .matchAll(/`npm run edge -- (.+?)`/g);
    const calls = [...written].map(([, args = '']) => readCall(args.split(' ')));
    expect(calls.length).toBeGreaterThanOrEqual(2);
    for (const call of calls)
      expect(call).toMatchObject({
        kind: 'command',
        stage: 'prod',
        input: { given: expect.arrayContaining(['acme-orders']) },
      });
  },
);
