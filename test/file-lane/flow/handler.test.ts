import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Context, SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { type MemoryPorts, memoryPorts } from '#adapters/file-lane/memory/memory-ports.ts';
import { fileLane } from '#functions/file-lane.ts';
import { EventBridgeBus } from '#shared/aws/event-bridge-bus.ts';
import { S3Files } from '#shared/aws/s3-files.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { header, laneWith, rows } from './lanes.ts';

/** The handler with the real EventBridge port over a mocked client; everything else in memory. */
const eventBridge = mockClient(EventBridgeClient);
let ports: MemoryPorts;
let put: PutEventsRequestEntry[];

const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 600_000 } as Context;

const eventOf = (...bodies: readonly object[]): SQSEvent =>
  ({
    Records: bodies.map((body, i) => ({
      messageId: `m-${i}`,
      receiptHandle: `r-${i}`,
      body: JSON.stringify(body),
      attributes: { ApproximateReceiveCount: '1' },
    })),
  }) as SQSEvent;

const noticeOf = (object: ObjectRef) => ({
  id: 'notice-1',
  time: '2026-01-05T08:00:00Z',
  'detail-type': 'Object Created',
  source: 'aws.s3',
  detail: {
    bucket: { name: 'inbound' },
    object: { key: object.key, 'version-id': object.versionId, etag: object.etag },
  },
});

const handle = (...bodies: readonly object[]) =>
  fileLane(laneWith(), { ...ports, bus: new EventBridgeBus(new EventBridgeClient({}), 'bus') })(
    eventOf(...bodies),
    context,
  );

const accept = (entries: readonly PutEventsRequestEntry[]) => {
  put.push(...entries);
  return { FailedEntryCount: 0, Entries: entries.map(() => ({ EventId: 'e' })) };
};

const rowIds = () =>
  put.filter(entry => entry.Source === 'shop').map(entry => JSON.parse(entry.Detail!).id as string);

beforeEach(() => {
  ports = memoryPorts();
  put = [];
  eventBridge.reset();
  eventBridge.on(PutEventsCommand).callsFake(input => accept(input.Entries));
});

describe('the handler', () => {
  it('publishes to its bus, ten entries a call, and reports no failure', async () => {
    const object = ports.files.put('inbound', 'shop/in/items_1.csv', header + rows(25));
    expect(await handle(noticeOf(object))).toEqual({ batchItemFailures: [] });
    expect(rowIds()).toHaveLength(25);
    const calls = eventBridge.commandCalls(PutEventsCommand).map(call => call.args[0].input.Entries!);
    expect(calls.map(entries => entries.length)).toEqual([10, 10, 5, 1]);
    expect(calls.flat().every(entry => entry.EventBusName === 'bus')).toBe(true);
  });

  it('retries a throttled call and a throttled entry, with the same ids', async () => {
    let calls = 0;
    eventBridge.on(PutEventsCommand).callsFake(input => {
      calls++;
      if (calls === 1)
        throw Object.assign(new Error('slow down'), {
          name: 'ThrottlingException',
          $metadata: { httpStatusCode: 400 },
        });
      if (calls > 2) return accept(input.Entries);
      const [first, ...rest] = input.Entries as PutEventsRequestEntry[];
      accept(rest);
      return {
        FailedEntryCount: 1,
        Entries: [
          { ErrorCode: 'InternalFailure', ErrorMessage: first!.Source },
          ...rest.map(() => ({ EventId: 'e' })),
        ],
      };
    });
    const object = ports.files.put('inbound', 'shop/in/items_1.csv', header + rows(3));
    expect(await handle(noticeOf(object))).toEqual({ batchItemFailures: [] });
    expect(new Set(rowIds()).size).toBe(3);
    expect(rowIds()).toHaveLength(3);
  });

  it('that gets no answer in time sends the same ids again', async () => {
    let calls = 0;
    eventBridge.on(PutEventsCommand).callsFake(input => {
      const answer = accept(input.Entries);
      if (++calls === 1) throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
      return answer;
    });
    const object = ports.files.put('inbound', 'shop/in/items_1.csv', header + rows(3));
    expect(await handle(noticeOf(object))).toEqual({ batchItemFailures: [] });
    expect(rowIds()).toHaveLength(6);
    expect(new Set(rowIds()).size).toBe(3);
  });

  it('that may not publish keeps the message for later, and quarantines nothing', async () => {
    eventBridge.on(PutEventsCommand).callsFake(() => {
      throw Object.assign(new Error('not authorized'), {
        name: 'AccessDeniedException',
        $metadata: { httpStatusCode: 400 },
      });
    });
    const object = ports.files.put('inbound', 'shop/in/items_1.csv', header + rows(3));
    expect(await handle(noticeOf(object))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-0' }] });
    expect(ports.laneQueue.deferrals).toEqual([
      // While it is in work, it is hidden a little longer than it is leased.
      { receiptHandle: 'r-0', seconds: 125 },
      { receiptHandle: 'r-0', seconds: 10 },
    ]);
    expect(ports.files.keys('quarantine')).toEqual([]);
    expect(ports.ledger.all()[0]).toMatchObject({ state: 'processing', fault: { code: 'ACCESS_DENIED' } });
    expect(ports.log.lines.map(line => line.event)).toContain('lane stopped');
  });

  it('that may not read keeps the message for later and says why', async () => {
    const s3 = mockClient(S3Client);
    const denied = Object.assign(new Error('Access Denied'), {
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    s3.on(HeadObjectCommand).rejects(denied);
    s3.on(GetObjectCommand).rejects(denied);
    const files = new S3Files(new S3Client({}), { inbound: 'i', raw: 'r', quarantine: 'q' });
    const notice = noticeOf({ bucket: 'inbound', key: 'shop/in/items_1.csv', versionId: 'v1' });
    const answer = await fileLane(laneWith(), { ...ports, files })(eventOf(notice), context);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-0' }] });
    expect(ports.ledger.all()[0]).toMatchObject({ state: 'received', fault: { code: 'ACCESS_DENIED' } });
  });

  it('tolerates the test event of S3, and reports only the message that failed', async () => {
    const stranger = { kind: 'edge.settle', handoffId: 'shop-items.1', hop: 0, fromPart: 0 };
    const answer = await handle({ Service: 'Amazon S3', Event: 's3:TestEvent' }, stranger);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
    expect(ports.log.lines.map(line => line.event)).toEqual(['message failed']);
  });
});
