import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Blueprint } from './assembly/blueprint.ts';
import { readAssembly, withOnly } from './assembly/read-assembly.ts';
import { regionOfEnvironment } from './aws-names.ts';
import { bringUp, type RunningParts } from './bring-up/bring-up.ts';
import type { Site } from './bring-up/site.ts';
import type { Chaos } from './chaos/chaos.ts';
import { type CloudDescription, describeCloud } from './cloud-description.ts';
import { CloudFile } from './cloud-file.ts';
import type { BusEvent } from './events/event.ts';
import type { Faults } from './faults.ts';
import { Front } from './front.ts';
import { withKeptKeys } from './keep/keep.ts';
import { forgetKeptState, type KeptState, readKeptState, writeKeptState } from './keep/kept-state.ts';
import { listenAt, readPorts, writePorts } from './kept-ports.ts';
import { Listener } from './listener.ts';
import { type Outside, serveOutside } from './outside.ts';
import { StopList } from './stop-list.ts';
import { checkSupport, type Inert } from './support.ts';
import { unreadFeeds } from './unread-feeds.ts';

export interface LocalCloudOptions {
  /** A synthesised CDK app. */
  readonly assemblyDir: string;
  /** Holds `cloud.json`, `ports.json`, `logs/` and `state/`. The last two are emptied at each start, `state/` unless it is restored. */
  readonly stateDir: string;
  /** Ids of the integrations to bring up. Default: all. */
  readonly only?: readonly string[];
  /** Default: the port of the last cloud with this state folder, or any free one. */
  readonly port?: number;
  /** Of the HTTP APIs. Default: as above. */
  readonly httpPort?: number;
  /** `on-demand`: schedules run only when asked, so that a test knows what runs. Default: `timed`. */
  readonly schedules?: 'timed' | 'on-demand';
  /** Hosts that functions reach in place of the real ones. Default: none. */
  readonly outside?: Outside;
  /** Makes services fail, for tests. Default: they do not. */
  readonly faults?: Faults;
  /** Makes services fail and workers die, from when the cloud is up. Default: they do not. */
  readonly chaos?: Chaos;
  /**
   * Keep the state when the cloud stops, so that a later one can go on with it. `restore`: go on with that of the last one.
   * Default: nothing is kept, and the state is empty.
   */
  readonly keep?: { readonly restore: boolean };
  /** Called with what fails in the background: an invocation, a delivery. Default: written to stderr. */
  readonly report?: (problem: string) => void;
}

export interface LocalCloud {
  readonly description: CloudDescription;
  /** What the templates declare and this cloud leaves out, with the reason. */
  readonly inert: readonly Inert[];
  /** Whether it goes on with the state of an earlier cloud. */
  readonly isRestored: boolean;
  /** Called with each event put on the suite's bus, in the order taken. Gives what ends it. */
  onEvent(listener: (event: BusEvent) => void): () => void;
  /** Calls the target of a schedule now, as if it were due. Resolves when the target took it. */
  fire(schedule: string): Promise<void>;
  /** The names of all functions that are up. */
  readonly functions: readonly string[];
  /** Kills a worker of a function in the middle of an invocation. False when none runs. */
  kill(functionName: string): boolean;
  /** Ends functions, long polls and connections, and removes `cloud.json`. */
  stop(): Promise<void>;
}

/**
 * Brings up what the templates declare, in this process.
 * @throws AssemblyError when they ask for something that is not served; Error when another cloud uses the state directory.
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const stops = new StopList();
  try {
    return await start(options, stops);
  } catch (problem) {
    await stops.stop();
    throw problem;
  }
}

async function start(options: LocalCloudOptions, stops: StopList): Promise<LocalCloud> {
  const file = new CloudFile(options.stateDir);
  await file.claim();
  const assembly = withOnly(readAssembly(resolve(options.assemblyDir)), options.only);
  const { chaos } = options;
  const front = new Front(options.faults ?? (chaos && ((...call) => chaos.fateOf(...call))));
  const ports = readPorts(options.stateDir);
  await listenAt(front, { given: options.port, kept: ports.front });
  stops.add(() => front.stop());
  const http = new Listener();
  await listenAt(http, { given: options.httpPort, kept: ports.http });
  stops.add(() => http.stop());
  const place = { origin: front.origin, httpOrigin: http.origin, region: regionOfEnvironment() };
  const blueprint = new Blueprint(assembly, place);
  const leftOut = checkSupport(blueprint.resources);
  const kept = options.keep?.restore ? readKeptState(options.stateDir) : undefined;
  const described = describeCloud(blueprint, place);
  const description = kept ? { ...described, fences: withKeptKeys(described.fences, kept) } : described;
  const inert = [...unreadFeeds(description), ...leftOut];
  const directories = directoriesIn(options.stateDir, kept !== undefined);
  const report = options.report ?? (problem => console.error(problem));
  const { schedules = 'timed' } = options;
  const keep = options.keep && ((state: KeptState) => writeKeptState(options.stateDir, state));
  const given = {
    ...{ blueprint, place, front, http, description, directories, stops, schedules, report },
    ...{ kept, keep, chaos, outside: await reachOutside(options.outside, stops) },
  };
  const parts = await bringUp(given);
  forgetKeptState(options.stateDir);
  writePorts(options.stateDir, { front: portOf(front), http: portOf(http) });
  file.write(description);
  stops.add(() => file.remove());
  chaos?.begin();
  return {
    description,
    inert,
    isRestored: kept !== undefined,
    onEvent: listenTo(parts, description.bus),
    fire: schedule => parts.scheduler.fire(schedule),
    functions: parts.functions.names,
    kill: name => parts.functions.kill(name),
    stop: () => stops.stop(),
  };
}

async function reachOutside(outside: Outside | undefined, stops: StopList): Promise<Site['outside']> {
  if (!outside) return undefined;
  const { origin, stop } = await serveOutside(outside);
  stops.add(stop);
  return { origin, hosts: Object.keys(outside) };
}

const portOf = ({ origin }: { readonly origin: string }): number => Number(new URL(origin).port);

const listenTo =
  ({ router }: RunningParts, suiteBus: string): LocalCloud['onEvent'] =>
  listener =>
    router.listen((bus, event) => {
      if (bus === suiteBus) listener(event);
    });

function directoriesIn(
  stateDir: string,
  isRestored: boolean,
): { readonly state: string; readonly logs: string } {
  const directories = { state: join(stateDir, 'state'), logs: join(stateDir, 'logs') };
  for (const directory of Object.values(directories)) {
    if (directory === directories.logs || !isRestored) rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
  }
  return directories;
}
