import { answerHandshake } from '#adapters/webhook-fence/core/signature/handshake.ts';
import type { WebhookRequest } from '#adapters/webhook-fence/core/signature/request.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { hmac, post } from './senders.ts';

const at = 1_531_420_618_000;
const secret = '8f742231b10e8888abcd99yyyzzz85a5';

function slack(body: string, key = secret): WebhookRequest {
  const signature = `v0=${hmac('sha256', key, `v0:${at / 1000}:${body}`, 'hex')}`;
  return post(body, { 'x-slack-request-timestamp': String(at / 1000), 'x-slack-signature': signature });
}

const askSlack = (request: WebhookRequest) =>
  answerHandshake(schemes.slack, request, { secrets: [{ value: secret }], receivedAt: at });

describe('Slack’s handshake (docs.slack.dev/reference/events/url_verification)', () => {
  const body = JSON.stringify({
    token: 'Jhj5dZrVaK7ZwHHjRyZWjbDl',
    challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P',
    type: 'url_verification',
  });

  it('is answered with its challenge when it is signed', () => {
    expect(askSlack(slack(body))).toEqual({
      challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P',
    });
  });

  it('is refused when it is not', () => {
    expect(askSlack(slack(body, 'wrong'))).toMatchObject({ reason: 'SIGNATURE_MISMATCH' });
    expect(askSlack(post(body, {}))).toMatchObject({ reason: 'NO_SIGNATURE' });
  });

  it.each([[undefined], [7], [''], ['<script>'], ['a b'], ['x'.repeat(513)]])(
    'is refused with the challenge %p',
    challenge => {
      const request = slack(JSON.stringify({ type: 'url_verification', challenge }));
      expect(askSlack(request)).toMatchObject({ verified: false, reason: 'MALFORMED_HANDSHAKE' });
    },
  );

  it.each([['{"type":"event_callback"}'], ['a=1&b=2'], ['[]'], ['null'], ['']])('is not seen in %p', body => {
    expect(askSlack(slack(body))).toBeUndefined();
  });
});

describe('Meta’s handshake (developers.facebook.com/docs/graph-api/webhooks/getting-started)', () => {
  const secrets = [{ value: 'app-secret' }, { value: 'meatyhamhock', use: 'handshake' as const }];
  const ask = (query: string, method = 'GET') =>
    answerHandshake(
      schemes.meta,
      { method, url: `https://edge.example.com/meta${query}`, headers: {}, body: new Uint8Array() },
      { secrets, receivedAt: at },
    );

  it('is answered with its challenge when it knows the verify token', () => {
    expect(ask('?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock')).toEqual({
      challenge: '1158201444',
    });
  });

  it.each([
    ['?hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong', 'SIGNATURE_MISMATCH'],
    ['?hub.mode=subscribe&hub.challenge=1&hub.verify_token=app-secret', 'SIGNATURE_MISMATCH'],
    ['?hub.mode=subscribe&hub.challenge=1&hub.verify_token=', 'SIGNATURE_MISMATCH'],
    ['?hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=meatyhamhock', 'MALFORMED_HANDSHAKE'],
    ['?hub.mode=subscribe&hub.verify_token=meatyhamhock', 'MALFORMED_HANDSHAKE'],
    ['?hub.mode=subscribe&hub.challenge=%3Cb%3E&hub.verify_token=meatyhamhock', 'MALFORMED_HANDSHAKE'],
    [
      '?hub.mode=subscribe&hub.challenge=1&hub.challenge=2&hub.verify_token=meatyhamhock',
      'MALFORMED_HANDSHAKE',
    ],
    ['', 'MALFORMED_HANDSHAKE'],
  ])('is refused as %p', (query, reason) => {
    expect(ask(query)).toMatchObject({ verified: false, reason });
  });

  it('is not seen in a delivery', () => {
    expect(ask('?hub.mode=subscribe', 'POST')).toBeUndefined();
  });
});

it('a provider without a handshake has none', () => {
  expect(
    answerHandshake(schemes.github, post('{"type":"url_verification"}', {}), { secrets: [], receivedAt: at }),
  ).toBeUndefined();
});
