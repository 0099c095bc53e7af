import { createServer, type Server } from 'node:http';
import { fetchWeb } from '#adapters/webhook-fence/aws/web.ts';
import { limits } from '#shared/contract/limits.ts';

let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/large') return response.end('x'.repeat(limits.keyDocumentBytesMax + 1));
    if (request.url === '/away') return response.writeHead(302, { location: `${base}/keys` }).end();
    if (request.url === '/gone') return response.writeHead(410).end('gone');
    let body = '';
    request.on('data', part => {
      body += part;
    });
    request.on('end', () =>
      response.end(
        JSON.stringify({ method: request.method, body, secret: request.headers['x-secret'] ?? null }),
      ),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

afterAll(() => server.close());

describe('the web as a function reaches it', () => {
  it('gives status and text, of a GET without a body and a POST with one', async () => {
    expect(await fetchWeb.ask({ url: `${base}/keys`, headers: {} })).toEqual({
      status: 200,
      text: '{"method":"GET","body":"","secret":null}',
    });
    expect(await fetchWeb.ask({ url: `${base}/keys`, headers: { 'x-secret': 'hush' }, body: '{}' })).toEqual({
      status: 200,
      text: '{"method":"POST","body":"{}","secret":"hush"}',
    });
    expect(await fetchWeb.ask({ url: `${base}/gone`, headers: {} })).toEqual({ status: 410, text: 'gone' });
  });

  it('follows no redirect, and reads no more than its bound', async () => {
    await expect(fetchWeb.ask({ url: `${base}/away`, headers: {} })).rejects.toThrow();
    await expect(fetchWeb.ask({ url: `${base}/large`, headers: {} })).rejects.toThrow('larger than');
  });
});
