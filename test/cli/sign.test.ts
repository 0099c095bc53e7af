import { prepareRequest } from '../../cli/demo/prepare-request.ts';
import { signedHeaders } from '../../cli/demo/sign.ts';
import { makeFenceKeys } from '../../local/secrets/fence-keys.ts';
import type { WebhookScheme } from '../../shared/contract/webhook-scheme.ts';
import { schemes } from '../../shared/core/signature/schemes.ts';
import { verify } from '../../shared/core/signature/verify.ts';

const url = 'https://edge.example.com/webhooks/a?b=%20c';
const sentAt = Date.parse('2026-11-20T09:15:08.250Z');
const body = Buffer.from(`{"name":"Zoë","webhookTimestamp":${sentAt}}`);
const named = ['twilio', 'adyen'];

const signable = Object.entries(schemes).filter(([name]) => !named.includes(name));

describe('what the demonstration signs', () => {
  it.each(signable)('passes the check of %s', (_, scheme) => {
    const keys = makeFenceKeys(JSON.parse(JSON.stringify(scheme)));
    const headers = signedHeaders(scheme, keys, { url, body, id: 'd-1', sentAt });
    const request = { method: 'POST', url, headers, body };
    expect(verify(scheme, request, [{ value: keys.current }], sentAt)).toMatchObject({
      verified: true,
      ...(scheme.id && { deliveryId: 'd-1' }),
    });
  });

  it.each(named)('is refused for %s, which no template can say', name => {
    const scheme = schemes[name as 'twilio'];
    const keys = makeFenceKeys(JSON.parse(JSON.stringify(scheme)));
    expect(() => signedHeaders(scheme, keys, { url, body, id: 'd-1', sentAt })).toThrow(
      `${name} is not signed here`,
    );
  });
});

describe('a sample’s request that was tampered with', () => {
  const scheme: WebhookScheme = schemes['standard-webhooks'];
  const secrets = makeFenceKeys(JSON.parse(JSON.stringify(scheme)));
  const fence = { id: 'fleet-shipments', url, secrets } as never;
  const verified = (tamper?: 'signature' | 'body' | 'timestamp' | 'secret' | 'id' | 'unsigned') => {
    const request = { file: 'forged.json', ...(tamper && { tamper }) };
    const sample = {
      name: 'broken',
      folder: 'integrations/fleet-shipments/samples/broken',
      requests: [request],
    };
    const prepared = prepareRequest(fence, scheme, sample as never, request);
    return verify(scheme, { method: 'POST', ...prepared }, [{ value: secrets.current }], Date.now());
  };

  it('would have passed without that', () => {
    expect(verified()).toMatchObject({ verified: true });
  });

  it.each([
    ['signature', 'SIGNATURE_MISMATCH'],
    ['body', 'SIGNATURE_MISMATCH'],
    ['timestamp', 'TIMESTAMP_TOO_OLD'],
    ['secret', 'SIGNATURE_MISMATCH'],
    ['id', 'NO_ID'],
    ['unsigned', 'NO_SIGNATURE'],
  ] as const)('fails by its %s', (tamper, reason) => {
    expect(verified(tamper)).toMatchObject({ verified: false, reason });
  });
});
