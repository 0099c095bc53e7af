import { apiKeyScheme, defineScheme, hmacScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import type { Handshake } from '#adapters/webhook-fence/contract/webhook-handshake.ts';
import type { SignedScheme } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { dropbox } from '../../guides/schemes/dropbox.ts';
import { xero } from '../../guides/schemes/xero.ts';
import { zoom } from '../../guides/schemes/zoom.ts';
import { hmac, post } from '../core/signature/senders.ts';
import { address, ask, at, body, type ProviderCase, seconds } from './provider-case.ts';

/* Providers that check the address first. */

const secret = 'k';
const secrets = [{ value: secret }];
const hex = (text: string) => hmac('sha256', secret, text, 'hex');

const withHandshakes = (scheme: SignedScheme, ...handshakes: readonly Handshake[]): SignedScheme =>
  defineScheme({ ...scheme, handshakes });

const zoomPost = (text: string) =>
  post(text, { 'x-zm-request-timestamp': seconds, 'x-zm-signature': `v0=${hex(`v0:${seconds}:${text}`)}` });

const xeroPost = (text: string) => post(text, { 'x-xero-signature': hmac('sha256', secret, text, 'base64') });

const twitchTime = '2025-10-09T08:53:20.123456789Z';
const twitchId = 'e76c6bd4-55c9-4987-8304-da1588d8988b';
const twitchPost = (type: string, text: string) =>
  post(text, {
    'twitch-eventsub-message-id': twitchId,
    'twitch-eventsub-message-timestamp': twitchTime,
    'twitch-eventsub-message-type': type,
    'twitch-eventsub-message-signature': `sha256=${hex(`${twitchId}${twitchTime}${text}`)}`,
  });

const echoQuery = (query: string): Handshake => ({
  method: 'GET',
  when: [{ query }],
  proof: 'none',
  answer: { text: `{query:${query}}` },
});

export const handshakeCases: readonly ProviderCase[] = [
  {
    provider: 'Zoom',
    checked: 'example',
    source:
      'developers.zoom.us/docs/api/webhooks, "Verify webhook events" and "Validate your webhook endpoint"',
    scheme: zoom,
    secrets,
    at,
    request: zoomPost(body),
    handshakes: [
      {
        request: zoomPost(
          '{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event_ts":1654503849680,"event":"endpoint.url_validation"}',
        ),
        reply: {
          statusCode: 200,
          body: JSON.stringify({
            plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
            encryptedToken: hex('qgg8vlvZRS6UYooatFL8Aw'),
          }),
        },
      },
    ],
  },
  {
    provider: 'Dropbox',
    checked: 'example',
    source:
      'dropbox.com/developers/reference/webhooks, "The verification request" and "Receiving notifications"',
    scheme: dropbox,
    secrets,
    at,
    request: post(body, { 'x-dropbox-signature': hex(body) }),
    handshakes: [
      {
        request: ask('GET', 'challenge=abc'),
        reply: {
          statusCode: 200,
          body: 'abc',
          headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' },
        },
      },
    ],
  },
  {
    provider: 'Nylas',
    checked: 'example',
    source: 'developer.nylas.com/docs/v3/notifications, "Respond to webhook verification request"',
    scheme: withHandshakes(
      hmacScheme({ name: 'nylas', header: 'x-nylas-signature' }),
      echoQuery('challenge'),
    ),
    secrets,
    at,
    request: post(body, { 'x-nylas-signature': hex(body) }),
    handshakes: [
      {
        request: ask('GET', 'challenge=bc609b38-c81f-47fb-a275-1d9bd61be968'),
        reply: { statusCode: 200, body: 'bc609b38-c81f-47fb-a275-1d9bd61be968' },
      },
    ],
  },
  {
    provider: 'Asana',
    checked: 'example',
    source: 'developers.asana.com/docs/webhooks-guide, "The webhook handshake"',
    scheme: withHandshakes(hmacScheme({ name: 'asana', header: 'x-hook-signature' }), {
      method: 'POST',
      when: [{ header: 'x-hook-secret' }],
      proof: 'none',
      answer: { headers: { 'x-hook-secret': '{header:x-hook-secret}' } },
    }),
    secrets,
    at,
    request: post(body, { 'x-hook-signature': hex(body) }),
    handshakes: [
      {
        request: ask('POST', '', { 'x-hook-secret': 'b537207f20cbfa02357cf448134da559e8bd39d61597dcd5' }),
        reply: {
          statusCode: 200,
          body: '',
          headers: expect.objectContaining({
            'x-hook-secret': 'b537207f20cbfa02357cf448134da559e8bd39d61597dcd5',
          }),
        },
      },
    ],
  },
  {
    provider: 'Trello',
    checked: 'example',
    source: 'developer.atlassian.com/cloud/trello/guides/rest-api/webhooks, "Webhook signatures"',
    scheme: defineScheme({
      kind: 'signed',
      name: 'trello',
      signature: { header: 'x-trello-webhook' },
      signers: [{ algorithm: 'hmac-sha1', encoding: 'base64' }],
      content: '{body}{url}',
      handshakes: [{ method: 'HEAD', proof: 'none', answer: {} }],
    }),
    secrets,
    at,
    request: post(body, { 'x-trello-webhook': hmac('sha1', secret, body + address, 'base64') }),
    handshakes: [{ request: ask('HEAD'), reply: { statusCode: 200, body: '' } }],
  },
  {
    provider: 'Xero',
    checked: 'example',
    source: 'developer.xero.com/documentation/guides/webhooks/configuring-your-server, "Intent to receive"',
    scheme: xero,
    secrets,
    at,
    request: xeroPost(
      '{"events":[{"resourceId":"1"}],"firstEventSequence":1,"lastEventSequence":1,"entropy":"A"}',
    ),
    handshakes: [
      {
        request: xeroPost(
          '{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"FMLHZNKCVK"}',
        ),
        reply: { statusCode: 200, body: '' },
      },
    ],
  },
  {
    provider: 'Twitch',
    checked: 'example',
    source: 'dev.twitch.tv/docs/eventsub/handling-webhook-events, "Verifying the event message"',
    scheme: defineScheme({
      kind: 'signed',
      name: 'twitch',
      signature: { header: 'twitch-eventsub-message-signature', prefix: 'sha256=' },
      signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
      content: '{id}{timestamp}{body}',
      timestamp: {
        from: { header: 'twitch-eventsub-message-timestamp' },
        format: 'rfc3339',
        toleranceSeconds: 600,
      },
      id: { header: 'twitch-eventsub-message-id' },
      handshakes: [
        {
          method: 'POST',
          when: [{ header: 'twitch-eventsub-message-type', is: 'webhook_callback_verification' }],
          proof: 'scheme',
          answer: { text: '{field:/challenge}' },
        },
      ],
    }),
    secrets,
    at,
    request: twitchPost('notification', body),
    handshakes: [
      {
        request: twitchPost(
          'webhook_callback_verification',
          '{"challenge":"pogchamp-kappa-360noscope-vohiyo"}',
        ),
        reply: { statusCode: 200, body: 'pogchamp-kappa-360noscope-vohiyo' },
      },
    ],
  },
  {
    provider: 'X',
    checked: 'example',
    source: 'docs.x.com/x-api/webhooks/introduction, "Challenge-Response Check"',
    scheme: withHandshakes(
      hmacScheme({
        name: 'x',
        header: 'x-twitter-webhooks-signature',
        encoding: 'base64',
        prefix: 'sha256=',
      }),
      {
        method: 'GET',
        when: [{ query: 'crc_token' }],
        proof: 'none',
        answer: {
          json: {
            response_token: {
              digest: 'hmac-sha256',
              of: '{query:crc_token}',
              encoding: 'base64',
              prefix: 'sha256=',
            },
          },
        },
      },
    ),
    secrets,
    at,
    request: post(body, {
      'x-twitter-webhooks-signature': `sha256=${hmac('sha256', secret, body, 'base64')}`,
    }),
    handshakes: [
      {
        request: ask('GET', 'crc_token=challenge_string'),
        reply: {
          body: JSON.stringify({
            response_token: `sha256=${hmac('sha256', secret, 'challenge_string', 'base64')}`,
          }),
        },
      },
    ],
  },
  {
    provider: 'Okta',
    checked: 'example',
    source: 'developer.okta.com/docs/concepts/event-hooks, "One-time verification request"',
    scheme: defineScheme({
      ...apiKeyScheme({ name: 'okta', header: 'authorization' }),
      handshakes: [
        {
          method: 'GET',
          when: [{ header: 'x-okta-verification-challenge' }],
          proof: 'none',
          answer: { json: { verification: '{header:x-okta-verification-challenge}' } },
        },
      ],
    }),
    secrets: [{ value: 'agreed-token' }],
    at,
    request: post(body, { authorization: 'agreed-token' }),
    handshakes: [
      {
        request: ask('GET', '', { 'x-okta-verification-challenge': 'DdsTdnbLs3z' }),
        reply: { body: '{"verification":"DdsTdnbLs3z"}', headers: { 'content-type': 'application/json' } },
      },
    ],
  },
  {
    provider: 'Microsoft Graph',
    checked: 'example',
    source:
      'learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks, "notificationUrl validation" and clientState',
    scheme: defineScheme({
      kind: 'token',
      name: 'microsoft-graph',
      token: { field: '/value/*/clientState' },
      handshakes: [
        {
          method: 'POST',
          when: [{ query: 'validationToken' }],
          proof: 'none',
          answer: { text: '{query:validationToken}' },
        },
      ],
    }),
    secrets: [{ value: 'client-state' }],
    at,
    request: post('{"value":[{"clientState":"client-state"},{"clientState":"client-state"}]}', {}),
    handshakes: [
      {
        request: ask(
          'POST',
          'validationToken=Validation%3a+Testing+client+application+reachability+for+subscription',
        ),
        reply: { body: 'Validation: Testing client application reachability for subscription' },
      },
    ],
  },
  {
    provider: 'LinkedIn',
    checked: 'example',
    source: 'learn.microsoft.com/en-us/linkedin/shared/api-guide/webhook-validation',
    scheme: defineScheme({
      kind: 'signed',
      name: 'linkedin',
      signature: { header: 'x-li-signature' },
      signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
      content: 'hmacsha256={body}',
      handshakes: [
        {
          method: 'GET',
          when: [{ query: 'challengeCode' }],
          proof: 'none',
          answer: {
            json: {
              challengeCode: '{query:challengeCode}',
              challengeResponse: { digest: 'hmac-sha256', of: '{query:challengeCode}', encoding: 'hex' },
            },
          },
        },
      ],
    }),
    secrets,
    at,
    request: post(body, { 'x-li-signature': hex(`hmacsha256=${body}`) }),
    handshakes: [
      {
        request: ask('GET', 'challengeCode=890e4665-4dfe-4ab1-b689-ed553bceeed0'),
        reply: {
          body: JSON.stringify({
            challengeCode: '890e4665-4dfe-4ab1-b689-ed553bceeed0',
            challengeResponse: hex('890e4665-4dfe-4ab1-b689-ed553bceeed0'),
          }),
        },
      },
    ],
  },
  {
    provider: 'Strava',
    checked: 'example',
    source: 'developers.strava.com/docs/webhooks; it signs nothing, so the address itself is the secret',
    scheme: defineScheme({
      kind: 'token',
      name: 'strava',
      token: { query: 'key' },
      handshakes: [
        {
          method: 'GET',
          when: [{ query: 'hub.mode', is: 'subscribe' }],
          proof: { token: { query: 'hub.verify_token' } },
          answer: { json: { 'hub.challenge': '{query:hub.challenge}' } },
        },
      ],
    }),
    secrets: [{ value: 'in-the-address' }, { value: 'STRAVA', use: 'handshake' }],
    at,
    request: post(body, {}, `${address}?key=in-the-address`),
    handshakes: [
      {
        request: ask(
          'GET',
          'hub.verify_token=STRAVA&hub.challenge=15f7d1a91c1f40f8a748fd134752feb3&hub.mode=subscribe',
        ),
        reply: { body: '{"hub.challenge":"15f7d1a91c1f40f8a748fd134752feb3"}' },
      },
    ],
  },
  {
    provider: 'eBay (checks of the address)',
    checked: 'SDK',
    source:
      'event-notification-nodejs-sdk, validateEndpoint; the deliveries name their key in encoded JSON, which a scheme cannot say',
    scheme: defineScheme({
      ...apiKeyScheme({ name: 'ebay', header: 'x-agreed-key' }),
      handshakes: [
        {
          method: 'GET',
          when: [{ query: 'challenge_code' }],
          proof: 'none',
          answer: {
            json: {
              challengeResponse: {
                digest: 'sha256',
                of: '{query:challenge_code}{handshake}{url}',
                encoding: 'hex',
              },
            },
          },
        },
      ],
    }),
    secrets: [{ value: 'k' }, { value: '71745723-d031-455c-bfa5-f90d11b4f20a', use: 'handshake' }],
    at,
    request: post(body, { 'x-agreed-key': 'k' }),
    handshakes: [
      {
        request: {
          ...ask('GET'),
          url: 'https://edge.example.com/webhooks/ebay?challenge_code=71745723-d031-455c-bfa5-f90d11b4f20a',
        },
        reply: {
          body: '{"challengeResponse":"533d0d688cd86b6f9fc2ef83f6cc943ad6fad154035824b7d00d27637edaefa0"}',
        },
      },
    ],
  },
  {
    provider: 'Braintree',
    checked: 'SDK',
    source: 'braintree, webhookTesting.sampleNotification and webhookNotification.verify',
    scheme: defineScheme({
      kind: 'signed',
      name: 'braintree',
      signature: { field: 'bt_signature', elements: { separator: '&', assignment: '|' } },
      signers: [
        {
          element: 'bt_public',
          algorithm: 'hmac-sha1',
          encoding: 'hex',
          key: { encoding: 'utf8', hashed: 'sha1' },
        },
      ],
      content: '{field:bt_payload}',
      unsignedBody: { reason: 'Braintree signs the field bt_payload, which holds the whole notification.' },
    }),
    secrets: [{ value: 'bt_private' }],
    at,
    request: post(
      new URLSearchParams({
        bt_signature: 'bt_public|7ccb39e89545468a559b99b67fbf4a1478c442f7',
        bt_payload:
          'PG5vdGlmaWNhdGlvbj4KICAgIDx0aW1lc3RhbXAgdHlwZT0iZGF0ZXRpbWUiPjIwMjYtMTEtMjhUMTU6NTk6MTBaPC90aW1lc3RhbXA+CiAgICA8a2luZD5jaGVjazwva2luZD4KICAgIAogICAgPHN1YmplY3Q+PGNoZWNrIHR5cGU9ImJvb2xlYW4iPnRydWU8L2NoZWNrPjwvc3ViamVjdD4KPC9ub3RpZmljYXRpb24+\n',
      }).toString(),
      {},
    ),
  },
];
