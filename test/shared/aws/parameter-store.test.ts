import { parameterStore } from '#shared/aws/parameter-store.ts';
import { type StubServer, stubServer } from './stub-server.ts';

let server: StubServer;
let answers: { readonly status: number; readonly body: string }[];
const seen: (string | undefined)[] = [];

beforeAll(async () => {
  server = await stubServer(({ headers }, response) => {
    seen.push(headers.authorization);
    const { status, body } = answers.shift() ?? { status: 500, body: '{}' };
    response.writeHead(status).end(body);
  });
});

afterAll(() => server.stop());

const store = () =>
  parameterStore({
    ...{ AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL_SSM: server.url },
    ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  });

const page = (names: readonly string[], NextToken?: string) => ({
  status: 200,
  body: JSON.stringify({ Parameters: names.map(Name => ({ Name, Value: `value of ${Name}` })), NextToken }),
});

describe('parameters below a path', () => {
  it('are read page by page, by signed requests', async () => {
    answers = [page(['/a/1', '/a/2'], 'next'), page(['/a/3'])];
    expect(await store().below('/a')).toEqual(['value of /a/1', 'value of /a/2', 'value of /a/3']);
    expect(seen).toHaveLength(2);
    for (const signature of seen) expect(signature).toMatch(/^AWS4-HMAC-SHA256 .*\/eu-central-1\/ssm\//);
  });

  it('that may not be read say why', async () => {
    answers = [{ status: 400, body: '{"__type":"AccessDeniedException"}' }];
    await expect(store().below('/a')).rejects.toThrow(
      'reading parameters below /a: 400 {"__type":"AccessDeniedException"}',
    );
  });

  it('that are larger than a page can be are not read to their end', async () => {
    answers = [{ status: 200, body: 'x'.repeat(1_100_000) }];
    await expect(store().below('/a')).rejects.toThrow('the answer is larger than');
  });
});
