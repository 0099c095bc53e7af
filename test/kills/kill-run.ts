import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';

/** Work of one kind that is given to the local cloud. */
export interface Load {
  readonly integration: string;
  /** Rows, webhooks or changes. */
  readonly unit: string;
  readonly size: number;
  /** Gives all of it to the cloud, and waits until it is done. Gives what is not as it must be. */
  readonly play: (cloud: LocalCloud, seen: Seen) => Promise<readonly string[]>;
}

/** What came on the bus so far. */
export interface Seen {
  readonly ids: ReadonlySet<string>;
}

export interface Outcome {
  readonly ids: ReadonlySet<string>;
  readonly events: number;
  readonly seconds: number;
  readonly kills: number;
  readonly problems: readonly string[];
}

/** Plays a load in a cloud of its own, whose functions of the integration are killed so often on the way. */
export async function playLoad(load: Load, assemblyDir: string, kills: number): Promise<Outcome> {
  const stateDir = mkdtempSync(join(tmpdir(), 'edge-kills-'));
  const only = [load.integration];
  const report = () => undefined;
  const cloud = await startLocalCloud({ assemblyDir, stateDir, only, report, schedules: 'on-demand' });
  try {
    return await watched(cloud, load, kills);
  } finally {
    await cloud.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function watched(cloud: LocalCloud, load: Load, kills: number): Promise<Outcome> {
  const ids = new Set<string>();
  const killer = new Killer(cloud, load, kills);
  let events = 0;
  cloud.onEvent(({ source, detail }) => {
    if (source === 'edge') return;
    ids.add(String((detail as { readonly id: string }).id));
    events += 1;
    killer.progress(ids.size);
  });
  const begun = Date.now();
  const problems = await load.play(cloud, { ids });
  killer.stop();
  return { ids, events, problems, kills: killer.done, seconds: (Date.now() - begun) / 1000 };
}

const retryMilliseconds = 50;

/** Kills at even steps of the work: so many deaths, however fast the machine is. */
class Killer {
  done = 0;
  readonly #cloud: LocalCloud;
  readonly #functions: readonly string[];
  readonly #kills: number;
  readonly #size: number;
  #due = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(cloud: LocalCloud, { integration, size }: Load, kills: number) {
    this.#cloud = cloud;
    this.#functions = cloud.functions.filter(name => `${name}-`.includes(`-${integration}-`));
    this.#kills = kills;
    this.#size = size;
    this.#timer = setInterval(() => this.#kill(), retryMilliseconds);
  }

  progress(unitsDone: number): void {
    this.#due = Math.min(this.#kills, Math.floor((unitsDone * (this.#kills + 1)) / this.#size));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** One at a time, so that the kills do not all hit one invocation. */
  #kill(): void {
    if (this.done >= this.#due) return;
    if (this.#functions.some(name => this.#cloud.kill(name))) this.done += 1;
  }
}
