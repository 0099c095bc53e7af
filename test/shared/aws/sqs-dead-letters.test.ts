import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { SqsDeadLetters } from '#shared/aws/sqs-dead-letters.ts';
import { AccessDenied } from '#shared/ports.ts';
import { serviceError } from './service-error.ts';

const client = new SQSClient({ region: 'eu-central-1' });
const mock = mockClient(client);
const deadLetters = new SqsDeadLetters(client, 'https://sqs/dead');
const letter = {
  body: '{"a":1}',
  integration: 'acme-orders',
  reason: 'ACCESS_DENIED',
  receives: 10,
} as const;

beforeEach(() => mock.reset());

describe('a dead letter', () => {
  it('has its body as it came, and says why it is there in attributes', async () => {
    mock.on(SendMessageCommand).resolves({});
    await deadLetters.keep({ ...letter, correlationId: 'acme-orders.1' });
    await deadLetters.keep(letter);
    const [known, unknown] = mock.commandCalls(SendMessageCommand).map(call => call.args[0].input);
    expect(known).toEqual({
      QueueUrl: 'https://sqs/dead',
      MessageBody: '{"a":1}',
      MessageAttributes: {
        integration: { DataType: 'String', StringValue: 'acme-orders' },
        reason: { DataType: 'String', StringValue: 'ACCESS_DENIED' },
        receives: { DataType: 'Number', StringValue: '10' },
        correlationId: { DataType: 'String', StringValue: 'acme-orders.1' },
      },
    });
    expect(unknown?.MessageAttributes).not.toHaveProperty('correlationId');
  });

  it('that may not be sent says so', async () => {
    mock.on(SendMessageCommand).rejects(serviceError('AccessDenied', 403));
    await expect(deadLetters.keep(letter)).rejects.toBeInstanceOf(AccessDenied);
  });
});
