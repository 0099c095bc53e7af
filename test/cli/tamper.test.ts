import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { verify } from '#adapters/webhook-fence/core/signature/verify.ts';
import type { Tamper } from '#cli/demo/fence-sample-shape.ts';
import { prepareRequest } from '#cli/demo/prepare-request.ts';
import { makeFenceKeys, schemeShape } from '#local/secrets/fence-keys.ts';

const scheme = schemes['standard-webhooks'];
const secrets = makeFenceKeys(schemeShape.parse(scheme));
const place = { url: 'https://edge.example.com/webhooks/a', secrets };
const fence = {
  scheme: 'standard-webhooks',
  url: undefined,
  body: 'json',
  tenant: { constant: 'acme' },
} as const;

function verified(tamper?: Tamper) {
  const request = { file: 'forged.json', ...(tamper && { tamper }) };
  const folder = 'integrations/fleet-shipments/samples/broken';
  const prepared = prepareRequest(place, {
    fence,
    sample: { name: 'broken', folder, requests: [request] },
    request,
  });
  return verify(
    scheme,
    { method: 'POST', ...prepared },
    { secrets: [{ value: secrets.current }], receivedAt: Date.now() },
  );
}

describe('a sample’s request that was tampered with', () => {
  it('would have passed without that', () => {
    expect(verified()).toMatchObject({ verified: true, deliveryId: 'broken-0-forged' });
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
