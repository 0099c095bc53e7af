import { defineScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import { coverageOf } from '#adapters/webhook-fence/contract/webhook-coverage.ts';
import { judge } from '#adapters/webhook-fence/core/signature/judge.ts';
import { keyDocumentOf } from '#adapters/webhook-fence/core/signature/key-document.ts';
import { isRefusal } from '#adapters/webhook-fence/core/signature/refusal.ts';
import type { WebhookRequest } from '#adapters/webhook-fence/core/signature/request.ts';
import { cases } from './cases.ts';
import type { ProviderCase } from './provider-case.ts';
import { renderScheme } from './render-scheme.ts';

/** As the flow does: the keys are read only where the scheme asks for them. */
async function judgeAs(
  { scheme, secrets, at, document }: ProviderCase,
  request: WebhookRequest,
  change: Partial<ProviderCase> = {},
) {
  const wanted = await keyDocumentOf(scheme, request);
  if (isRefusal(wanted)) return { kind: 'refused', refusal: wanted };
  const given = wanted && document !== undefined ? { value: document } : undefined;
  return judge(scheme, request, {
    secrets: change.secrets ?? secrets,
    receivedAt: change.at ?? at,
    document: given,
  });
}

const refused = { kind: 'refused' };

function changedInTheMiddle(text: string): string {
  const at = Math.floor(text.length / 2);
  return text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);
}

describe.each(cases.map(one => [one.provider, one] as const))('%s', (_, one) => {
  const { scheme, request } = one;

  it('is declared as a contract would', () => {
    expect(defineScheme(scheme)).toEqual(scheme);
    expect(renderScheme(scheme)).not.toMatch(/undefined|\[object/);
  });

  it('is verified', async () => {
    expect(await judgeAs(one, request)).toMatchObject({ kind: 'delivery', verified: { verified: true } });
  });

  it('is refused with any byte of the body changed, where the body is signed', async () => {
    const changed = { ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) };
    const kind = coverageOf(scheme) === 'body' ? 'refused' : expect.stringMatching(/delivery|refused/);
    expect(await judgeAs(one, changed)).toMatchObject({ kind });
  });

  it('is refused without what proves it', async () => {
    expect(
      await judgeAs(one, {
        ...request,
        headers: {},
        url: 'https://edge.example.com/',
        body: Buffer.from('{}'),
      }),
    ).toMatchObject(refused);
  });

  if (one.secrets.some(({ use }) => use !== 'handshake') && one.document === undefined)
    it('is refused with another secret', async () => {
      const secrets = one.secrets.map(({ value, ...more }) => ({
        value: changedInTheMiddle(value),
        ...more,
      }));
      expect(await judgeAs(one, request, { secrets })).toMatchObject(refused);
    });

  const tolerance =
    scheme.kind === 'signed'
      ? scheme.timestamp?.toleranceSeconds
      : scheme.kind === 'jwt'
        ? scheme.toleranceSeconds
        : undefined;
  if (tolerance !== undefined)
    it('is refused when it is too old', async () => {
      expect(await judgeAs(one, request, { at: one.at + tolerance * 1000 + 1000 })).toMatchObject({
        refusal: { reason: 'TIMESTAMP_TOO_OLD' },
      });
    });

  for (const { request: asked, reply } of one.handshakes ?? [])
    it(`is answered when it checks the address by ${asked.method}`, async () => {
      expect(await judgeAs(one, asked)).toMatchObject({ kind: 'handshake', reply });
    });
});
