import type { BusEvent } from '#shared/core/batch/bus-entry.ts';
import { faultOfAnswer, isAccepted } from '#shared/core/batch/fault-of-answer.ts';
import { publish } from '#shared/core/batch/publish.ts';
import { idsOfBytes } from '#shared/core/identity/id-bytes.ts';
import { digestOf, isSameDigest, shortIdOf } from '#shared/core/identity/id-digest.ts';
import { ObjectGone } from '#shared/ports.ts';
import { stagedLane } from '../core/correction/staged-row.ts';
import { type Chunk, type Handoff, isSettled } from '../core/outcome/handoff.ts';
import { handoffFields } from '../core/outcome/log-fields.ts';
import { logLines } from '../core/outcome/log-lines.ts';
import { type ProofAnswer, type ProofMessage, proofKeys } from '../core/outcome/proof-message.ts';
import type { Row } from '../core/row/make-row.ts';
import { originOf } from './origin-of.ts';
import { readPortions } from './read-portions.ts';
import { type Claiming, claimsOf, holdsClaims } from './row-duplicates.ts';
import { type Work, WorkStopped } from './work.ts';

/**
 * Derives a chunk's events again from the file, publishes those that the auditor did not find on the bus, and writes which they
 * were. It publishes only where those that were found and those that are missing are what the chunk's checkpoint claims: after a
 * change of the contract they are not, and of a file that is gone nothing can be derived. Repeatable.
 */
export async function publishMissing(work: Work, message: ProofMessage): Promise<void> {
  const { files, ledger, log } = work.ports;
  const keys = proofKeys(work.lane.id, message);
  const handoff = await ledger.find(message.handoffId);
  const chunk = (await ledger.chunks(message.handoffId, 'publish')).find(({ n }) => n === message.n);
  if (!handoff || !isSettled(handoff.state) || !chunk) return;
  const found = idsOfBytes(await read(work, keys.found));
  const answer = await answerOf(work, { handoff, chunk, found });
  await files.write('raw', keys.answer, Buffer.from(JSON.stringify(answer)), 'application/json');
  log.info(logLines.missingPublished, {
    ...handoffFields(work.lane.id, message.handoffId),
    ...{
      chunk: message.n,
      end: answer.end,
      missing: answer.missing.length,
      ids: answer.missing.slice(0, 10),
    },
  });
}

const none: readonly BusEvent[] = [];

interface Proving {
  readonly handoff: Handoff;
  readonly chunk: Chunk;
  /** Short ids. */
  readonly found: ReadonlySet<string>;
}

/** Events that the chunk's rows make and that were not found. */
async function missingOf(given: Work, { handoff, chunk, found }: Proving): Promise<readonly BusEvent[]> {
  if (!handoff.inspection || !('identity' in handoff) || handoff.identity === undefined) return [];
  const begun = { ...handoff, inspection: handoff.inspection, identity: handoff.identity };
  const work = handoff.corrects ? { ...given, lane: stagedLane(given.lane) } : given;
  const claims = claimsOf(work, begun);
  const missing = new Map<string, BusEvent>();
  for await (const { rows } of readPortions(work, originOf(work, begun), begun.inspection, fromStart(chunk)))
    for (const row of rows)
      for (const entry of await ownEntries(claims, row))
        if (!found.has(shortIdOf(entry.id))) missing.set(entry.id, entry);
  return [...missing.values()];
}

/** Those of a row whose claims are its own. The others were published by another file, if at all. */
async function ownEntries(claims: readonly Claiming[], row: Row): Promise<readonly BusEvent[]> {
  if (row.events.kind !== 'events' || !(await holdsClaims(claims, row))) return none;
  return row.events.entries;
}

const fromStart = (chunk: Chunk): Chunk => ({
  ...chunk,
  progress: {
    ...chunk.progress,
    nextByte: chunk.byteStart,
    nextRecord: chunk.firstRecord,
    nextLine: chunk.firstLine,
  },
});

async function answerOf(work: Work, proving: Proving): Promise<ProofAnswer> {
  const missing = await missingOf(work, proving).catch(unlessGone);
  const ids = missing.map(({ id }) => id);
  const claimed = proving.chunk.progress.published;
  if (!claimed || !isSameDigest(digestOf([...proving.found, ...ids]), claimed))
    return { missing: ids, end: 'unlike' };
  for (const answer of await publish(missing, work.ports))
    if (!isAccepted(answer)) throw new WorkStopped(faultOfAnswer(answer));
  return { missing: ids, end: 'published' };
}

function unlessGone(error: unknown): typeof none {
  if (error instanceof ObjectGone) return none;
  throw error;
}

async function read({ ports }: Work, key: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of ports.files.read({ bucket: 'raw', key })) pieces.push(piece);
  return Buffer.concat(pieces);
}
