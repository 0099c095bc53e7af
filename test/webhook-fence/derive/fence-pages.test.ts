import type { Context } from 'aws-lambda';
import { renderRunbook } from '#adapters/derive/runbook.ts';
import { defineScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { headerNames } from '#adapters/webhook-fence/contract/webhook-place.ts';
import { providers } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { answerRows } from '#adapters/webhook-fence/derive/fence-answers.ts';
import { canConflict, fenceFaults } from '#adapters/webhook-fence/derive/fence-faults.ts';
import { renderFenceGuide } from '#adapters/webhook-fence/derive/fence-guide.ts';
import { deliveryRows, nameInWords, tenantOfEvents } from '#adapters/webhook-fence/derive/fence-words.ts';
import { signingRules } from '#adapters/webhook-fence/derive/scheme-words.ts';
import { webhookDrain } from '#functions/webhook-drain.ts';
import { loadSoundContracts, ofKind } from '#infra/contracts.ts';
import { fenceWith, paid } from '../flow/fences.ts';
import { FenceSimulator, otherSecret, payment, spillEvent } from '../flow/simulator.ts';

const fences = ofKind(await loadSoundContracts(), 'webhook-fence');
const statuses = (fence: WebhookFence) => answerRows(fence).map(([status]) => status);

describe.each(providers)('the words for the scheme of %s', provider => {
  const scheme = schemes[provider];
  const words = signingRules(scheme).join('\n');

  it('name every header that the sender writes', () => {
    const headers =
      scheme.kind === 'token'
        ? [scheme.token, scheme.id]
        : [scheme.signature, scheme.id, scheme.timestamp?.from];
    for (const place of headers)
      if (place && 'header' in place)
        for (const header of headerNames(place.header)) expect(words).toContain(header);
  });

  it('leave nothing unsaid', () => {
    expect(words).not.toMatch(/undefined|is \}|is ,| {2}|``/);
    if (scheme.kind === 'signed' && typeof scheme.content === 'string')
      expect(words).toContain(`Signed: \`${scheme.content}\``);
  });
});

