import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsCommandInput,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { EventBridgeBus } from '#shared/aws/event-bridge-bus.ts';
import { MemoryBus } from '#shared/memory/memory-bus.ts';
import type { BusAnswer, BusEntry } from '#shared/ports.ts';
import { type BusUnderTest, busSuite } from './bus.suite.ts';

const codes: Partial<Record<BusAnswer['kind'], string>> = {
  throttled: 'ThrottlingException',
  denied: 'NotAuthorizedForSourceException',
  refused: 'MalformedDetail',
};

function eventBridge(): BusUnderTest {
  const client = new EventBridgeClient({ region: 'eu-central-1' });
  const answers = new Map<string, BusAnswer['kind']>();
  const taken: BusEntry[] = [];
  const take = (sent: NonNullable<PutEventsCommandInput['Entries']>[number]): PutEventsResultEntry => {
    const code = codes[answers.get(sent.Detail!) ?? 'accepted'];
    if (code) return { ErrorCode: code, ErrorMessage: 'as told' };
    taken.push({
      id: sent.Detail!,
      source: sent.Source!,
      detailType: sent.DetailType!,
      detail: sent.Detail!,
    });
    return { EventId: String(taken.length) };
  };
  mockClient(client)
    .on(PutEventsCommand)
    .callsFake(({ Entries = [] }: PutEventsCommandInput) => {
      if (Entries.length > 10)
        throw Object.assign(new Error('length less than or equal to 10'), {
          name: 'ValidationException',
          $metadata: { httpStatusCode: 400 },
        });
      return { Entries: Entries.map(take) };
    });
  const answer = (detail: string, kind: BusAnswer['kind']) => void answers.set(detail, kind);
  return { bus: new EventBridgeBus(client, 'edge'), taken: () => taken, answer };
}

function memory(): BusUnderTest {
  const bus = new MemoryBus();
  const answers = new Map<string, BusAnswer['kind']>();
  bus.answer = ({ detail }) => {
    const kind = answers.get(detail) ?? 'accepted';
    return kind === 'accepted' ? { kind } : { kind, reason: 'as told' };
  };
  return { bus, taken: () => bus.accepted, answer: (detail, kind) => void answers.set(detail, kind) };
}

describe('EventBridge', () => busSuite(eventBridge));
describe('a bus in memory', () => {
  busSuite(memory);

  it('may have taken what it gives no answer for', async () => {
    const bus = new MemoryBus();
    bus.answer = () => ({ kind: 'unknown', reason: 'timeout', taken: true });
    expect(await bus.put([{ id: '1', source: 's', detailType: 't', detail: '{"id":"1"}' }])).toEqual([
      { kind: 'unknown', reason: 'timeout' },
    ]);
    expect(bus.details()).toEqual([{ id: '1' }]);
  });
});
