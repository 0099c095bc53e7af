import { isPinned, unsafePins } from '#adapters/webhook-fence/contract/webhook-pinned-url.ts';

const sns = 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-*.pem';
const confirm = 'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&*';

describe('a pinned address', () => {
  it.each([
    [sns, 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem'],
    [
      confirm,
      'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:x&Token=2336',
    ],
    [
      'https://api.paypal.com/v1/notifications/certs/*',
      'https://api.paypal.com/v1/notifications/certs/CERT-360caa42',
    ],
  ])('%s is met by %s', (pin, address) => {
    expect(isPinned(address, [pin])).toBe(true);
  });

  it.each([
    [
      'another host',
      sns,
      'https://sns.eu-central-1.amazonaws.com.evil.example/SimpleNotificationService-a.pem',
    ],
    [
      'a user before the host',
      sns,
      'https://x@sns.eu-central-1.amazonaws.com/SimpleNotificationService-a.pem',
    ],
    ['a port', sns, 'https://sns.eu-central-1.amazonaws.com:444/SimpleNotificationService-a.pem'],
    ['no encryption', sns, 'http://sns.eu-central-1.amazonaws.com/SimpleNotificationService-a.pem'],
    ['another region', sns, 'https://sns.s3-eu-west-1.amazonaws.com/SimpleNotificationService-a.pem'],
    ['a folder', sns, 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-a/../b.pem'],
    [
      'the folder above',
      'https://api.paypal.com/v1/notifications/certs/*',
      'https://api.paypal.com/v1/notifications/certs/..',
    ],
    ['the same folder', 'https://a.example/*/cert.pem', 'https://a.example/./cert.pem'],
    ['a query', sns, 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-a.pem?x=.pem'],
    ['a line break', sns, 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-a.pem\n'],
    ['a fragment', confirm, 'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&a#b'],
    [
      'another action',
      confirm,
      'https://sns.eu-central-1.amazonaws.com/?Action=DeleteTopic&a=ConfirmSubscription',
    ],
  ])('is not met with %s', (_, pin, address) => {
    expect(isPinned(address, [pin])).toBe(false);
  });

  it('names a complete host over HTTPS', () => {
    const unsafe = [
      'http://a.example/x',
      'https://*.example/x',
      'https://localhost/x',
      'https://a.example',
      'https://a.example:444/x',
      'https://u@a.example/x',
    ];
    expect(unsafePins([sns, confirm, ...unsafe])).toEqual(unsafe);
  });
});
