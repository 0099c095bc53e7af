import { code } from '#shared/derive/markdown.ts';
import type { CdcFeed } from '../contract/cdc-feed.ts';
import { hasTable } from '../contract/cdc-feed.ts';

/** The command that makes a plan to reprocess a feed’s quarantined changes: it counts them, and changes nothing. */
export const reprocessCommand = ({ id }: CdcFeed): string =>
  `npm run edge -- plan resubmit ${id} --stage <stage>`;

/** The command that makes a plan to redeliver a feed’s undelivered records. */
export const redeliverCommand = ({ id }: CdcFeed): string =>
  `npm run edge -- plan redeliver ${id} --stage <stage>`;

/** How quarantined changes become events after all, by what was wrong. */
export const fixingSteps = (feed: CdcFeed): readonly string[] => [
  hasTable(feed)
    ? 'The row was wrong: correct it in the database. Its next change carries the whole row and makes its event. The quarantined change stays until its retention ends.'
    : 'The row was wrong: an outbox row is written once, so have the application write the event again as a new row.',
  `The contract was wrong: fix and deploy it, then make a plan: ${code(reprocessCommand(feed))}. When it runs, it reprocesses the changes. Each keeps its place in the log: its event has the id and the sequence that it would have had, and newer events win over it. A change that still cannot become an event stays, and the plan shows its code.`,
  ...(hasTable(feed)
    ? [
        `Nothing else brings consumers up to date then: a later change of the row is skipped where it changes nothing canonical${readsInWords(feed)}.`,
      ]
    : []),
  ...(canBeReadAgain(feed)
    ? [
        `The connector wrote what no contract can read: fix the connector, and have the table read again. First raise ${code('source.epoch')} and deploy, then take the snapshot. In the new epoch its reads win over all events published before. A snapshot does not report deleted rows.`,
      ]
    : []),
];

/** Whether a snapshot brings the table’s rows again. Its reads of an outbox have no order. */
export const canBeReadAgain = (feed: CdcFeed): boolean =>
  hasTable(feed) && feed.source.kind !== 'dynamodb' && feed.snapshots !== 'skip';

const readsInWords = (feed: CdcFeed): string =>
  canBeReadAgain(feed)
    ? ', and consumers drop a snapshot’s reads, which sort below every live change of their epoch'
    : '';
