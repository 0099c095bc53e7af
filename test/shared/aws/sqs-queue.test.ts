import { ChangeMessageVisibilityCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { SqsQueue } from '#shared/aws/sqs-queue.ts';
import { AccessDenied } from '#shared/ports.ts';
import { serviceError } from './service-error.ts';

const client = new SQSClient({ region: 'eu-central-1' });
const mock = mockClient(client);
const queue = new SqsQueue(client, 'https://sqs/lane');

beforeEach(() => mock.reset());

const batches = () =>
  mock.commandCalls(SendMessageBatchCommand).map(call => call.args[0].input.Entries?.length);

describe('sending', () => {
  it('fills each call as far as count and bytes allow', async () => {
    mock.on(SendMessageBatchCommand).resolves({});
    await queue.send(Array.from({ length: 23 }, (_, n) => ({ n })));
    expect(batches()).toEqual([10, 10, 3]);
    mock.resetHistory();
    const text = 'ü'.repeat(200_000);
    await queue.send([{ text }, { text }, { text }, { n: 1 }]);
    expect(batches()).toEqual([2, 2]);
  });

  it('fails when the queue took less than all, and says why', async () => {
    mock.on(SendMessageBatchCommand).resolves({
      Failed: [{ Id: '1', Code: 'InternalError', SenderFault: false, Message: 'try later' }],
    });
    await expect(queue.send([{ n: 1 }, { n: 2 }])).rejects.toThrow('1 messages: InternalError try later');
  });

  it('that is denied says so, though SQS answers 400', async () => {
    const cause = serviceError('AccessDenied', 400);
    mock.on(SendMessageBatchCommand).rejects(cause);
    const failure = await queue.send([{ n: 1 }]).catch(error => error);
    expect(failure).toBeInstanceOf(AccessDenied);
    expect(failure.cause).toBe(cause);
  });
});

describe('deferring', () => {
  const seconds = () => mock.commandCalls(ChangeMessageVisibilityCommand)[0]?.args[0].input.VisibilityTimeout;

  it.each([
    [30, 30],
    [0.2, 1],
    [-5, 0],
    [100_000, 43_200],
  ])('by %d seconds hides the message for %d', async (asked, given) => {
    mock.on(ChangeMessageVisibilityCommand).resolves({});
    await queue.defer('receipt', asked);
    expect(seconds()).toBe(given);
  });

  it('is content when the message is visible already', async () => {
    mock.on(ChangeMessageVisibilityCommand).rejects(serviceError('MessageNotInflight', 400));
    await expect(queue.defer('receipt', 5)).resolves.toBeUndefined();
  });

  it('fails for any other reason', async () => {
    mock.on(ChangeMessageVisibilityCommand).rejects(serviceError('ReceiptHandleIsInvalid', 404));
    await expect(queue.defer('receipt', 5)).rejects.toThrow('ReceiptHandleIsInvalid');
  });
});
