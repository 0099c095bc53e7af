import { createServer, request as httpRequest, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { HttpApi, type HttpApiOptions } from '#local/http-api/http-api.ts';
import type { Route } from '#local/http-api/route.ts';
import { TokenBucket } from '#local/http-api/token-bucket.ts';
import type { InvocationResult } from '#local/lambda/function-spec.ts';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const route = (key: string, more: Partial<Route> = {}): Route => ({
  key,
  function: { name: 'hook', alias: 'live' },
  throttle: undefined,
  authorization: 'NONE',
  api: { id: 'api1', stage: '$default' },
  ...more,
});

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** Serves the routes; gives what sends to them, and the events that functions were given. */
async function serving(options: Partial<HttpApiOptions> & { readonly result?: unknown }) {
  const events: APIGatewayProxyEventV2[] = [];
  const api = new HttpApi({
    region: 'eu-central-1',
    routes: [route('POST /hooks/a')],
    authorize: () => undefined,
    invoke: async (_, payload): Promise<InvocationResult> => {
      events.push(JSON.parse(payload));
      return { kind: 'result', payload: JSON.stringify(options.result ?? { statusCode: 202, body: 'ok' }) };
    },
    ...options,
  });
  const server = createServer((request, response) => void api.serve(request, response));
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const send = (
    path: string,
    headers: readonly string[] = [],
    body: string | Buffer = '',
    method = 'POST',
  ): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const sent = httpRequest(
        { host: '127.0.0.1', port, path, method, headers: ['host', 'x', ...headers] as never },
        answer => {
          const parts: Buffer[] = [];
          answer.on('data', part => parts.push(part));
          answer.on('end', () =>
            resolve({
              status: answer.statusCode!,
              headers: answer.headers,
              body: Buffer.concat(parts).toString(),
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  return { send, events };
}

const json = ['content-type', 'application/json'];
const gateway = (status: number, message: string) => ({ status, body: JSON.stringify({ message }) });

describe('the event of a request', () => {
  it('is written in payload format 2.0', async () => {
    const { send, events } = await serving({
      routes: [route('GET /hooks/{id}/status/{correlationId}')],
    });
    const before = Date.now();
    await send(
      '/hooks/a/status/c.1?b=2&a=1&b=3',
      ['User-Agent', 'curl/8', 'X-Twice', '1', 'x-twice', '2', 'Cookie', 'a=1; b=2'],
      '',
      'GET',
    );
    const [event] = events;
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /hooks/{id}/status/{correlationId}',
      rawPath: '/hooks/a/status/c.1',
      rawQueryString: 'b=2&a=1&b=3',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { a: '1', b: '2,3' },
      pathParameters: { id: 'a', correlationId: 'c.1' },
      headers: { 'user-agent': 'curl/8', 'x-twice': '1,2', 'x-forwarded-proto': 'https' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'api1',
        domainName: 'api1.execute-api.eu-central-1.amazonaws.com',
        domainPrefix: 'api1',
        http: {
          method: 'GET',
          path: '/hooks/a/status/c.1',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'curl/8',
        },
        routeKey: 'GET /hooks/{id}/status/{correlationId}',
        stage: '$default',
      },
      isBase64Encoded: false,
    });
    expect(event).not.toHaveProperty('body');
    expect(event!.headers).not.toHaveProperty('cookie');
    expect(event!.headers).not.toHaveProperty('connection');
    const { time, timeEpoch } = event!.requestContext;
    expect(timeEpoch).toBeGreaterThanOrEqual(before);
    expect(time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  });

  it.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['application/cloudevents+json', false],
    ['text/plain', false],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
    ['', true],
  ])('holds a body of type "%s" as base64: %s', async (type, isBase64) => {
    const { send, events } = await serving({});
    const bytes = Buffer.from('{"name":"Zoë"}');
    await send('/hooks/a', type ? ['content-type', type] : [], bytes);
    expect(events[0]!.isBase64Encoded).toBe(isBase64);
    expect(Buffer.from(events[0]!.body!, isBase64 ? 'base64' : 'utf8')).toEqual(bytes);
  });

  it('hands over every byte of a compressed body', async () => {
    const { send, events } = await serving({});
    const bytes = Buffer.from([0x1f, 0x8b, 0xff, 0x00, 0xfe]);
    await send('/hooks/a', [...json, 'content-encoding', 'gzip'], bytes);
    expect(Buffer.from(events[0]!.body!, 'base64')).toEqual(bytes);
  });
});

describe('the answer', () => {
  it('is the function’s: status, headers, cookies and decoded body', async () => {
    const { send } = await serving({
      result: {
        statusCode: 202,
        headers: { 'Content-Type': 'application/json', 'Retry-After': 5 },
        cookies: ['a=1', 'b=2'],
        body: Buffer.from('{"ok":true}').toString('base64'),
        isBase64Encoded: true,
      },
    });
    const reply = await send('/hooks/a', json, '{}');
    expect(reply).toMatchObject({ status: 202, body: '{"ok":true}' });
    expect(reply.headers).toMatchObject({
      'content-type': 'application/json',
      'retry-after': '5',
      'set-cookie': ['a=1', 'b=2'],
    });
    expect(reply.headers['apigw-requestid']).toBeTruthy();
  });

  it('names the request as the function knew it', async () => {
    const { send, events } = await serving({});
    const reply = await send('/hooks/a', json, '{}');
    expect(reply.headers['apigw-requestid']).toBe(events[0]!.requestContext.requestId);
  });

  it('is the result itself where it has no status', async () => {
    const { send } = await serving({ result: { fine: true } });
    expect(await send('/hooks/a', json, '{}')).toMatchObject({ status: 200, body: '{"fine":true}' });
  });

  it.each([
    ['a status that is none', { statusCode: 'fine' }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
  ])('is 500 for %s', async (_, result) => {
    const { send } = await serving({ result });
    expect(await send('/hooks/a', json, '{}')).toMatchObject(gateway(500, 'Internal Server Error'));
  });

  it('is 500 when the function fails', async () => {
    const invoke = async (): Promise<InvocationResult> => ({
      kind: 'error',
      errorType: 'Error',
      errorMessage: 'secret',
    });
    const { send } = await serving({ invoke });
    expect(await send('/hooks/a', json, '{}')).toMatchObject(gateway(500, 'Internal Server Error'));
  });

  it('is 503 when the function is throttled or takes too long', async () => {
    const { send } = await serving({ invoke: () => undefined });
    expect(await send('/hooks/a', json, '{}')).toMatchObject(gateway(503, 'Service Unavailable'));
    const slow = async (): Promise<InvocationResult> => {
      await sleep(500);
      return { kind: 'result', payload: '{}' };
    };
    const late = await serving({ invoke: slow, integrationSeconds: 0.05 });
    expect(await late.send('/hooks/a', json, '{}')).toMatchObject(gateway(503, 'Service Unavailable'));
  });

  it('is 404 where no route is, by path or by method', async () => {
    const { send, events } = await serving({});
    for (const path of ['/hooks', '/hooks/a/', '/hooks/b', '/'])
      expect(await send(path, json, '{}')).toMatchObject(gateway(404, 'Not Found'));
    expect(await send('/hooks/a', json, '{}', 'PUT')).toMatchObject(gateway(404, 'Not Found'));
    expect(events).toEqual([]);
  });

  it('is 413 beyond 10 MB, heard by a sender that is still sending', async () => {
    const { send, events } = await serving({});
    expect(await send('/hooks/a', json, Buffer.alloc(10 * 1_048_576 + 1, 0x20))).toMatchObject(
      gateway(413, 'Request Entity Too Large'),
    );
    expect(events).toEqual([]);
  });

  it('is 413 for what makes an event beyond Lambda’s 6 MB', async () => {
    const { send, events } = await serving({});
    const reply = await send('/hooks/a', ['content-type', 'image/png'], Buffer.alloc(5 * 1_048_576));
    expect(reply).toMatchObject(gateway(413, 'Request Entity Too Large'));
    expect(events).toEqual([]);
  });

  it('is 431 for headers beyond 10,240 bytes', async () => {
    const { send } = await serving({});
    expect(await send('/hooks/a', ['x-long', 'a'.repeat(10_240)], '{}')).toMatchObject({ status: 431 });
  });
});

describe('throttling', () => {
  it('answers 429 for a route that is used up, and leaves others alone', async () => {
    const throttle = { ratePerSecond: 1, burst: 2 };
    const { send, events } = await serving({
      routes: [route('POST /hooks/a', { throttle }), route('POST /hooks/b', { throttle })],
    });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await send('/hooks/a', json, '{}')).status);
    expect(statuses.filter(status => status === 202)).toHaveLength(2);
    expect(await send('/hooks/a', json, '{}')).toMatchObject(gateway(429, 'Too Many Requests'));
    expect((await send('/hooks/b', json, '{}')).status).toBe(202);
    expect(events).toHaveLength(3);
  });

  it('lets a burst through at once, then so many a second', () => {
    const bucket = new TokenBucket({ ratePerSecond: 10, burst: 3 }, 0);
    const taken = (at: number) => Array.from({ length: 5 }, () => bucket.take(at)).filter(Boolean).length;
    expect([taken(0), taken(100), taken(300), taken(10_000)]).toEqual([3, 1, 2, 3]);
  });
});

describe('routes', () => {
  it.each([
    ['POST', '/a/b', 'POST /a/b'],
    ['PUT', '/a/b', 'ANY /a/b'],
    ['POST', '/a/c', 'POST /a/{id}'],
    ['POST', '/a/c/d', 'ANY /a/{rest+}'],
    ['GET', '/z', '$default'],
  ])('%s %s goes to %s', async (method, path, key) => {
    const keys = ['$default', 'ANY /a/{rest+}', 'POST /a/{id}', 'ANY /a/b', 'POST /a/b'];
    const { send, events } = await serving({ routes: keys.map(each => route(each)) });
    await send(path, json, method === 'GET' ? '' : '{}', method);
    expect(events[0]!.routeKey).toBe(key);
  });
});
