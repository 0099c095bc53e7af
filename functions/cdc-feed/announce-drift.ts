import { publish } from '../../shared/core/batch/publish.ts';
import type { Drift } from '../../shared/core/feed/drift.ts';
import type { RecordOrigin } from '../../shared/core/feed/record-origin.ts';
import { schemaDriftEntry } from '../../shared/core/operational/feed-events.ts';
import { BatchStopped } from './batch-stopped.ts';
import type { Work } from './work.ts';

/** A difference, and the first record of the batch that shows it. */
export interface SeenDrift {
  readonly drift: Drift;
  readonly origin: RecordOrigin;
}

/**
 * Tells of each difference that was not told of before: first published, then remembered, so that a crash between the two
 * tells it again under the same id, and never not at all.
 * @throws BatchStopped when the bus does not take it.
 */
export async function announceDrift(work: Work, seen: readonly SeenDrift[]): Promise<void> {
  const first = new Map(seen.toReversed().map(each => [each.drift.fingerprint, each]));
  for (const each of first.values()) {
    const key = `${work.feed.id}#drift#${each.drift.fingerprint}`;
    if (await work.ports.announced.has(key)) continue;
    await announce(work, each);
    await work.ports.announced.add(key);
  }
}

async function announce({ feed, ports }: Work, { drift, origin }: SeenDrift): Promise<void> {
  const { entity, unknown, vanished, changed, fingerprint } = drift;
  const entry = schemaDriftEntry(feed, origin, {
    integration: feed.id,
    entity,
    unknownColumns: [...unknown],
    vanishedColumns: [...vanished],
    changedColumns: [...changed],
    fingerprint,
    policy: feed.drift,
    firstSeen: origin.place,
  });
  const [answer] = await publish([entry], ports.bus, ports.clock);
  if (answer!.kind !== 'accepted') throw new BatchStopped([origin.place]);
  ports.log.warn('schema drift', { integration: feed.id, entity, unknown, vanished, changed, fingerprint });
}
