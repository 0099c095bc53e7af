import type { ProviderListing } from '#adapters/webhook-fence/contract/provider-listing.ts';
import { listedKey } from '#adapters/webhook-fence/core/listing/listed-key.ts';
import {
  isListingProblem,
  type ListedItem,
  type ListingPage,
  type ListingProblem,
  listingPage,
} from '#adapters/webhook-fence/core/listing/listing-page.ts';
import { type ListingWindow, listingRequest } from '#adapters/webhook-fence/core/listing/listing-request.ts';
import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { issueNotes } from '#shared/core/log/issue-notes.ts';
import { listingFindings } from '../../core/reconcile/listing-findings.ts';
import { reconcilerLines } from '../../core/reconcile/log-lines.ts';
import { nextListing } from '../../core/reconcile/next-listing.ts';
import { nothingFound, type Tallied } from '../../core/reconcile/results.ts';
import type { ListingMarks, MissingItem, ReconcilePorts } from '../../reconcile-ports.ts';
import type { Asked } from './reconcile-integration.ts';

/** A fence whose provider can be asked what it has. */
interface ListedFence {
  readonly id: string;
  readonly listing: ProviderListing;
}

/**
 * Asks the provider what it has, and holds each item against what the fence remembers. Goes on in the next run where pages or time end.
 * An item without a delivery is logged once as an issue, and is a finding of each run until it comes or is forgotten.
 */
export async function compareListing(
  ports: ReconcilePorts,
  fence: ListedFence,
  { before, ...asked }: Asked & { readonly before: ListingMarks | undefined },
): Promise<ComparedListing> {
  const now = ports.clock.now();
  const missing = await stillMissing(ports, fence.id, { before, now });
  const next = nextListing(before, { now, isAsked: asked.isAsked, graceMinutes: fence.listing.graceMinutes });
  const read = next ? await readPages(ports, fence, { ...next, missing, asked }) : undefined;
  if (read?.problem) logProblem(ports, fence.id, read.problem);
  const marks = marksAfter({ before, missing, now }, read);
  if (!marks) return { marks, found: nothingFound };
  const { compared = 0, problem } = read ?? {};
  return { marks, found: listingFindings(fence.id, marks, { now, compared, problem }) };
}

interface ComparedListing {
  /** To be kept. */
  readonly marks: ListingMarks | undefined;
  readonly found: Tallied;
}

function logProblem({ log }: ReconcilePorts, integration: string, { kind, detail }: ListingProblem): void {
  const refused = [{ code: 'LISTING_REFUSED', count: 1, unit: integration }];
  const notes = kind === 'refused' ? issueNotes(refused) : {};
  log.warn(reconcilerLines.listingFailed, { integration, detail, ...notes });
}

interface Earlier {
  readonly before: ListingMarks | undefined;
  readonly now: number;
}

/** Items that were missing and are not yet forgotten, less those that came. */
async function stillMissing(
  ports: ReconcilePorts,
  fence: string,
  { before, now }: Earlier,
): Promise<readonly MissingItem[]> {
  const reported = (before?.missing ?? []).filter(
    ({ foundAt }) => now - foundAt < 1_000 * limits.listingReportedSeconds,
  );
  const missing = await withoutDelivery(ports, fence, reported);
  for (const { id } of reported.filter(item => !missing.includes(item)))
    ports.log.info(reconcilerLines.deliveredLate, { integration: fence, item: id });
  return missing;
}

async function withoutDelivery<I extends ListedItem>(
  { listed }: ReconcilePorts,
  fence: string,
  items: readonly I[],
): Promise<readonly I[]> {
  const holders = await inParallel(items, limits.callsInFlightMax, ({ id }) =>
    listed.holder(listedKey(fence, id)),
  );
  return items.filter((_, i) => holders[i] === undefined);
}

interface Read {
  readonly window: ListingWindow;
  readonly startedAt: number;
  /** The page that was not read yet; undefined: the first one, or none when all was compared. */
  readonly cursor: string | undefined;
  readonly isDone: boolean;
  readonly missing: readonly MissingItem[];
  readonly compared: number;
  readonly problem: ListingProblem | undefined;
}

