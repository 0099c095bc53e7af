import type { Queue } from '#shared/ports.ts';

export interface QueueUnderTest {
  readonly queue: Queue;
  /** Bodies waiting in the queue. */
  bodies(): unknown[];
  /** Bodies that no one receives yet. */
  delayed(): unknown[];
}

/** What all queues promise. */
export const queueSuite = (make: () => QueueUnderTest): void => {
  it('sends every body, more than one call takes, as JSON', async () => {
    const { queue, bodies } = make();
    const before = bodies().length;
    const sent = Array.from({ length: 23 }, (_, n) => ({ kind: 'chunk', n, text: 'ü' }));
    await queue.send(sent);
    expect(bodies().slice(before)).toEqual(sent);
  });

  it('sends bodies that are too large together', async () => {
    const { queue, bodies } = make();
    const before = bodies().length;
    const text = 'x'.repeat(400_000);
    await queue.send([{ text }, { text }, { text }]);
    expect(bodies().length - before).toBe(3);
  });

  it('sends with a delay what must not be received yet', async () => {
    const { queue, delayed } = make();
    await queue.send([{ at: 'once' }]);
    await queue.send([{ at: 'last' }], 899.5);
    expect(delayed()).toEqual([{ at: 'last' }]);
  });

  it('sends nothing when there is nothing to send', async () => {
    const { queue, bodies } = make();
    const before = bodies().length;
    await queue.send([]);
    expect(bodies().length).toBe(before);
  });

  it('refuses a body that no queue takes, before anything is sent', async () => {
    const { queue, bodies } = make();
    const before = bodies().length;
    await expect(queue.send([{ n: 1 }, { text: 'x'.repeat(1_048_577) }])).rejects.toBeInstanceOf(RangeError);
    expect(bodies().length).toBe(before);
  });
};
