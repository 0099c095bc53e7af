import { examiner } from '../core/feed/examine.ts';
import type { Work } from './work.ts';

/** A feed’s work as of an epoch: what the contract says now, but for the place in the log. */
export function worksByEpoch(work: Work): (epoch: number) => Work {
  const { feed } = work;
  const works = new Map([[feed.source.epoch ?? 0, work]]);
  return epoch => {
    const known = works.get(epoch);
    if (known) return known;
    const then = { ...feed, source: { ...feed.source, epoch } };
    const made = { ...work, feed: then, examine: examiner(then) };
    works.set(epoch, made);
    return made;
  };
}
