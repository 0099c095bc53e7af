import {
  type MadeEvent,
  madeEventOf,
  type ProofAnswer,
  type ProofQuestion,
  proofQuestion,
} from '#shared/core/audit/proof-question.ts';
import { ObjectGone } from '#shared/ports.ts';
import { hasGrowingPositions } from '../contract/cdc-feed.ts';
import { batchIn } from '../core/feed/batch-index.ts';
import { eventsOf, skipped } from '../core/feed/change-result.ts';
import type { FeedEvent } from '../core/feed/feed-event.ts';
import { logLines } from '../core/feed/log-lines.ts';
import { epochAt } from '../core/feed/pass-mark.ts';
import { publishInOrder } from '../core/feed/publish-in-order.ts';
import { exceptedBy } from '../core/feed/published-records.ts';
import { withoutRepeats } from '../core/feed/repeats.ts';
import type { StreamBatch } from '../core/feed/stream-batch.ts';
import { archivedRecords } from './archive.ts';
import { markKey } from './places.ts';
import { publishingOf } from './publishing.ts';
import type { Work } from './work.ts';
import { worksByEpoch } from './works-by-epoch.ts';

/**
 * Makes the events of an archived batch again, says which they are, and publishes those that are asked for, in order within a key.
 * Whoever asks names ids: nothing is published that the batch itself does not make, and nothing at all while the feed is disabled.
 * @throws ZodError for what is no question; Error for a batch of another feed.
 */
export async function answerProof(work: Work, event: object): Promise<ProofAnswer> {
  const asked = proofQuestion.parse(event);
  const { unit, publish } = asked;
  if (!unit.startsWith(`${work.feed.id}/`)) throw new Error(`${unit} is no batch of ${work.feed.id}`);
  const object = await read(work, unit);
  const batch = object && batchIn(object);
  const events = batch ? await eventsIn(work, asked, batch) : [];
  const isDisabled = publish.length > 0 && (await work.ports.input.isDisabled(work.feed.id));
  const wanted = new Set(isDisabled ? [] : publish);
  const missing = events.filter(({ id }) => wanted.has(id));
  const answers = await publishInOrder(missing, publishingOf(work));
  const published = missing.filter((_, i) => answers[i]?.kind === 'accepted').map(({ id }) => id);
  if (isDisabled) return { events: events.map(made), published, disabled: true };
  if (publish.length > 0)
    work.ports.log.info(logLines.missingPublished, {
      ...{ integration: work.feed.id, unit, asked: publish.length, published: published.length },
    });
  return { events: events.map(made), published };
}

/** Of the finished records that were not quarantined, each event once. */
async function eventsIn(
  work: Work,
  { unit, bytes, except }: ProofQuestion,
  batch: StreamBatch,
): Promise<readonly FeedEvent[]> {
  const { feed, ports } = work;
  const stored = hasGrowingPositions(feed) ? await ports.highMarks.read(markKey(feed, batch)) : undefined;
  const workOf = worksByEpoch(work);
  const archived = archivedRecords(ports, unit, batch);
  const isExcepted = exceptedBy(except);
  const results = archived.map(({ record, origin }, index) => {
    if (isExcepted(index)) return skipped('it was quarantined');
    const epoch = epochAt(feed.source.epoch ?? 0, stored?.mark, record.sequenceNumber);
    return workOf(epoch).examine(record.record, origin).result;
  });
  const events = withoutRepeats(results).flatMap((result, index) =>
    (archived[index]?.byteStart ?? bytes) < bytes ? eventsOf(result) : [],
  );
  return [...new Map(events.map(event => [event.id, event])).values()];
}

const made = ({ entry }: FeedEvent): MadeEvent => madeEventOf(entry);

/** Undefined when it is no longer kept. */
async function read({ ports }: Work, key: string): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of ports.files.read({ bucket: 'raw', key })) pieces.push(piece);
  } catch (error) {
    if (error instanceof ObjectGone) return undefined;
    throw error;
  }
  return Buffer.concat(pieces);
}
