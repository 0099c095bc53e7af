import type { ChunkMessage } from '../../core/outcome/own-message.ts';
import { type At, ended, type Stage } from '../stage.ts';
import type { Work } from '../work.ts';

/** Begins a pass: a file's only chunk is worked on at once, several are fanned out over the lane's own queue. */
export async function plan({ ports }: Work, { handoff }: At<'begun'>): Promise<Stage> {
  const { id, pass, inspection } = handoff;
  const messages = inspection.chunks.map(
    ({ n, byteStart }): ChunkMessage => ({
      kind: 'edge.chunk',
      handoffId: id,
      pass,
      n,
      hop: 0,
      fromByte: byteStart,
    }),
  );
  const [message, ...others] = messages;
  if (message && others.length === 0) return { at: 'chunk', handoff, message };
  await ports.laneQueue.send(messages);
  return ended;
}
