import type { Provider } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import type { WebhookRequest } from '#adapters/webhook-fence/core/signature/request.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { verify } from '#adapters/webhook-fence/core/signature/verify.ts';
import { ed25519, post, whsec } from './senders.ts';

interface Vector {
  readonly name: string;
  readonly source: string;
  readonly provider: Provider;
  readonly secret: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly request: WebhookRequest;
}

const slackCommand =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&' +
  'user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2F' +
  'commands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';

const adyenItem = {
  additionalData: { hmacSignature: 'coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=' },
  amount: { value: 1130, currency: 'EUR' },
  pspReference: '7914073381342284',
  eventCode: 'AUTHORISATION',
  eventDate: '2019-05-06T17:15:34.121+02:00',
  merchantAccountCode: 'TestMerchant',
  operations: ['CANCEL', 'CAPTURE', 'REFUND'],
  merchantReference: 'TestPayment-1407325143704',
  paymentMethod: 'visa',
  success: 'true',
};

const vectors: readonly Vector[] = [
  {
    name: 'Standard Webhooks v1, published by the project',
    source: 'github.com/standard-webhooks/standard-webhooks libraries/javascript/src/webhook.test.ts',
    provider: 'standard-webhooks',
    secret: whsec,
    at: 1_614_265_330_000,
    request: post('{"test": 2432232314}', {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    }),
  },
  {
    name: 'Standard Webhooks v1a, published by the project',
    source: 'github.com/standard-webhooks/standard-webhooks libraries/go/webhook_asymmetric_test.go',
    provider: 'standard-webhooks',
    secret: ed25519.whpk,
    at: 1_614_265_330_000,
    request: post('{"test": 2432232314}', {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature':
        'v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==',
    }),
  },
  {
    name: 'GitHub, published in its documentation',
    source: 'docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries',
    provider: 'github',
    secret: "It's a Secret to Everybody",
    at: 0,
    request: post('Hello, World!', {
      'X-Hub-Signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    }),
  },
  {
    name: 'Slack, published in its documentation',
    source: 'docs.slack.dev/authentication/verifying-requests-from-slack',
    provider: 'slack',
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    at: 1_531_420_618_000,
    request: post(slackCommand, {
      'X-Slack-Request-Timestamp': '1531420618',
      'X-Slack-Signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    }),
  },
  {
    name: 'Square, published in its documentation',
    source: 'developer.squareup.com/docs/webhooks/step3validate',
    provider: 'square',
    secret: 'asdf1234',
    at: 0,
    request: post(
      '{"hello":"world"}',
      { 'X-Square-HmacSha256-Signature': '2kRE5qRU2tR+tBGlDwMEw2avJ7QM4ikPYD/PJ3bd9Og=' },
      'https://example.com/webhook',
    ),
  },
  {
    name: 'Adyen, published in its documentation and accepted by @adyen/api-library 32.1.0 (37 MB, not kept)',
    source: 'docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures',
    provider: 'adyen',
    secret: '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056',
    at: 0,
    request: post(
      JSON.stringify({ live: 'false', notificationItems: [{ NotificationRequestItem: adyenItem }] }),
      {},
    ),
  },
  {
    name: 'HubSpot v3, recorded from @hubspot/api-client 14.0.1 (54 MB, not kept)',
    source: 'Signature.getSignature("POST", "v3", …) of that package',
    provider: 'hubspot',
    secret: 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
    at: 1_760_000_000_123,
    request: post(
      '[{"eventId":1,"subscriptionId":12345,"portalId":62515}]',
      {
        'X-HubSpot-Signature-v3': 'GaeAM8P+hVvheMwPoKFUiPtkra5U8Y2yn7uyHb4wEwY=',
        'X-HubSpot-Request-Timestamp': '1760000000123',
      },
      'https://www.example.com/webhook_uri',
    ),
  },
  {
    name: 'Webflow, accepted by webflow-api 3.3.4 (89 packages, not kept)',
    source: 'WebflowClient.webhooks.verifySignature of that package',
    provider: 'webflow',
    secret: 'client-secret',
    at: 1_760_000_000_123,
    request: post('{"triggerType":"form_submission","payload":{"name":"Contact Us"}}', {
      'x-webflow-timestamp': '1760000000123',
      'x-webflow-signature': '6e4284f1edac9ac4e3a76f9028a4f86c3602e83617b3e506bb3c5eccb21f948f',
    }),
  },
];

describe.each(vectors)('$name ($source)', ({ provider, secret, at, request }) => {
  it('is verified', () => {
    expect(
      verify(schemes[provider], request, { secrets: [{ value: secret }], receivedAt: at }),
    ).toMatchObject({ verified: true });
  });

  it('is refused with another secret of the same form', () => {
    const other = secret.startsWith('whpk_')
      ? `whpk_${Buffer.alloc(32, 7).toString('base64')}`
      : secret.slice(0, -2) + (secret.endsWith('00') ? '11' : '00');
    const result = verify(schemes[provider], request, { secrets: [{ value: other }], receivedAt: at });
    expect(result).toMatchObject({ verified: false, reason: 'SIGNATURE_MISMATCH' });
  });
});
