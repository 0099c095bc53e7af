import fc from 'fast-check';
import crmCustomers from '#integrations/crm-customers/contract.ts';
import { MemoryVersionStore } from '#shared/consumer/memory-version-store.ts';
import { aggregateKey } from '#shared/consumer/sequenced-event.ts';
import { change, lena, lenaData } from '../cdc-feed/flow/debezium.ts';
import { FeedSimulator } from '../cdc-feed/flow/simulator.ts';
import { customerMirror } from './customer-mirror.ts';

type CustomerEvent = Parameters<ReturnType<typeof customerMirror>>[0]['detail'];

const toasted = '__debezium_unavailable_value';

/** A customer is created, then renamed while the log leaves the preferences out. */
async function history(): Promise<readonly CustomerEvent[]> {
  const renamed = { ...lena, full_name: 'Lena Amsel', preferences: toasted };
  const feed = new FeedSimulator(crmCustomers);
  feed.put(
    change({ op: 'c', after: lena, lsn: 100 }),
    change({ op: 'u', before: { id: lena.id }, after: renamed, lsn: 200 }),
  );
  await feed.run();
  return feed.facts() as unknown as CustomerEvent[];
}

test('the guide’s consumer keeps a customer and what may be left out in one table, in any order and repetition', async () => {
  const events = await history();
  expect(events.map(({ data }) => 'contact' in data)).toEqual([true, false]);
  const deliveries = fc.shuffledSubarray([...events, ...events], { minLength: 4 });
  await fc.assert(
    fc.asyncProperty(deliveries, async delivered => {
      const customers = new MemoryVersionStore<object | null>();
      const take = customerMirror(customers);
      for (const detail of delivered) await take({ detail });
      const { contact, ...profile } = lenaData;
      expect(customers.state(aggregateKey(events[0]!))).toEqual({ ...profile, fullName: 'Lena Amsel' });
      expect(customers.state(aggregateKey(events[0]!, 'contact'))).toEqual(contact);
    }),
  );
});
