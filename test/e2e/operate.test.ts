import { readFileSync } from 'node:fs';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { jest } from '@jest/globals';
import { commands } from '#cli/edge/commands.ts';
import { localApi } from '#cli/edge/find-api.ts';
import { OperatorApi } from '#cli/edge/operator-api.ts';
import { LocalApp, until } from './local-app.ts';

jest.setTimeout(180_000);
let app: LocalApp;
let api: OperatorApi;

beforeAll(async () => {
  app = await LocalApp.start();
  api = new OperatorApi(localApi(app.description, 'viewer'));
}, 180_000);

afterAll(() => app?.stop());

const sample = (path: string) => readFileSync(`integrations/acme-orders/samples/${path}`);
const told = async (name: keyof typeof commands, given: string[] = [], options = {}) =>
  commands[name]!.run(api, { given, options });

/** Clients with the keys of a viewer. */
const asViewer = () => {
  const { region, endpoints, operator } = app.description;
  const credentials = operator!.identities.find(({ name }) => name === 'viewer')!;
  return {
    s3: new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true }),
    sqs: new SQSClient({ region, credentials, endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false }),
  };
};

describe('a viewer', () => {
  it('sees what became of files, and the rows that are quarantined', async () => {
    await app.drop('acme-orders', 'orders_20261106.csv', sample('dirty/orders_20261106.csv'));
    await app.ack('acme-orders', 'orders_20261106.csv');
    const list = await until('the hand-off', async () => {
      const found = await told('files', ['acme-orders'], { state: 'partial' });
      const { handoffs } = found.json as { handoffs: { id: string }[] };
      return handoffs.length > 0 ? { ...found, id: handoffs[0]!.id } : undefined;
    });
    expect(list.text).toContain('orders_20261106.csv');
    expect((await told('files', ['acme-orders'], { name: 'orders_2026110' })).text).toContain(
      'orders_20261106',
    );
    const story = await told('show', [list.id]);
    expect(story.text).toMatch(
      /orders_20261106.csv: partial[\s\S]*12 received = 2 published \+ 10 quarantined/,
    );
    const rows = await told('quarantine', ['acme-orders'], { code: 'NOT_A_DATE' });
    expect(rows.text).toMatch(/NOT_A_DATE +line 3, placed_at/);
    expect(rows.json).toMatchObject({ units: [{ id: `${list.id}#2` }, { id: `${list.id}#12` }], next: null });
  });

  it('sees dead letters, which stay where they are', async () => {
    const { region, credentials, endpoints } = app.description;
    const sqs = new SQSClient({ region, credentials, endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false });
    const body = { id: '1', detail: { bucket: { name: 'b' }, object: { key: 'acme/in/lost.csv' } } };
    await sqs.send(
      new SendMessageCommand({ QueueUrl: app.lane('acme-orders').dlqUrl, MessageBody: JSON.stringify(body) }),
    );
    for (const _ of ['once', 'and again'])
      expect((await told('dlq', ['acme-orders'])).text).toContain('file acme/in/lost.csv');
    const status = await told('status');
    expect(status).toMatchObject({
      needsAttention: true,
      text: expect.stringContaining('acme-orders: 1 dead letter'),
    });
    sqs.destroy();
  });

  it('sees that nothing is undelivered, and no rejects', async () => {
    expect((await told('undelivered', ['crm-customers'])).text).toBe('Nothing is undelivered.');
    expect((await told('rejects', ['stripe-payments'])).json).toEqual({ rejects: [], next: null });
    expect((await told('quarantine', ['stripe-payments'])).json).toEqual({ units: [], next: null });
  });

  it('is told what is wrong with a question', async () => {
    await expect(told('files', ['acme-order'])).rejects.toThrow('There is no integration "acme-order".');
    await expect(told('files', ['acme-orders'], { limit: '500' })).rejects.toThrow(/^Limit: /);
  });

  it('has no right on any bucket or queue', async () => {
    const { s3, sqs } = asViewer();
    const { quarantine } = app.description.buckets;
    await expect(s3.send(new ListObjectsV2Command({ Bucket: quarantine }))).rejects.toThrow(
      /user\/viewer is not authorized to perform: s3:ListBucket/,
    );
    await expect(s3.send(new GetObjectCommand({ Bucket: quarantine, Key: 'x' }))).rejects.toThrow(
      /s3:GetObject/,
    );
    const QueueUrl = app.lane('acme-orders').dlqUrl;
    await expect(sqs.send(new ReceiveMessageCommand({ QueueUrl }))).rejects.toThrow(/sqs:ReceiveMessage/);
    s3.destroy();
    sqs.destroy();
  });
});

describe('a simulated provider', () => {
  it.each(['stripe-payments', 'fleet-shipments', 'github-releases', 'shopify-orders'])(
    'of %s is answered as the contract says, on good and bad days',
    async id => {
      const { code, out, error } = await app.command('edge', 'simulate', id, '--seed', '7', '--json');
      const { played } = JSON.parse(out) as { played: { isExpected: boolean }[] };
      expect({ id, code, error, wrong: played.filter(({ isExpected }) => !isExpected) }).toEqual({
        ...{ id, code: 0, error: '', wrong: [] },
      });
      expect(played.length).toBeGreaterThan(5);
    },
  );

  it('is seen where the answer is another: a seed that is played again is a duplicate', async () => {
    const call = ['simulate', 'stripe-payments', '--case', 'success', '--seed', '7'] as const;
    const { code, out } = await app.command('edge', ...call);
    expect(code).toBe(1);
    expect(out).toMatch(
      /success +1 {2}sends a good delivery\n +expected: 202 published\n +seen: 202 duplicate\n1 did not end/,
    );
  });
});

describe('the API', () => {
  const url = () => app.description.operator!.url;

  it('answers no one who did not sign, or signed with another secret', async () => {
    expect((await fetch(`${url()}/operate/integrations`)).status).toBe(403);
    const viewer = localApi(app.description, 'viewer');
    const forged = { ...viewer, credentials: { ...viewer.credentials, secretAccessKey: 'guessed' } };
    await expect(new OperatorApi(forged).ask('listIntegrations', {})).rejects.toThrow(
      'The API refused your identity.',
    );
  });

  it('logs who asked', async () => {
    await told('status');
    const { console } = app.description.endpoints;
    const page = await (await fetch(console)).text();
    const [, name] = /\/logs\?function=(\S*Operator\S*)/.exec(page)!;
    const log = await (await fetch(`${console}/logs?function=${name}`)).text();
    expect(log).toContain('arn:aws:iam::000000000000:user/viewer');
  });
});