describe('the guide for a fence’s partner', () => {
  it('says what is signed, how and where, as the contract does', () => {
    const scheme = defineScheme({
      kind: 'signed',
      name: 'acme',
      signature: { header: 'x-acme-signature', prefix: 'sha512=' },
      signers: [{ algorithm: 'hmac-sha512', encoding: 'base64url', key: { encoding: 'hex' } }],
      content: '{method} {url} {timestamp} {body}',
      timestamp: { from: { header: 'x-acme-time' }, format: 'milliseconds', toleranceSeconds: 90 },
    });
    expect(signingRules(scheme)).toEqual([
      'Secret for HMAC-SHA-512: shared, written in hex.',
      'Signed: `{method} {url} {timestamp} {body}`, where `{method}` is the method in capitals, `{url}` is the address as you call it, with its query, `{timestamp}` is the time in the header `x-acme-time` and `{body}` is the body, byte for byte as sent.',
      'Signature: base64url, as `x-acme-signature: sha512=<signature>`.',
      'Clock: the header `x-acme-time` has the time at which you send, in milliseconds since 1970; it may differ from our clock by at most 90 seconds.',
    ]);
  });

  it('names the fields as its rules do, lists included', () => {
    const shopify = fences.find(({ id }) => id === 'shopify-orders')!;
    expect(renderFenceGuide(shopify)).toContain('| `/line_items/*/price` | string | yes |');
    expect(renderFenceGuide(shopify)).toContain('### Header `x-shopify-topic` is `orders/create`');
    expect(renderFenceGuide(shopify)).toContain('| `/shipping_address/country_code` | string |');
  });

  it('tells the answers that the contract chooses', () => {
    expect(statuses(fenceWith())).toEqual([
      ...['202', '409', '401', '404', '413', '415', '429', '503', '500, 504, none'],
    ]);
    expect(statuses(fenceWith({ answers: { quarantined: { status: 422 } } }))).toContain('422');
    expect(statuses(fenceWith({ answers: { conflict: { status: 202 } } }))).not.toContain('409');
    expect(statuses(fenceWith({ allowFrom: ['192.0.2.0/24'] }))).toContain('403');
    expect(statuses(fenceWith({ scheme: 'slack', idempotency: { key: 'content' } }))).toContain('200');
    expect(statuses(fenceWith({ scheme: 'gitlab' }))).toContain('400');
    const quota = answerRows(fenceWith({ tenantQuota: { requests: 7, perSeconds: 60 } }));
    expect(quota.find(([status]) => status === '429')?.[1]).toContain('7 of one tenant in 1 minute');
  });

  it('tells an answer of the contract’s own, and that it holds no correlation id', () => {
    const fence = fenceWith({
      answers: {
        accepted: { status: 200, body: '<Response/>', contentType: 'text/xml' },
        duplicate: { status: 204 },
        quarantined: { status: 406 },
      },
    });
    const told = answerRows(fence).slice(0, 3);
    expect(told).toEqual([
      ['200', 'Accepted. The body is always `<Response/>`.', 'Nothing. Do not send it again.'],
      ['204', 'A repeat. There is no body.', 'Nothing.'],
      [
        '406',
        'Verified, but quarantined. `code` and `detail` say why.',
        'Do what `remedy` says, then send it again.',
      ],
    ]);
    expect(renderFenceGuide(fence)).toContain('The answer to an accepted delivery is fixed.');
    expect(renderFenceGuide(fenceWith())).toContain('An accepted delivery has a `correlationId`');
  });

  it('tells partners whose secret to sign with, and where the tenant is', () => {
    const allowed = ['north', 'south'];
    const own = fenceWith({ tenant: { fromPath: true, allowed } });
    expect(renderFenceGuide(own)).toContain(
      'Tenant: `{tenant}` in the address names it, one of `north`, `south`. Sign with the secret of that tenant.',
    );
    const reason = 'One system signs for all.';
    const shared = fenceWith({
      tenant: { from: '/shop', allowed },
      secrets: { sharedByTenants: { reason } },
    });
    expect(renderFenceGuide(shared)).not.toContain('secret of that tenant');
    expect(tenantOfEvents(shared)).toContain(reason);
    expect(tenantOfEvents(own)).toContain('signed with the secret of another tenant');
  });

  it('tells what the fence does when it is asked', async () => {
    const strict = new FenceSimulator(
      fenceWith({ answers: { quarantined: { status: 422 } }, bodyBytesMax: 200 }),
    );
    const given = [
      await strict.send(),
      await strict.send({ id: 'msg_2', body: payment('p-2', -1) }),
      await strict.send({ body: payment('other') }),
      await strict.send({ id: 'msg_3', secret: otherSecret }),
      await strict.send({ id: 'msg_4', body: payment('x'.repeat(200)) }),
      await strict.send({ id: 'msg_5', headers: { 'content-type': 'text/plain' } }),
    ].map(({ statusCode }) => String(statusCode));
    expect(given).toEqual(['202', '422', '409', '401', '413', '415']);
    expect(statuses(strict.fence)).toEqual(expect.arrayContaining(given));
  });

  it('asks for a fresh signature on repeats only where there is a clock', () => {
    expect(renderFenceGuide(fenceWith())).toContain('Sign each repeat again');
    expect(renderFenceGuide(fenceWith({ scheme: 'github' }))).not.toContain('Sign each repeat again');
  });

  it.each([
    ['standard-webhooks', 'recognised by its header `webhook-id`, for 40 days'],
    ['github', 'the id in `x-github-delivery` is not signed'],
    ['gitlab', 'recognised by its header `idempotency-key`'],
    ['linear', 'its body without `/webhookTimestamp`'],
  ] as const)('says by what repeats of a delivery of %s are recognised', (scheme, words) => {
    expect(nameInWords(fenceWith({ scheme }))).toContain(words);
  });
});

