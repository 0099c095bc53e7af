import * as fc from 'fast-check';
import { judge } from '#adapters/webhook-fence/core/signature/judge.ts';
import { keyDocumentOf } from '#adapters/webhook-fence/core/signature/key-document.ts';
import { isRefusal } from '#adapters/webhook-fence/core/signature/refusal.ts';
import type { WebhookRequest } from '#adapters/webhook-fence/core/signature/request.ts';
import { cases } from './cases.ts';
import type { ProviderCase } from './provider-case.ts';

async function kindOf(
  { scheme, secrets, at, document }: ProviderCase,
  request: WebhookRequest,
): Promise<string> {
  const wanted = await keyDocumentOf(scheme, request);
  if (isRefusal(wanted)) return 'refused';
  const given = document === undefined ? undefined : { value: document };
  return (await judge(scheme, request, { secrets, receivedAt: at, document: given })).kind;
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '.', '..', 'a.b.c', '{}', 'null', '[]', ' '),
);

/** A genuine request with some of it replaced by anything. */
const damaged = ({ request }: ProviderCase) =>
  fc
    .record({
      headers: fc.record(Object.fromEntries(Object.keys(request.headers).map(name => [name, text])), {
        requiredKeys: [],
      }),
      body: fc.option(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.json().map(json => new Uint8Array(Buffer.from(json))),
        ),
      ),
      document: fc.boolean(),
    })
    .map(({ headers, body }) => ({
      ...request,
      headers: { ...request.headers, ...headers },
      body: body ?? request.body,
    }));

describe.each(cases.map(one => [one.provider, one] as const))('a damaged request of %s', (_, one) => {
  it('is judged and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(damaged(one), async request => {
        expect(['delivery', 'handshake', 'refused']).toContain(await kindOf(one, request));
      }),
      { numRuns: 60 },
    );
  });

  it('is not verified when every header and the body are others', async () => {
    const other = { ...one.request, url: 'https://edge.example.com/x', body: Buffer.from('[0]') };
    const headers = Object.fromEntries(Object.keys(one.request.headers).map(name => [name, 'x']));
    expect(await kindOf(one, { ...other, headers })).toBe('refused');
  });
});

describe.each(
  cases.filter(({ document }) => document !== undefined).map(one => [one.provider, one] as const),
)('published keys of %s that are anything', (_, one) => {
  it('make nothing genuine and never throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, fc.json()), async document => {
        expect(await kindOf({ ...one, document }, one.request)).toBe('refused');
      }),
      { numRuns: 60 },
    );
  });
});
