import { generateKeyPairSync, sign as signWith } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { defineScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import { parcelTopic } from '../../guides/schemes/aws-sns.ts';
import { discord } from '../../guides/schemes/discord.ts';
import { post } from '../core/signature/senders.ts';
import { at, body, type ProviderCase, seconds } from './provider-case.ts';

/* Providers that sign with a private key. */

const sns = JSON.parse(readFileSync(new URL('sns-messages.json', import.meta.url), 'utf8'));

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const rsaPem = rsa.publicKey.export({ format: 'pem', type: 'spki' }).toString();
const rsaSign = (hash: string, text: string) =>
  signWith(hash, Buffer.from(text), rsa.privateKey).toString('base64');

const paypalCertificate = 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-df8cd2d5';
const transmission = 'b8e3b2d0-a1b1-11ef-9f5c-f7a1c5b1a1b1';
const transmittedAt = '2025-10-09T08:53:20Z';

export const keyCases: readonly ProviderCase[] = [
  {
    provider: 'AWS SNS',
    checked: 'SDK',
    source: 'sns-validator (Amazon’s), validate; our certificate in the place of Amazon’s',
    scheme: parcelTopic,
    secrets: [],
    at,
    document: sns.cert,
    request: post(JSON.stringify(sns.notification), {}),
    handshakes: [
      {
        request: post(JSON.stringify(sns.confirmation), {}),
        reply: { statusCode: 200, body: '', visit: sns.confirmation.SubscribeURL },
      },
    ],
  },
  {
    provider: 'PayPal',
    checked: 'example',
    source: 'developer.paypal.com/api/rest/webhooks/rest, "Self verification method"',
    scheme: defineScheme({
      kind: 'signed',
      name: 'paypal',
      signature: { header: 'paypal-transmission-sig' },
      signers: [{ algorithm: 'rsa-sha256', encoding: 'base64', key: { encoding: 'pem' } }],
      content: '{id}|{timestamp}|8PT597110X687430LKGECATA|{crc32}',
      timestamp: { from: { header: 'paypal-transmission-time' }, format: 'rfc3339', toleranceSeconds: 300 },
      id: { header: 'paypal-transmission-id' },
      unsignedBody: {
        reason: 'PayPal signs a checksum of the body, and another body can have the same one.',
      },
      certificate: {
        from: { header: 'paypal-cert-url' },
        urls: ['https://api.paypal.com/v1/notifications/certs/*'],
      },
    }),
    secrets: [],
    at,
    document: rsaPem,
    request: post(body, {
      'paypal-transmission-id': transmission,
      'paypal-transmission-time': transmittedAt,
      'paypal-cert-url': paypalCertificate,
      'paypal-transmission-sig': rsaSign(
        'sha256',
        `${transmission}|${transmittedAt}|8PT597110X687430LKGECATA|${crc32(body)}`,
      ),
    }),
  },
  {
    provider: 'Fireblocks, older signature',
    checked: 'example',
    source: 'developers.fireblocks.com/reference/verify-requests',
    scheme: defineScheme({
      kind: 'signed',
      name: 'fireblocks',
      signature: { header: 'fireblocks-signature' },
      signers: [{ algorithm: 'rsa-sha512', encoding: 'base64', key: { encoding: 'pem' } }],
      content: '{body}',
    }),
    secrets: [{ value: rsaPem }],
    at,
    request: post(body, { 'fireblocks-signature': rsaSign('sha512', body) }),
  },
  {
    provider: 'Discord',
    checked: 'SDK',
    source: 'discord-interactions, verifyKey; the key pair of RFC 8032, 7.1, test 1',
    scheme: discord,
    secrets: [{ value: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a' }],
    at,
    request: post('{"type":1}', {
      'x-signature-timestamp': seconds,
      'x-signature-ed25519':
        'f89887fe81f37259244261dd630a69a2d08fff5494317609e45084152c1f14f2c1e6a771cfe5375a83548da2422874ca91b254e37526b22bdeb94e2908705606',
    }),
    handshakes: [
      {
        request: post('{"version":1,"application_id":"1234560123453231555","type":0}', {
          'x-signature-timestamp': seconds,
          'x-signature-ed25519':
            'd333f178e7277ca75ee16dd397d8e6a29ebe049ba3d6cec22c493115f83eb4c9fc5b84d349c5f1457700bd3e0b9f51d05a576511859e525ef53b6754b5947404',
        }),
        reply: { statusCode: 204, body: '' },
      },
    ],
  },
  {
    provider: 'Telnyx',
    checked: 'SDK',
    source: 'telnyx, webhooks.unwrap',
    scheme: defineScheme({
      kind: 'signed',
      name: 'telnyx',
      signature: { header: 'telnyx-signature-ed25519' },
      signers: [{ algorithm: 'ed25519', encoding: 'base64', key: { encoding: 'base64' } }],
      content: '{timestamp}|{body}',
      timestamp: { from: { header: 'telnyx-timestamp' }, format: 'seconds', toleranceSeconds: 300 },
    }),
    secrets: [{ value: 'r9MRRXedPcZHICEOy3HDB9wVL4sC5VRlE5qDrdvnEeY=' }],
    at,
    request: post(body, {
      'telnyx-timestamp': seconds,
      'telnyx-signature-ed25519':
        '3SqZwbDvEG8gWwackvlq8b8K2eFR7C1m9k/SgP3lTTgL6LSjn+hQqTAOmckKE7+ZH4z1WZh4swwGODdtSlI1Dw==',
    }),
  },
];
