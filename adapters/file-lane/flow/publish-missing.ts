import { limits } from '#shared/contract/limits.ts';
import type { BusEvent } from '#shared/core/batch/bus-entry.ts';
import { type EventDigest, saysTheSame } from '#shared/core/batch/event-digest.ts';
import { faultOfAnswer, isAccepted } from '#shared/core/batch/fault-of-answer.ts';
import { publish } from '#shared/core/batch/publish.ts';
import { idsOfBytes } from '#shared/core/identity/id-bytes.ts';
import { isSameDigest } from '#shared/core/identity/id-digest.ts';
import { ObjectGone } from '#shared/ports.ts';
import { type Chunk, isSettled } from '../core/outcome/handoff.ts';
import { handoffFields } from '../core/outcome/log-fields.ts';
import { logLines } from '../core/outcome/log-lines.ts';
import { type ProofAnswer, type ProofMessage, proofKeys } from '../core/outcome/proof-message.ts';
import { type Derived, deriveChunk } from './derive-chunk.ts';
import { type Work, WorkStopped } from './work.ts';

/**
 * Derives a chunk's events again from the file, publishes those that the auditor did not find on the bus, and writes which they
 * were. It publishes only where what it derives is what the chunk's checkpoint claims, ids and content: see
 * docs/decisions/0078-healing-publishes-what-was-claimed.md. Repeatable.
 */
export async function publishMissing(work: Work, message: ProofMessage): Promise<void> {
  const { files, ledger, log } = work.ports;
  const keys = proofKeys(work.lane.id, message);
  const handoff = await ledger.find(message.handoffId);
  const chunk = (await ledger.chunks(message.handoffId, 'publish')).find(({ n }) => n === message.n);
  if (!handoff || !isSettled(handoff.state) || !chunk) return;
  const found = idsOfBytes(await read(work, keys.found));
  const derived = await derivedOf(work, { handoff, chunk, found });
  const end = endOf(derived, chunk, message);
  if (derived && end === 'published') await publishAll(work, derived.missing);
  const missing = derived?.missing.map(({ id }) => id) ?? [];
  const answer: ProofAnswer = {
    missing: missing.slice(0, limits.acknowledgedFaultsMax),
    unclaimed: derived?.unclaimed.slice(0, limits.unclaimedIdsMax) ?? [],
    end,
  };
  await files.write('raw', keys.answer, Buffer.from(JSON.stringify(answer)), 'application/json');
  log.info(logLines.missingPublished, {
    ...handoffFields(work.lane.id, message.handoffId),
    ...{ chunk: message.n, end, missing: missing.length, ids: missing.slice(0, 10) },
  });
}

/** Undefined when the file is no longer kept. */
async function derivedOf(
  work: Work,
  proving: Parameters<typeof deriveChunk>[1],
): Promise<Derived | undefined> {
  try {
    return await deriveChunk(work, proving);
  } catch (error) {
    if (error instanceof ObjectGone) return undefined;
    throw error;
  }
}

function endOf(
  derived: Derived | undefined,
  { progress }: Chunk,
  { mayDiffer }: ProofMessage,
): ProofAnswer['end'] {
  const claimed: EventDigest | undefined = progress.published;
  if (!derived) return 'gone';
  if (!claimed || !isSameDigest(derived.digest, claimed)) return derived.isForgotten ? 'gone' : 'unlike';
  return mayDiffer || saysTheSame(claimed, derived.digest) ? 'published' : 'changed';
}

async function publishAll({ ports }: Work, events: readonly BusEvent[]): Promise<void> {
  for (const answer of await publish(events, ports))
    if (!isAccepted(answer)) throw new WorkStopped(faultOfAnswer(answer));
}

async function read({ ports }: Work, key: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of ports.files.read({ bucket: 'raw', key })) pieces.push(piece);
  return Buffer.concat(pieces);
}
