import { generateKeyPairSync, sign as signWith } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { accept, emit } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import { limits } from '#shared/contract/limits.ts';
import { parcelTopic } from '../../guides/schemes/aws-sns.ts';
import { fenceWith, paymentConfirmed } from './fences.ts';
import { gatewayEvent } from './gateway-events.ts';
import { FenceSimulator } from './simulator.ts';

const { cert, notification, confirmation } = JSON.parse(
  readFileSync('test/webhook-fence/providers/sns-messages.json', 'utf8'),
);

const topicFence = () =>
  new FenceSimulator(
    fenceWith({
      scheme: parcelTopic,
      idempotency: { key: { bodyField: '/MessageId' } },
      contentTypes: ['text/plain'],
      answers: { accepted: { status: 200 } },
      accepts: [
        accept({
          schema: z.object({ Message: z.string() }),
          events: [paymentConfirmed],
          map: ({ Message }) => emit(paymentConfirmed, { paymentId: JSON.parse(Message).parcel, cents: 1 }),
        }),
      ],
      skips: [],
    }),
    { secret: { current: 'not used' } },
  );

/** As Amazon SNS posts it: docs.aws.amazon.com/sns, "HTTP/HTTPS notification JSON format". */
const send = (fence: FenceSimulator, message: object) =>
  fence.request(
    gatewayEvent({
      path: fence.fence.route,
      headers: { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': 'Notification' },
      body: JSON.stringify(message),
      receivedAt: fence.ports.clock.now(),
    }),
  );

const settled = (fence: FenceSimulator) =>
  fence.ports.log.lines.findLast(({ event }) => event === 'request settled')?.fields;

describe('a fence for a topic of Amazon SNS', () => {
  it('confirms the subscription, then publishes a message once', async () => {
    const fence = topicFence();
    fence.ports.web.publish(notification.SigningCertURL, cert);
    fence.ports.web.publish(confirmation.SubscribeURL, '<ConfirmSubscriptionResponse/>');
    expect(await send(fence, confirmation)).toMatchObject({ statusCode: 200, body: '' });
    expect(await send(fence, notification)).toMatchObject({ statusCode: 200, json: { status: 'published' } });
    expect(await send(fence, notification)).toMatchObject({ statusCode: 200 });
    expect(fence.events()).toMatchObject([{ data: { paymentId: 'P-1' } }]);
    expect(fence.tally()).toMatchObject({ skipped: 1, published: 1, duplicate: 1 });
    const asked = fence.ports.web.asked.map(({ url }) => url);
    expect(asked).toEqual([notification.SigningCertURL, confirmation.SubscribeURL]);
  });

  it('needs no secret of its own: a forgery is 401 although nobody has written one', async () => {
    const fence = topicFence();
    fence.ports.secrets.generate('{"current":"generated-with-the-stack"}');
    fence.ports.web.publish(notification.SigningCertURL, cert);
    expect((await send(fence, { ...notification, Message: '{}' })).statusCode).toBe(401);
    expect((await send(fence, notification)).json.status).toBe('published');
  });

  it('asks for the confirmation again when it could not be given', async () => {
    const fence = topicFence();
    fence.ports.web.publish(notification.SigningCertURL, cert);
    fence.ports.web.publish(confirmation.SubscribeURL, '', 500);
    expect((await send(fence, confirmation)).statusCode).toBe(503);
  });

  it.each([
    ['a changed message', { Message: '{"parcel":"P-2"}' }, 'SIGNATURE_MISMATCH'],
    ['another topic', { TopicArn: 'arn:aws:sns:eu-central-1:999999999999:parcels' }, 'SIGNATURE_MISMATCH'],
    [
      'a certificate elsewhere',
      { SigningCertURL: 'https://evil.example/SimpleNotificationService-1.pem' },
      'UNKNOWN_KEY',
    ],
    [
      'a certificate that is not there',
      { SigningCertURL: notification.SigningCertURL.replace('.pem', '0.pem') },
      'UNKNOWN_KEY',
    ],
  ])('refuses %s', async (_, change, code) => {
    const fence = topicFence();
    fence.ports.web.publish(notification.SigningCertURL, cert);
    expect((await send(fence, { ...notification, ...change })).statusCode).toBe(401);
    expect(settled(fence)).toMatchObject({ code, outcome: 'rejected' });
    for (const { url } of fence.ports.web.asked)
      expect(url).toMatch(/^https:\/\/sns\.eu-central-1\.amazonaws\.com\//);
  });

  it('refuses a genuine message of a topic that is not ours', async () => {
    const fence = topicFence();
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    fence.ports.web.publish(
      notification.SigningCertURL,
      publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    );
    const theirs = { ...notification, TopicArn: 'arn:aws:sns:eu-central-1:999999999999:parcels' };
    const names = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
    const text = names.map(name => `${name}\n${theirs[name]}\n`).join('');
    const Signature = signWith('sha256', Buffer.from(text), privateKey).toString('base64');
    expect((await send(fence, { ...theirs, Signature })).statusCode).toBe(401);
    expect(settled(fence)).toMatchObject({ code: 'NOT_FOR_US' });
  });

  it('answers 503 while the certificate cannot be read, keeps the message, and rings', async () => {
    const fence = topicFence();
    fence.ports.web.publish(notification.SigningCertURL, '', 503);
    expect((await send(fence, notification)).statusCode).toBe(503);
    expect(settled(fence)).toMatchObject({ code: 'NO_KEYS' });
    expect(fence.ports.log.lines.map(({ event }) => event)).toContain('published keys unreadable');
    fence.ports.web.publish(notification.SigningCertURL, cert);
    expect((await send(fence, notification)).statusCode).toBe(200);
  });

  it('blames no secret for a forgery: the secret that was generated is not used', async () => {
    const fence = topicFence();
    fence.ports.secrets.generate('{"current":"generated-with-the-stack"}');
    fence.ports.web.publish(notification.SigningCertURL, cert);
    expect((await send(fence, { ...notification, Message: '{}' })).statusCode).toBe(401);
    expect((await send(fence, notification)).statusCode).toBe(200);
  });

  it('reads only so many certificates in a minute, however many are named', async () => {
    const fence = topicFence();
    for (let i = 0; i < limits.keyDocumentReadsAMinuteMax + 5; i++)
      await send(fence, {
        ...notification,
        SigningCertURL: notification.SigningCertURL.replace('.pem', `${i}.pem`),
      });
    expect(fence.ports.web.asked).toHaveLength(limits.keyDocumentReadsAMinuteMax);
    fence.ports.clock.advance(60_000);
    fence.ports.web.publish(notification.SigningCertURL, cert);
    expect((await send(fence, notification)).statusCode).toBe(200);
  });
});
