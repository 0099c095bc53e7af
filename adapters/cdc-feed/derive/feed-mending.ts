import { code } from '#shared/derive/markdown.ts';
import type { CdcFeed } from '../contract/cdc-feed.ts';
import { hasTable } from '../contract/cdc-feed.ts';

/** The command that has a feed’s quarantined changes taken again; it only shows them without `--go`. */
export const takeAgainCommand = ({ id }: CdcFeed): string =>
  `npm run redeliver -- ${id} --stage <stage> --quarantined`;

/** What makes the events of quarantined changes after all, by what was wrong. */
export const mendingSteps = (feed: CdcFeed): readonly string[] => [
  hasTable(feed)
    ? 'The row was wrong: correct it in the database. Its next change carries the whole row and makes its event; the change put aside stays until its time is over.'
    : 'The row was wrong: an outbox row is written once, so let the application write the event again as a new row.',
  `The contract was wrong: correct and deploy it, then take the changes again with ${code(`${takeAgainCommand(feed)} --go`)}. Each keeps its place in the log: its event has the id and the sequence that it would have had, and what was published since wins. What still cannot become an event stays, and is shown with its code.`,
  ...(hasTable(feed)
    ? [
        `Nothing else brings consumers up to date then: a later change of the row is skipped where it changes nothing canonical${readsInWords(feed)}.`,
      ]
    : []),
  ...(canBeReadAgain(feed)
    ? [
        `The connector wrote what no contract can read: mend it, and have the table read again. First raise ${code('source.epoch')} and deploy, then take the snapshot: in the new epoch its reads win over all that was published before. It tells nothing of rows that are gone.`,
      ]
    : []),
];

/** Whether a snapshot tells of the table’s rows. What it reads of an outbox has no order. */
const canBeReadAgain = (feed: CdcFeed): boolean =>
  hasTable(feed) && feed.source.kind !== 'dynamodb' && feed.snapshots !== 'skip';

const readsInWords = (feed: CdcFeed): string =>
  canBeReadAgain(feed)
    ? ', and a snapshot’s reads sort below every live change of their epoch, so that consumers that compare sequences drop them'
    : '';