describe('the faults of a fence', () => {
  const codes = (fence: WebhookFence) => fenceFaults(fence).map(({ code }) => code);

  it('are those that deliveries can have, tenants and conflicts only where they can', () => {
    expect(codes(fenceWith())).not.toContain('TENANT_MISMATCH');
    expect(codes(fenceWith({ tenant: { from: '/t', allowed: ['a'] } }))).toContain('TENANT_MISMATCH');
    expect(codes(fenceWith())).toContain('DUPLICATE_CONFLICT');
    const byContent = fenceWith({ scheme: 'vercel', idempotency: { key: 'content' } });
    expect([canConflict(byContent), codes(byContent).includes('DUPLICATE_CONFLICT')]).toEqual([false, false]);
    expect(statuses(byContent)).not.toContain('409');
    expect(codes(fenceWith())).not.toContain('RAGGED_ROW');
    expect(codes(fenceWith())).not.toContain('UNDECODABLE_CHANGE');
  });
});

describe('the runbook of a fence', () => {
  it('says what becomes of each kind of delivery', () => {
    expect(deliveryRows(fenceWith())).toEqual([
      ['field `/type` is `ping`', 'skipped: pings say nothing'],
      ['field `/type` is `paid`', '`payments.payment.confirmed.v1`'],
      ['any other', 'quarantined as UNKNOWN_DELIVERY'],
    ]);
    const open = fenceWith({ skips: [{ when: 'otherwise', reason: 'not ours' }] });
    expect(deliveryRows(open).at(-1)).toEqual(['any other', 'skipped: not ours']);
    const { when: _, ...always } = paid;
    expect(deliveryRows(fenceWith({ accepts: [always], skips: [] }))).toHaveLength(1);
  });

  it('names the secret’s form and its age', () => {
    const runbook = renderRunbook(fenceWith({ secrets: { rotationDays: 90 } }));
    expect(runbook).toContain('`edge/<stage>/pay-hooks`');
    expect(runbook).toContain('a shared secret (base64 after `whsec_`)');
    expect(runbook).toContain(
      'before it is 90 days old; otherwise the alarm [Secret overdue](#secret-overdue)',
    );
    expect(renderRunbook(fenceWith())).not.toContain('#secret-overdue');
  });

  it('shows how to release rejects', () => {
    expect(renderRunbook(fenceWith())).toContain('npm run edge -- plan release pay-hooks --from');
  });

  it('is right that a delivery quarantined by a wrong contract can be processed again through the spill queue', async () => {
    const wrong = new FenceSimulator(
      fenceWith({ accepts: [{ ...paid, when: { field: '/type', is: 'payed' } }] }),
    );
    const { json } = await wrong.send();
    expect(json).toMatchObject({ status: 'quarantined', code: 'UNKNOWN_DELIVERY' });
    const correlationId = String(json.correlationId);
    const key = wrong.ports.files.keys('raw').find(name => name.includes(`/${correlationId}.`))!;
    expect(key).toMatch(/^pay-hooks\/\d{4}\/\d\d\/\d\d\/pay-hooks\.[0-9a-f]{40}\.[0-9a-f]{16}\.json$/);
    expect(wrong.ports.log.lines.find(({ event }) => event === 'delivery quarantined')?.fields.key).toBe(key);
    const drain = webhookDrain(fenceWith(), wrong.ports);
    const body = JSON.stringify({ kind: 'edge.spilled', correlationId, key });
    const context = { awsRequestId: 'again', getRemainingTimeInMillis: () => 60_000 } as Context;
    expect(await drain(spillEvent([{ body, receives: 1 }]), context)).toEqual({ batchItemFailures: [] });
    const right = new FenceSimulator(fenceWith());
    await right.send();
    expect(wrong.eventIds()).toEqual(right.eventIds());
  });
});
