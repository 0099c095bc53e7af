import { defineScheme } from '#kit/webhook-fence';

const sns = 'https://sns.eu-central-1.amazonaws.com/';

export const parcelTopic = defineScheme({
  kind: 'signed',
  name: 'aws-sns',
  signature: { field: '/Signature' },
  signers: [
    { algorithm: 'rsa-sha1', encoding: 'base64', key: { encoding: 'pem' } },
    { algorithm: 'rsa-sha256', encoding: 'base64', key: { encoding: 'pem' } },
  ],
  content: { named: 'aws-sns' },
  certificate: { from: { field: '/SigningCertURL' }, urls: [`${sns}SimpleNotificationService-*.pem`] },
  expects: [{ field: '/TopicArn', is: 'arn:aws:sns:eu-central-1:123456789012:parcels' }],
  handshakes: [
    {
      method: 'POST',
      when: [{ field: '/Type', is: 'SubscriptionConfirmation' }],
      proof: 'scheme',
      answer: {},
      visit: { field: '/SubscribeURL', urls: [`${sns}?Action=ConfirmSubscription&*`] },
    },
  ],
});
