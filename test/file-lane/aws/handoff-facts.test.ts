import type { AttributeValue } from 'aws-lambda';
import { handoffFacts } from '#adapters/file-lane/aws/handoff-facts.ts';
import { bookChangeOf } from '#shared/aws/book-change.ts';

type Image = Record<string, AttributeValue>;

const id = 'acme-orders.d13e2cdc';
const tally = (published: number, quarantined: number): AttributeValue => ({
  M: {
    ...{ published: { N: String(published) }, quarantined: { N: String(quarantined) } },
    ...{ duplicate: { N: '0' }, rejected: { N: '0' }, skipped: { N: '0' } },
  },
});

const received: Image = {
  pk: { S: `acme-orders#${id}` },
  sk: { S: 'HANDOFF' },
  state: { S: 'received' },
  object: {
    M: { key: { S: 'acme/in/lena-vogt.csv' }, versionId: { S: 'hh4G7' }, etag: { S: 'd41d8cd9' } },
  },
};
const inspection: AttributeValue = {
  M: {
    ...{ bytes: { N: '1142' }, sha256: { S: 'ab' }, recordsSha256: { S: 'cd' }, records: { N: '12' } },
    chunks: { L: [{ L: [0, 0, 1142, 1, 2, 12].map(n => ({ N: String(n) })) }] },
  },
};
const processing: Image = { ...received, state: { S: 'processing' }, inspection };
const settled: Image = { ...processing, state: { S: 'partial' }, received: { N: '12' }, tally: tally(2, 10) };

/** As a stream with both images hands it on. */
const factsOf = (OldImage: Image | undefined, NewImage: Image | undefined, more: object = {}) =>
  handoffFacts(
    bookChangeOf({
      ...{ eventID: 'e1', eventName: 'MODIFY', ...more },
      dynamodb: {
        ApproximateCreationDateTime: 1_795_881_600,
        Keys: { pk: { S: `acme-orders#${id}` }, sk: (NewImage ?? OldImage)?.sk ?? { S: '' } },
        ...(OldImage && { OldImage }),
        ...(NewImage && { NewImage }),
      },
    }),
  );

describe('what the ledger says of a file’s way', () => {
  it('is that its object was received, by version and never by name', () => {
    const facts = factsOf(undefined, received);
    expect(facts).toEqual([
      {
        ...{ step: 'received', integration: 'acme-orders', subject: id, change: 'e1' },
        at: '2026-11-28T16:00:00.000Z',
        details: { version: 'hh4G7', etag: 'd41d8cd9' },
      },
    ]);
    expect(JSON.stringify(facts)).not.toContain('lena-vogt');
  });

  it('is what was read of it, once', () => {
    expect(factsOf(received, processing)).toMatchObject([
      { step: 'transformed', details: { bytes: 1142, sha256: 'ab', recordsSha256: 'cd', records: 12 } },
    ]);
    expect(factsOf(processing, { ...processing, leaseUntil: { N: '9' } })).toEqual([]);
  });

  it('is what each chunk came to, when it is done', () => {
    const chunk = (isDone: boolean): Image => ({
      ...{ pk: received.pk!, sk: { S: 'CHUNK#publish#000000' }, n: { N: '0' }, records: { N: '12' } },
      progress: { M: { done: { BOOL: isDone }, tally: tally(2, 10) } },
    });
    expect(factsOf(undefined, chunk(false))).toEqual([]);
    expect(factsOf(chunk(false), chunk(true))).toMatchObject([
      { step: 'published', details: { chunk: 0, records: 12, published: 2, quarantined: 10 } },
    ]);
    expect(factsOf(chunk(true), chunk(true))).toEqual([]);
  });

  it('is how it ended', () => {
    expect(factsOf(processing, settled)).toMatchObject([
      { step: 'acknowledged', details: { state: 'partial', received: 12, published: 2, quarantined: 10 } },
    ]);
    expect(factsOf(settled, { ...settled, expiresAt: { N: '9' } })).toEqual([]);
  });

  it('is that someone changed the books of a settled file, or removed them', () => {
    expect(factsOf(settled, { ...settled, tally: tally(12, 0) })).toMatchObject([
      { step: 'operated', details: { changed: 'settled hand-off', published: 12 } },
    ]);
    expect(factsOf(settled, undefined, { eventName: 'REMOVE' })).toMatchObject([
      { step: 'operated', details: { removed: 'HANDOFF' } },
    ]);
    const userIdentity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
    expect(factsOf(settled, undefined, { eventName: 'REMOVE', userIdentity })).toEqual([]);
  });
});
