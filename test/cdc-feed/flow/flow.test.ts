import crmCustomers from '#integrations/crm-customers/contract.ts';
import { change, changeWithSchema, lena, lenaData } from './debezium.ts';
import { FeedSimulator } from './simulator.ts';

const grown = { ...lena, credit_limit: 'BJPg', full_name: 'Lena Vogt-Amsel' };

describe('a change that Debezium tells with its schema', () => {
  it('becomes a created, an updated and a deleted event', async () => {
    const feed = await new FeedSimulator(crmCustomers)
      .put(
        changeWithSchema({ op: 'c', after: lena, lsn: 1 }),
        changeWithSchema({ op: 'u', before: lena, after: grown, lsn: 2 }),
        changeWithSchema({ op: 'd', before: grown, lsn: 3 }),
      )
      .run();
    expect(feed.facts().map(({ type, subject, data }) => ({ type, subject, data }))).toEqual([
      { type: 'customers.customer.created.v1', subject: '1001', data: lenaData },
      {
        type: 'customers.customer.updated.v1',
        subject: '1001',
        data: {
          ...lenaData,
          fullName: 'Lena Vogt-Amsel',
          creditLimit: { amount: '3000.00', currency: 'EUR' },
        },
      },
      { type: 'customers.customer.deleted.v1', subject: '1001', data: { customerId: '1001' } },
    ]);
    expect(feed.tally()).toMatchObject({ received: 3, published: 3, again: 0 });
  });

  it('reads the same without the schema', async () => {
    const told = { op: 'c', after: lena } as const;
    const [plain, rich] = await Promise.all(
      [change(told), changeWithSchema(told)].map(record => new FeedSimulator(crmCustomers).put(record).run()),
    );
    expect(plain!.facts()[0]!.data).toEqual(rich!.facts()[0]!.data);
    expect(plain!.facts()[0]!.id).toBe(rich!.facts()[0]!.id);
  });
});
