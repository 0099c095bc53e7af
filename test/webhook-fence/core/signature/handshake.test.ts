import { defineScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import { judge } from '#adapters/webhook-fence/core/signature/judge.ts';
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
  judge(schemes.slack, request, { secrets: [{ value: secret }], receivedAt: at });
const answered = (text: string) => ({ kind: 'handshake', reply: { statusCode: 200, body: text } });
const refused = (reason: string) => ({ kind: 'refused', refusal: { reason } });

describe('Slack’s handshake (docs.slack.dev/reference/events/url_verification)', () => {
  const body = JSON.stringify({
    token: 'Jhj5dZrVaK7ZwHHjRyZWjbDl',
    challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P',
    type: 'url_verification',
  });

  it('is answered with its challenge when it is signed', async () => {
    expect(await askSlack(slack(body))).toMatchObject(
      answered('3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P'),
    );
  });

  it('is refused when it is not', async () => {
    expect(await askSlack(slack(body, 'wrong'))).toMatchObject(refused('SIGNATURE_MISMATCH'));
    expect(await askSlack(post(body, {}))).toMatchObject(refused('NO_SIGNATURE'));
  });

  it.each([[undefined], [null], [{}], [''], ['<script>'], ['a&b'], ['x'.repeat(513)]])(
    'is refused with the challenge %p',
    async challenge => {
      const request = slack(JSON.stringify({ type: 'url_verification', challenge }));
      expect(await askSlack(request)).toMatchObject(refused('MALFORMED_HANDSHAKE'));
    },
  );

  it.each([['{"type":"event_callback"}'], ['a=1&b=2'], ['[]'], ['null'], ['']])(
    'is not seen in %p',
    async body => {
      expect(await askSlack(slack(body))).toMatchObject({ kind: 'delivery' });
    },
  );
});

describe('Meta’s handshake (developers.facebook.com/docs/graph-api/webhooks/getting-started)', () => {
  const secrets = [{ value: 'app-secret' }, { value: 'meatyhamhock', use: 'handshake' as const }];
  const ask = (query: string, method = 'GET') =>
    judge(
      schemes.meta,
      { method, url: `https://edge.example.com/meta${query}`, headers: {}, body: new Uint8Array() },
      { secrets, receivedAt: at },
    );

  it('is answered with its challenge when it knows the verify token', async () => {
    const query = '?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock';
    expect(await ask(query)).toMatchObject(answered('1158201444'));
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
  ])('is refused as %p', async (query, reason) => {
    expect(await ask(query)).toMatchObject(refused(reason));
  });

  it('is not seen in a delivery', async () => {
    expect(await ask('?hub.mode=subscribe', 'POST')).toMatchObject(refused('NO_SIGNATURE'));
  });
});

it('a provider without a handshake has none', async () => {
  const request = post('{"type":"url_verification"}', {});
  const criteria = { secrets: [], receivedAt: at };
  expect(await judge(schemes.github, request, criteria)).toMatchObject(refused('NO_USABLE_SECRET'));
});

describe('A handshake that signs the text of anyone (docs.x.com, "Challenge-Response Check")', () => {
  const x = defineScheme({
    kind: 'signed',
    name: 'x',
    signature: { header: 'x-twitter-webhooks-signature', prefix: 'sha256=' },
    signers: [{ algorithm: 'hmac-sha256', encoding: 'base64' }],
    content: '{body}',
    handshakes: [
      {
        method: 'GET',
        when: [{ query: 'crc_token' }],
        proof: 'none',
        answer: { json: { token: { digest: 'hmac-sha256', of: '{query:crc_token}', encoding: 'base64' } } },
      },
    ],
  });
  const ask = (text: string) =>
    judge(
      x,
      {
        method: 'GET',
        url: `https://edge.example.com/x?crc_token=${encodeURIComponent(text)}`,
        headers: {},
        body: new Uint8Array(),
      },
      { secrets: [{ value: secret }], receivedAt: at },
    );

  it('signs a challenge', async () => {
    const token = hmac('sha256', secret, 'challenge_string', 'base64');
    expect(await ask('challenge_string')).toMatchObject(answered(JSON.stringify({ token })));
  });

  it.each(['[]', '{}', '[1,2]', '{"type":"paid"}'])(
    'does not sign %s, which could be a delivery',
    async text => {
      expect(await ask(text)).toMatchObject(refused('MALFORMED_HANDSHAKE'));
    },
  );
});
