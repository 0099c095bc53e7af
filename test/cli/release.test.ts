import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { invokeFunction } from '#cli/release/invoke-function.ts';
import { readOrder } from '#cli/release/read-order.ts';
import { releaseAll } from '#cli/release/release-all.ts';
import { endsTable, releasedTable } from '#cli/release/release-table.ts';
import { fenceWith } from '../webhook-fence/flow/fences.ts';
import { FenceSimulator, otherSecret, payment, secret } from '../webhook-fence/flow/simulator.ts';

const asked = ['pay-hooks', '--from', '2026-01-05T07:00Z', '--to', '2026-01-05T09:00+00:00'];
const who = ['--operator', 'ada', '--reason', 'secret fixed'];

describe('what is asked on the command line', () => {
  it('is a preview unless it says go', () => {
    expect(readOrder([...asked, ...who])).toEqual({
      fence: 'pay-hooks',
      functionName: undefined,
      order: {
        from: '2026-01-05T07:00:00.000Z',
        to: '2026-01-05T09:00:00.000Z',
        dryRun: true,
        operator: 'ada',
        reason: 'secret fixed',
        stale: false,
      },
    });
    expect(readOrder([...asked, ...who, '--stale']).order.stale).toBe(true);
    expect(readOrder([...asked, ...who, '--go']).order.dryRun).toBe(false);
    expect(readOrder([...asked, ...who, '--function', 'edge-fn']).functionName).toBe('edge-fn');
  });

  it.each([
    ['nobody who asks', asked, 'usage: npm run release'],
    ['no fence', [...asked.slice(1), ...who], 'usage: npm run release'],
    ['an option that is not known', [...asked, ...who, '--force'], '--force'],
    [
      'a time without its zone',
      [...asked, ...who, '--from', '2026-01-05T07:00'],
      '--from must be a time with its zone',
    ],
    ['a day that does not exist', [...asked, ...who, '--to', '2026-13-05T07:00Z'], '--to must be a time'],
    [
      'a span that ends before it begins',
      [...asked, ...who, '--to', '2026-01-04T07:00Z'],
      '--from must be before --to',
    ],
  ])('is refused with %s', (_, args, message) => {
    expect(() => readOrder(args)).toThrow(message);
  });
});

describe('a release', () => {
  const { order } = readOrder([...asked, ...who]);

  async function locked() {
    const fence = new FenceSimulator(fenceWith(), { secret: { current: otherSecret } });
    for (const id of ['a', 'b']) await fence.send({ id, body: payment(id) });
    await fence.send({ id: 'forged', secret: 'whsec_Zm9yZ2VkZm9yZ2VkZm9yZ2VkZm9yZ2Vk' });
    fence.ports.secrets.write(JSON.stringify({ current: otherSecret, previous: secret }));
    const invoke = async (payload: object) => JSON.parse(JSON.stringify(await fence.release(payload)));
    return { fence, invoke };
  }

  it('shows first, and changes nothing', async () => {
    const { fence, invoke } = await locked();
    const preview = await releaseAll(invoke, order);
    expect(preview).toEqual({
      seen: 3,
      ends: { verified: 2, SIGNATURE_MISMATCH: 1 },
      released: [],
      audits: [],
    });
    expect(endsTable(preview)).toMatch(/verified +│ +2 │ would be released/);
    expect(endsTable(preview)).toMatch(/SIGNATURE_MISMATCH +│ +1 │ not verified/);
    expect(fence.events()).toEqual([]);
  });

  it('takes what the keys prove now, and names each and the record of it', async () => {
    const { fence, invoke } = await locked();
    const done = await releaseAll(invoke, { ...order, dryRun: false });
    expect(done).toMatchObject({ seen: 3, ends: { published: 2, SIGNATURE_MISMATCH: 1 } });
    expect(done.audits).toEqual([expect.stringContaining('pay-hooks/audit/')]);
    for (const { correlationid } of fence.events())
      expect(releasedTable(done)).toContain(String(correlationid));
  });

  it('goes on where a call ended for want of time', async () => {
    const parts = [
      {
        seen: 2,
        ends: { published: 2 },
        released: [],
        next: { hour: '2026-01-05T08', shelf: 'mismatch', slot: 2 },
        audit: 'one',
      },
      { seen: 1, ends: { published: 1, missing: 1 }, released: [], audit: 'two' },
    ];
    const payloads: object[] = [];
    const done = await releaseAll(async payload => {
      payloads.push(payload);
      return parts[payloads.length - 1];
    }, order);
    expect(payloads).toEqual([
      order,
      { ...order, after: { hour: '2026-01-05T08', shelf: 'mismatch', slot: 2 } },
    ]);
    expect(done).toMatchObject({ seen: 3, ends: { published: 3, missing: 1 }, audits: ['one', 'two'] });
  });

  it('says how many more there are than it shows', () => {
    const released = Array.from({ length: 53 }, (_, i) => ({
      receivedAt: '2026-01-05T08:00:00.000Z',
      correlationId: `id-${i}.`,
      end: 'published',
    }));
    expect(releasedTable({ released })).toContain('and 3 more, all in the record');
    expect(releasedTable({ released })).not.toContain('id-50.');
  });
});

describe('the function that releases', () => {
  const lambda = mockClient(LambdaClient);
  const bytes = (text: string) => Object.assign(Buffer.from(text), { transformToString: () => text });
  afterEach(() => lambda.reset());

  it('is called with the order and answers with its report', async () => {
    lambda.on(InvokeCommand).resolves({ Payload: bytes('{"seen":0}') });
    expect(await invokeFunction('fn', { region: 'eu-central-1' })({ dryRun: true })).toEqual({ seen: 0 });
    const [call] = lambda.commandCalls(InvokeCommand);
    expect(call!.args[0].input).toMatchObject({
      FunctionName: 'fn',
      Payload: Buffer.from('{"dryRun":true}'),
    });
  });

  it('is not taken for done when it fails', async () => {
    lambda
      .on(InvokeCommand)
      .resolves({ FunctionError: 'Unhandled', Payload: bytes('{"errorMessage":"no such table"}') });
    await expect(invokeFunction('fn', { region: 'eu-central-1' })({})).rejects.toThrow(
      'fn failed: {"errorMessage":"no such table"}',
    );
  });
});
