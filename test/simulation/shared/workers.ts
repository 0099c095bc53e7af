import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { build } from 'esbuild';
import type { Share, ShareDone } from './share.ts';

const bundle = '.local/simulation/worker.mjs';

/** Processes that play seeds, one for each core. They run a bundle, which starts in a second, and without a loader in between. */
export class Workers {
  readonly #all: readonly ChildProcess[];

  private constructor(all: readonly ChildProcess[]) {
    this.#all = all;
  }

  static async start(): Promise<Workers> {
    await build({
      entryPoints: ['test/simulation/worker.ts'],
      outfile: bundle,
      ...{ bundle: true, packages: 'external', platform: 'node', format: 'esm', sourcemap: 'inline' },
    });
    return new Workers(Array.from({ length: availableParallelism() }, () => fork(bundle)));
  }

  /** Gives each share to a worker that is free, while `goesOn` says so. */
  async play(
    shares: readonly Share[],
    {
      onDone,
      goesOn,
    }: { readonly onDone: (share: Share, done: ShareDone) => void; readonly goesOn: () => boolean },
  ): Promise<void> {
    let next = 0;
    const work = async (worker: ChildProcess) => {
      for (let share = shares[next++]; share && goesOn(); share = shares[next++])
        onDone(share, await playShare(worker, share));
    };
    await Promise.all(this.#all.map(work));
  }

  stop(): void {
    for (const worker of this.#all) worker.disconnect();
  }
}

async function playShare(worker: ChildProcess, share: Share): Promise<ShareDone> {
  const ended = new AbortController();
  const { signal } = ended;
  worker.send(share);
  const died = once(worker, 'exit', { signal }).then(([code]) => {
    throw new Error(
      `a worker ended with ${code} at ${share.subject}, seeds ${share.seeds[0]} to ${share.seeds.at(-1)}`,
    );
  });
  try {
    const [done] = await Promise.race([once(worker, 'message', { signal }), died]);
    return done as ShareDone;
  } finally {
    died.catch(() => undefined);
    ended.abort();
  }
}
