import { defineScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import { verify } from '#adapters/webhook-fence/core/signature/verify.ts';
import { hmac, post, url } from './senders.ts';

const secrets = [{ value: 'k' }];
const at = Date.parse('2026-11-20T08:00:00Z');
const check = (scheme: Parameters<typeof verify>[0], request: Parameters<typeof verify>[1]) =>
  verify(scheme, request, { secrets, receivedAt: at });

describe('a signature over an id, a time and the body without text between them', () => {
  const scheme = defineScheme({
    kind: 'signed',
    name: 'acme',
    signature: { header: 'x-sig' },
    signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
    content: '{id}{timestamp}{body}',
    timestamp: { from: { header: 'x-time' }, format: 'rfc3339', toleranceSeconds: 300 },
    id: { header: 'x-id' },
  });
  const time = '2026-11-20T08:00:00.5Z';
  const genuine = 'id-7' + time + '{"a":1}';
  const headers = { 'x-sig': hmac('sha256', 'k', genuine, 'hex') };

  it('is verified', () => {
    const request = post('{"a":1}', { ...headers, 'x-id': 'id-7', 'x-time': time });
    expect(check(scheme, request)).toMatchObject({ verified: true, deliveryId: 'id-7', timestamp: at + 500 });
  });

  it('cannot be divided in another way', () => {
    for (let end = 1; end < genuine.length; end++)
      for (let begin = 1; begin < end; begin++) {
        const [id, when, body] = [genuine.slice(0, begin), genuine.slice(begin, end), genuine.slice(end)];
        const request = post(body, { ...headers, 'x-id': id, 'x-time': when });
        expect([check(scheme, request).verified, id]).toEqual([id === 'id-7' && when === time, id]);
      }
  });
});

describe('a signature over a header and a field', () => {
  const scheme = defineScheme({
    kind: 'signed',
    name: 'acme',
    signature: { header: ['x-sig-1', 'x-sig-2'] },
    signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
    content: '{header:x-topic}|{body}',
  });
  const sign = (content: string) => hmac('sha256', 'k', content, 'hex');

  it('is refused when the header holds the text that sets it off', () => {
    const request = post('b|{}', { 'x-topic': 'a', 'x-sig-1': sign('a|b|{}') });
    expect(check(scheme, request)).toMatchObject({ verified: true });
    const moved = post('{}', { 'x-topic': 'a|b', 'x-sig-1': sign('a|b|{}') });
    expect(check(scheme, moved)).toMatchObject({ reason: 'MALFORMED_SIGNED_VALUE' });
  });

  it('is refused without the header', () => {
    expect(check(scheme, post('{}', { 'x-sig-1': sign('|{}') }))).toMatchObject({
      reason: 'NO_SIGNED_VALUE',
    });
  });

  it('is verified by any of its headers, also beside one that is malformed', () => {
    const good = sign('a|{}');
    const bad = sign('b|{}');
    for (const [one, two] of [
      [good, bad],
      [bad, good],
      ['no hex', good],
      [good, ''],
    ])
      expect(check(scheme, post('{}', { 'x-topic': 'a', 'x-sig-1': one!, 'x-sig-2': two! }))).toMatchObject({
        verified: true,
      });
    expect(check(scheme, post('{}', { 'x-topic': 'a', 'x-sig-1': bad, 'x-sig-2': 'no hex' }))).toMatchObject({
      reason: 'SIGNATURE_MISMATCH',
    });
  });

  it('counts the signatures of all its headers together', () => {
    const list = defineScheme({
      ...scheme,
      signature: { header: ['x-sig-1', 'x-sig-2'], elements: { separator: ',', assignment: '=' } },
      signers: [{ element: 'v1', algorithm: 'hmac-sha256', encoding: 'hex' }],
    });
    const nine = Array.from({ length: 9 }, () => `v1=${sign('a|{}')}`).join();
    const request = post('{}', { 'x-topic': 'a', 'x-sig-1': nine, 'x-sig-2': nine });
    expect(check(list, request)).toMatchObject({ reason: 'TOO_MANY_SIGNATURES' });
  });
});

describe('a token', () => {
  const inQuery = defineScheme({ kind: 'token', name: 'acme', token: { query: 'key' } });
  const inItems = defineScheme({ kind: 'token', name: 'acme', token: { field: '/value/*/state' } });

  it.each<[string, string | undefined]>([
    ['?key=k', undefined],
    ['?a=1&key=k#x', undefined],
    ['?key=K', 'SIGNATURE_MISMATCH'],
    ['?key=k&key=k', 'MALFORMED_QUERY'],
    ['', 'NO_SIGNATURE'],
  ])('in the query %s', (query, reason) => {
    expect(check(inQuery, post('{}', {}, url + query))).toMatchObject(
      reason ? { reason } : { verified: true },
    );
  });

  it.each<[unknown, string | undefined]>([
    [{ value: [{ state: 'k' }, { state: 'k' }] }, undefined],
    [{ value: [{ state: 'k' }, { state: 'x' }] }, 'SIGNATURE_MISMATCH'],
    [{ value: [{ state: 'k' }, {}] }, 'MALFORMED_SIGNATURE'],
    [{ value: [] }, 'NO_SIGNATURE'],
    [{ value: { 0: { state: 'k' } } }, 'NO_SIGNATURE'],
    [{}, 'NO_SIGNATURE'],
  ])('in each item of %j', (payload, reason) => {
    expect(check(inItems, post(JSON.stringify(payload), {}))).toMatchObject(
      reason ? { reason } : { verified: true },
    );
  });
});

describe('a time', () => {
  const scheme = (format: 'rfc3339' | 'http-date') =>
    defineScheme({
      kind: 'signed',
      name: 'acme',
      signature: { header: 'x-sig' },
      signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
      content: '{timestamp}{body}',
      timestamp: { from: { header: 'x-time' }, format, toleranceSeconds: 300 },
    });
  const sent = (format: 'rfc3339' | 'http-date', text: string) =>
    check(scheme(format), post('{}', { 'x-time': text, 'x-sig': hmac('sha256', 'k', `${text}{}`, 'hex') }));

  it.each([
    ['rfc3339', '2026-11-20T08:00:00Z', 0],
    ['rfc3339', '2026-11-20T08:00:00.123456789Z', 123],
    ['rfc3339', '2026-11-20T09:00:00+01:00', 0],
    ['rfc3339', '2026-11-20T08:04:59Z', 299_000],
    ['http-date', 'Fri, 20 Nov 2026 08:00:00 GMT', 0],
  ] as const)('in %s is read: %s', (format, text, later) => {
    expect(sent(format, text)).toMatchObject({ verified: true, timestamp: at + later });
  });

  it.each([
    ['rfc3339', '2026-11-20T08:05:01Z', 'TIMESTAMP_IN_FUTURE'],
    ['rfc3339', '2026-11-20T07:54:59Z', 'TIMESTAMP_TOO_OLD'],
    ['rfc3339', '2026-11-20 08:00:00Z', 'MALFORMED_TIMESTAMP'],
    ['rfc3339', '2026-11-20T08:00:00', 'MALFORMED_TIMESTAMP'],
    ['rfc3339', '2026-11-31T08:00:00Z', 'MALFORMED_TIMESTAMP'],
    ['rfc3339', '1795161600', 'MALFORMED_TIMESTAMP'],
    ['http-date', 'Thu, 20 Nov 2026 08:00:00 GMT', 'MALFORMED_TIMESTAMP'],
    ['http-date', 'Fri, 20 Nov 2026 08:00:00 +0000', 'MALFORMED_TIMESTAMP'],
    ['http-date', '2026-11-20T08:00:00Z', 'MALFORMED_TIMESTAMP'],
  ] as const)('in %s is refused: %s', (format, text, reason) => {
    expect(sent(format, text)).toMatchObject({ verified: false, reason });
  });
});
