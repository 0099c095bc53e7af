import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { takeMessage } from '#adapters/file-lane/flow/take-message.ts';
import type { Work } from '#adapters/file-lane/flow/work.ts';
import type { FileLanePorts } from '#adapters/file-lane/ports.ts';
import { limits } from '#shared/contract/limits.ts';
import { MemoryQueue } from '#shared/memory/memory-queue.ts';

/** Tells the lane of an object and works off its queue, one message an invocation, until nothing is left. */
export async function driveLane(lane: FileLane, ports: FileLanePorts, key: string): Promise<void> {
  const queue = new MemoryQueue();
  const waiting = [await noticeOf(ports, key)];
  let n = 0;
  // What comes while the loop runs is appended, and the loop goes on with it.
  for (const body of waiting) {
    n++;
    const verdict = await takeMessage(workOf(lane, { ...ports, laneQueue: both(queue, ports) }, n), {
      body,
      receives: 1,
    });
    if (verdict.kind !== 'done') throw new Error(`message ${n} of ${key} was not finished: ${body}`);
    waiting.push(...queue.take().map(message => JSON.stringify(message)));
  }
}

/** What is sent reaches the port too, for it is what counts. */
const both = (queue: MemoryQueue, { laneQueue }: FileLanePorts): FileLanePorts['laneQueue'] => ({
  async send(bodies) {
    await laneQueue.send(bodies);
    await queue.send(bodies);
  },
  defer: (receiptHandle, seconds) => laneQueue.defer(receiptHandle, seconds),
});

const workOf = (lane: FileLane, ports: FileLanePorts, n: number): Work => ({
  lane,
  ports,
  invocation: { id: `invocation-${n}`, remainingMilliseconds: () => limits.functionSecondsMax * 1000 },
  bounds: limits,
});

async function noticeOf({ files, clock }: FileLanePorts, key: string): Promise<string> {
  const info = await files.head({ bucket: 'inbound', key });
  if (!info) throw new Error(`no object ${key} was put`);
  return JSON.stringify({
    id: 'notice',
    time: new Date(clock.now()).toISOString(),
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'inbound' }, object: { key, etag: info.etag, 'version-id': info.versionId } },
  });
}
