import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Arrived } from '#local/http-api/arrived.ts';
import { signatureOf } from '#local/iam/signature-v4.ts';
import { signerOf } from '#local/iam/verify-signature.ts';

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

it.each([
  // Source: AWS Signature Version 4 test suite.
  ['get-vanilla', '', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  [
    'get-vanilla-query-order-key-case',
    'Param2=value2&Param1=value1',
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  ],
])('signs as AWS does: %s', (_, query, signature) => {
  const headers = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' };
  const scope = { date: '20150830', region: 'us-east-1', service: 'service' };
  const signed = { ...scope, signedHeaders: ['host', 'x-amz-date'] };
  expect(signatureOf({ method: 'GET', path: '/', query, headers, body: '' }, signed, secret)).toBe(signature);
});

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A request that the SDK signed: its path and query are encoded, and its body is hashed. */
async function signedBySdk(): Promise<Arrived> {
  const sent: Sent[] = [];
  const client = new LambdaClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'user.viewer', secretAccessKey: secret },
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: unknown) => {
        sent.push(request as Sent);
        throw new Error('only its request is wanted');
      },
    },
  });
  const FunctionName = 'arn:aws:lambda:eu-central-1:000000000000:function:a b';
  const command = new InvokeCommand({ FunctionName, Qualifier: 'a+b/c d*', Payload: Buffer.from('{"ü":1}') });
  await expect(client.send(command)).rejects.toThrow('only its request');
  const { method, path, query, headers, body } = sent[0]!;
  const pairs = Object.entries(query).map(pair => pair.map(encodeURIComponent).join('='));
  const names = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    ...{ method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', cookies: [], query: pairs.join('&') },
    headers: Object.fromEntries(names),
    body: Buffer.from(body),
  };
}

describe('the signer of a request', () => {
  const here = (more: object = {}) => ({
    ...{ service: 'lambda', region: 'eu-central-1', now: Date.now() },
    secretOf: (key: string) => (key === 'user.viewer' ? secret : undefined),
    ...more,
  });

  it('is known by the signature that the SDK makes', async () => {
    const arrived = await signedBySdk();
    expect(arrived.path).toContain('%3A');
    expect(signerOf(arrived, here())).toBe('user.viewer');
  });

  it('is unknown when anything differs', async () => {
    const arrived = await signedBySdk();
    const changed = (more: Partial<Arrived>) => signerOf({ ...arrived, ...more }, here());
    const withHeader = (name: string, value: string) =>
      changed({ headers: { ...arrived.headers, [name]: value } });
    expect({
      method: changed({ method: 'PUT' }),
      path: changed({ path: `${arrived.path}x` }),
      query: changed({ query: `${arrived.query}&x=1` }),
      body: changed({ body: Buffer.from('{}') }),
      host: withHeader('host', 'elsewhere'),
      time: withHeader('x-amz-date', '20200101T000000Z'),
      unsigned: withHeader('authorization', ''),
      service: signerOf(arrived, here({ service: 'execute-api' })),
      region: signerOf(arrived, here({ region: 'us-east-1' })),
      late: signerOf(arrived, here({ now: Date.now() + 6 * 60_000 })),
      secret: signerOf(arrived, here({ secretOf: () => 'other' })),
      stranger: signerOf(arrived, here({ secretOf: () => undefined })),
    }).toEqual({
      ...{ method: undefined, path: undefined, query: undefined, body: undefined, host: undefined },
      ...{ time: undefined, unsigned: undefined, service: undefined, region: undefined, late: undefined },
      ...{ secret: undefined, stranger: undefined },
    });
  });
});
