import { hash } from 'node:crypto';
import * as z from 'zod';
import { changeAt } from '#adapters/cdc-feed/derive/simulated-change.ts';
import { ofKind } from '#infra/contracts.ts';
import type { FeedDescription } from '#local/cloud-description.ts';
import { FeedCloud } from '../demo/feeds/feed-cloud.ts';
import { feedSamplesOf, type SampleRecord } from '../demo/feeds/feed-samples.ts';
import { putAndSettle } from '../demo/feeds/put-and-settle.ts';
import { writeOf } from '../demo/feeds/table-writes.ts';
import { Failure } from '../edge/failure.ts';
import type { Call } from './call.ts';
import type { ConsolePlace } from './console-place.ts';
import { inputOf } from './input-of.ts';
import { contractsHere } from './read-catalogue.ts';
import type { TriedChange, TryIntegration } from './try-info.ts';

/** Feeds whose records the local cloud can bring, with the records of their samples that are JSON. */
export const triedFeeds = (feeds: readonly FeedDescription[]): TryIntegration[] =>
  feeds
    .filter(({ kind }) => kind !== 'kafka')
    .map(feed => ({
      ...{ id: feed.id, kind: 'cdc-feed' as const },
      samples: recordsOf(feed).map(({ name, record }) => ({
        ...{ name, file: name, text: JSON.stringify(record.data, undefined, 2) },
      })),
    }));

/** What a page can show and change, and what can be written to the table where the feed reads one. */
const recordsOf = ({ id, kind, stream }: FeedDescription) =>
  feedSamplesOf(id).flatMap(({ name, records }) =>
    records.flatMap((record, at) => {
      const isShown = typeof record.data === 'object' && record.data !== null && !('base64' in record.data);
      const isWritten = kind !== 'dynamodb' || writeOf(record, stream) !== undefined;
      return isShown && isWritten ? [{ name: `${name}/${at + 1}`, record }] : [];
    }),
  );

const shape = z.strictObject({ integration: z.string(), sample: z.string(), text: z.string() });

/** Brings a feed of the local cloud one change, as its database's log would have it now. */
export async function tryChange(place: ConsolePlace, call: Call): Promise<TriedChange> {
  const { integration, sample, text } = inputOf(shape, call, 'It cannot be tried');
  const described = place.cloud?.feeds.find(({ id }) => id === integration);
  const feed = ofKind(await contractsHere(), 'cdc-feed').find(({ id }) => id === integration);
  if (!place.cloud || !described || !feed)
    throw new Failure(`The local cloud has no feed "${integration}".`, 2);
  const known = recordsOf(described).find(({ name }) => name === sample);
  if (!known) throw new Failure(`There is no sample "${sample}" of ${integration}.`, 2);
  const given = jsonOf(text);
  const now = Date.now();
  const at = { position: now * 1_000, committedAt: now, token: hash('sha256', `${now}`) };
  const data = (changeAt(feed, given, at) ?? given) as SampleRecord['data'];
  const cloud = new FeedCloud(place.cloud);
  try {
    const put = { name: 'tried', records: [{ ...known.record, data }] };
    const { tally, events, quarantined, milliseconds } = await putAndSettle(cloud, described, put);
    return {
      ...{ tally, milliseconds, codes: quarantined.map(({ code }) => code) },
      events: events.map(({ detail }) => JSON.stringify(detail, undefined, 2)),
    };
  } finally {
    cloud.stop();
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`A change is JSON here: ${(error as Error).message}`, 2);
  }
}