interface Reading {
  readonly window: ListingWindow;
  readonly startedAt: number;
  readonly cursor?: string | undefined;
  readonly missing: readonly MissingItem[];
  readonly asked: Asked;
}

/** Undefined when there was no time for a page. */
async function readPages(
  ports: ReconcilePorts,
  fence: ListedFence,
  { window, startedAt, cursor: first, missing: known, asked }: Reading,
): Promise<Read | undefined> {
  const token = await ports.listingTokens.read(fence.id);
  let read: Read = {
    ...{ window, startedAt, cursor: first, isDone: false },
    ...{ missing: known, compared: 0, problem: undefined },
  };
  if (token === undefined)
    return { ...read, problem: { kind: 'refused', detail: 'the secret has no token' } };
  let pages = 0;
  while (!read.isDone && pages < limits.listingPagesMax && asked.hasTime()) {
    pages += 1;
    if (read.missing.length >= limits.listingMissingMax) return read;
    const page = await readPage(ports, fence, { window, cursor: read.cursor, token });
    if (isListingProblem(page)) return { ...read, problem: page };
    read = await comparePage(ports, fence.id, { read, page });
  }
  return pages === 0 ? undefined : read;
}

async function readPage(
  { providers }: ReconcilePorts,
  { listing }: ListedFence,
  { window, cursor, token }: { window: ListingWindow; cursor: string | undefined; token: string },
): Promise<ListingPage | ListingProblem> {
  const request = listingRequest(listing, window, { cursor, token });
  if (!request)
    return { kind: 'unreadable', detail: 'the next page is at another host or path than the contract says' };
  const answer = await providers.ask(request).catch((error: unknown) => error as Error);
  // A failure may quote the address, which is the contract's own; what a provider answered is never quoted.
  if (answer instanceof Error)
    return { kind: 'later', detail: `no answer from the provider: ${answer.name}` };
  const page = listingPage(listing, answer);
  const isStuck = !isListingProblem(page) && page.next !== undefined && page.next === cursor;
  return isStuck ? { kind: 'unreadable', detail: 'a page names itself as the next one' } : page;
}

/** Items that are younger than the window have time yet. */
async function comparePage(
  ports: ReconcilePorts,
  fence: string,
  { read, page }: { readonly read: Read; readonly page: ListingPage },
): Promise<Read> {
  const foundAt = ports.clock.now();
  const due = page.items.filter(({ at }) => Date.parse(at) <= read.window.to);
  const lost = await withoutDelivery(ports, fence, due);
  const found = lost.filter(({ id }) => !read.missing.some(item => item.id === id));
  for (const { id, at } of found) {
    const note = { code: 'NOT_DELIVERED', count: 1, unit: id };
    ports.log.error(reconcilerLines.notDelivered, {
      integration: fence,
      item: id,
      at,
      ...issueNotes([note], id),
    });
  }
  const missing = [...read.missing, ...found.map(item => ({ ...item, foundAt }))].slice(
    0,
    limits.listingMissingMax,
  );
  const compared = read.compared + due.length;
  return { ...read, missing, compared, cursor: page.next, isDone: page.next === undefined };
}

/** The marks to keep; undefined where nothing was ever asked. */
function marksAfter(
  { before, missing, now }: Earlier & { readonly missing: readonly MissingItem[] },
  read: Read | undefined,
): ListingMarks | undefined {
  if (!read) return before && { ...before, missing };
  const { window, startedAt, cursor, isDone, problem } = read;
  return {
    startedAt,
    upTo: isDone ? window.to : (before?.upTo ?? window.from),
    // What cannot be read begins again at the first page: cursors expire.
    ...(cursor !== undefined && (!problem || problem.kind === 'later') && { open: { ...window, cursor } }),
    missing: read.missing,
    ...(problem && { silentSince: before?.silentSince ?? now }),
  };
}
