import type { BusEvent } from '#local/events/event.ts';
import { EventRouter } from '#local/events/event-router.ts';
import { type PutEventsEntry, putEvents } from '#local/events/put-events.ts';

const seen: BusEvent[] = [];
const router = new EventRouter(
  'eu-central-1',
  async () => undefined,
  () => undefined,
);
router.addBus('edge');
router.listen((_, event) => seen.push(event));
beforeEach(() => seen.splice(0));

const good: PutEventsEntry = { Source: 'orders', DetailType: 't', Detail: '{}', EventBusName: 'edge' };

test.each<[string, Partial<PutEventsEntry>, string]>([
  ['no source', { Source: undefined }, 'InvalidArgument'],
  ['no detail type', { DetailType: '' }, 'InvalidArgument'],
  ['a detail type of 129 characters', { DetailType: 'x'.repeat(129) }, 'InvalidArgument'],
  ['no detail', { Detail: undefined }, 'InvalidArgument'],
  ['a detail that is no JSON', { Detail: '{' }, 'MalformedDetail'],
  ['a detail that is no object', { Detail: '[1]' }, 'MalformedDetail'],
  ['a source of AWS', { Source: 'aws.s3' }, 'NotAuthorizedForSourceException'],
  ['an unknown bus', { EventBusName: 'nowhere' }, 'ResourceNotFoundException'],
])('an entry with %s fails alone', (_, wrong, ErrorCode) => {
  const answer = putEvents(router, [good, { ...good, ...wrong }, good]);
  expect(answer).toMatchObject({
    FailedEntryCount: 1,
    Entries: [{ EventId: expect.any(String) }, { ErrorCode }, { EventId: expect.any(String) }],
  });
  expect(seen).toHaveLength(2);
});

test('11 entries, or none, are refused as a whole', () => {
  expect(() => putEvents(router, Array(11).fill(good))).toThrow('length between 1 and 10');
  expect(() => putEvents(router, [])).toThrow('length between 1 and 10');
  expect(seen).toHaveLength(0);
});

test('more than 1 MiB is refused as a whole, counted in UTF-8', () => {
  const rest = Buffer.byteLength('orderst{"x":""}');
  const entry = (bytes: number) => ({
    ...good,
    Detail: JSON.stringify({ x: 'ü'.repeat((bytes - rest) / 2) }),
  });
  const odd = (1_048_576 - rest) % 2;
  expect(putEvents(router, [entry(1_048_576 - odd)]).FailedEntryCount).toBe(0);
  expect(() => putEvents(router, [entry(1_048_578 + odd)])).toThrow('over the limit');
});

test('an event carries what was given, and what EventBridge adds', () => {
  putEvents(router, [
    {
      ...good,
      Detail: '{"a":1}',
      Resources: ['r'],
      Time: 1_767_225_600.5,
      EventBusName: 'arn:aws:events:eu-central-1:000000000000:event-bus/edge',
    },
  ]);
  expect(seen).toEqual([
    {
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 't',
      source: 'orders',
      account: '000000000000',
      time: '2026-01-01T00:00:00Z',
      region: 'eu-central-1',
      resources: ['r'],
      detail: { a: 1 },
    },
  ]);
});
