import { books } from '#cli/edge/books.ts';
import type { OperatorApi } from '#cli/edge/operator-api.ts';

const lane = {
  ...{ integration: 'acme-orders', kind: 'file-lane', units: 'rows', sender: null, received: 8 },
  ...{ outcomes: { published: 8 }, unproven: [], consumers: [], more: false },
};

async function shown(compared: object): Promise<string> {
  const answer = { day: '2026-11-28', receiptsAt: null, numbers: [{ ...lane, ...compared }] };
  const api = { ask: async () => answer } as unknown as OperatorApi;
  return String((await books.run(api, { args: [], options: {} } as never)).text);
}

test('numbers agree only where events were compared', async () => {
  expect(await shown({ claimed: 0, onBus: 0, differs: [] })).toContain('No events were compared yet.');
  expect(await shown({ claimed: 8, onBus: 8, differs: [] })).toContain(
    'All numbers that were compared agree.',
  );
  expect(await shown({ claimed: 8, onBus: 7, differs: ['1 event is not on the bus'] })).not.toContain(
    'agree',
  );
});
