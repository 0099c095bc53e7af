import type { BusEvent } from '#local/events/event.ts';
import { targetPayload } from '#local/events/input-transform.ts';

const event: BusEvent = {
  version: '0',
  id: 'i',
  'detail-type': 't',
  source: 's',
  account: '000000000000',
  time: '2026-01-01T00:00:00Z',
  region: 'eu-central-1',
  resources: [],
  detail: { name: 'a "b"', n: 5, items: [{ id: 7 }] },
};

test('without a transformation the target gets the event', () => {
  expect(JSON.parse(targetPayload(event, {}))).toEqual(event);
});

test('Input is given as it is', () => {
  expect(targetPayload(event, { Input: '{"fixed":1}' })).toBe('{"fixed":1}');
});

test('InputPath picks a part', () => {
  expect(targetPayload(event, { InputPath: '$.detail.items[0]' })).toBe('{"id":7}');
  expect(targetPayload(event, { InputPath: '$' })).toBe(JSON.stringify(event));
});

test('InputTransformer fills a template: JSON bare, text in quotes', () => {
  const InputTransformer = {
    InputPathsMap: { name: '$.detail.name', n: '$.detail.n', all: '$.detail.items', none: '$.detail.none' },
    InputTemplate:
      '{"text":"<name> has <n>","name":<name>,"items":<all>,"none":<none>,"at":<aws.events.event.ingestion-time>}',
  };
  expect(JSON.parse(targetPayload(event, { InputTransformer }))).toEqual({
    text: 'a "b" has 5',
    name: 'a "b"',
    items: [{ id: 7 }],
    none: '',
    at: '2026-01-01T00:00:00Z',
  });
});
