import { gunzipSync } from 'node:zlib';
import { DeliveryStream, type StreamSettings } from '#local/firehose/delivery-stream.ts';
import { evaluatePrefix, PrefixError } from '#local/firehose/evaluate-prefix.ts';
import { eventually } from './support/eventually.ts';

const settings: StreamSettings = {
  name: 'log',
  prefix: 'events/!{timestamp:yyyy/MM/dd/HH}/',
  gzip: true,
  delimiter: '\n',
  bufferBytes: 1_000,
  bufferMilliseconds: 60_000,
};

function streamOf(given: Partial<StreamSettings> = {}) {
  const written: { key: string; text: string }[] = [];
  const problems: unknown[] = [];
  let refusing = false;
  const stream = new DeliveryStream(
    { ...settings, ...given },
    (key, body) => {
      if (refusing) throw new Error('refused');
      written.push({ key, text: gunzipSync(body).toString() });
    },
    problem => problems.push(problem),
  );
  return { stream, written, problems, refuse: (now: boolean) => (refusing = now) };
}

describe('a delivery stream', () => {
  it('writes records of one object together, compressed, a line each, under the hour of the oldest', () => {
    const { stream, written } = streamOf();
    stream.put('{"n":1}');
    stream.put('{"n":2}');
    stream.flush();
    expect(written).toEqual([
      {
        key: expect.stringMatching(
          /^events\/\d{4}\/\d\d\/\d\d\/\d\d\/log-1-\d{4}(-\d\d){5}-[0-9a-f]{8}-[0-9a-f-]{27}\.gz$/,
        ),
        text: '{"n":1}\n{"n":2}\n',
      },
    ]);
  });

  it('writes as soon as it holds enough, and what is left after a moment', async () => {
    const { stream, written } = streamOf({ bufferBytes: 10 });
    for (const record of ['first', 'second', 'third']) stream.put(record);
    expect(written.map(({ text }) => text)).toEqual(['first\nsecond\n']);
    await eventually(() => written[1]);
    expect(written.map(({ text }) => text)).toEqual(['first\nsecond\n', 'third\n']);
  });

  it('keeps what it could not write, and says so', async () => {
    const { stream, written, problems, refuse } = streamOf();
    refuse(true);
    stream.put('record');
    stream.flush();
    expect(problems).toHaveLength(1);
    refuse(false);
    expect(await eventually(() => written[0])).toMatchObject({ text: 'record\n' });
  });
});

describe('a custom prefix', () => {
  it('is evaluated in UTC', () => {
    const oldest = new Date('2026-11-28T01:02:03+02:00');
    expect(evaluatePrefix('a/!{timestamp:yyyy-MM-dd}/!{timestamp:HH}h/', oldest)).toBe('a/2026-11-27/23h/');
  });

  it.each(['!{timestamp:YYYY}', '!{partitionKeyFromQuery:type}', '!{firehose:random-string}'])(
    'is refused with %s, which is not served',
    prefix => expect(() => evaluatePrefix(prefix, new Date())).toThrow(PrefixError),
  );
});
