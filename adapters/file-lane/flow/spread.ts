import { fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Chunk, Handoff, Pass } from '../core/outcome/handoff.ts';
import { completePass } from './complete.ts';
import type { ChunkMessage } from './messages.ts';
import { type ChunkEnd, processChunk } from './process-chunk.ts';
import { done, laterAt, leaseOf, type Verdict, type Work, WorkStopped } from './work.ts';

/** Begins a pass: one chunk is worked on at once, more are fanned out over the lane's own queue. */
export async function spread(work: Work, handoff: Handoff, pass: Pass): Promise<Verdict> {
  const { chunks } = handoff.inspection!;
  const messages = chunks.map(
    ({ n }): ChunkMessage => ({ kind: 'edge.chunk', handoffId: handoff.id, pass, n, hop: 0 }),
  );
  if (messages.length === 1) return workOnChunk(work, handoff, messages[0]!);
  await work.ports.laneQueue.send(messages);
  return done;
}

/** Leases a chunk, works on it as far as time allows, and completes the pass when it was the last. */
export async function workOnChunk(work: Work, handoff: Handoff, message: ChunkMessage): Promise<Verdict> {
  const { ledger, laneQueue, clock } = work.ports;
  const { pass, n, hop } = message;
  const leased = await ledger.leaseChunk(handoff.id, pass, n, leaseOf(work));
  if (leased.kind === 'busy') return laterAt(leased.until, clock.now());
  if (leased.kind === 'leased') {
    const end = await processReleasing(work, handoff, leased.value);
    if (end === 'lost') return done;
    if (end === 'handed-on') {
      if (hop >= limits.hopsMax)
        throw new WorkStopped(fault('HANDED_ON_TOO_OFTEN', {}, `chunk ${n} was handed on ${hop} times`));
      await laneQueue.send([{ ...message, hop: hop + 1 }]);
      return done;
    }
  }
  const next = await completePass(work, handoff, pass);
  return next === 'publish' ? spread(work, handoff, next) : next;
}

/** Frees the chunk when it is not done, so that whoever is next need not wait for the lease to end. */
async function processReleasing(work: Work, handoff: Handoff, chunk: Chunk): Promise<ChunkEnd> {
  const release = () => work.ports.ledger.releaseChunk(handoff.id, chunk.pass, chunk.n, chunk.fence);
  try {
    const end = await processChunk(work, handoff, chunk);
    if (end === 'handed-on') await release();
    return end;
  } catch (error) {
    await release();
    throw error;
  }
}
