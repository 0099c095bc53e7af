import type { Context } from 'aws-lambda';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { isSettled } from '#adapters/file-lane/core/outcome/handoff.ts';
import { type MemoryPorts, memoryPorts } from '#adapters/file-lane/memory/memory-ports.ts';
import type { FileLanePorts } from '#adapters/file-lane/ports.ts';
import { fileLane } from '#functions/file-lane.ts';
import { limits } from '#shared/contract/limits.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import type { DeadLetters } from '#shared/ports.ts';
import { noticeOf } from '#test/file-lane/flow/simulator.ts';
import type { Process, Seen } from '../shared/process.ts';
import type { World } from '../shared/run.ts';
import { Sky, type SkyOptions } from '../shared/sky.ts';
import { type ReceivedMessage, type SqsQueue, sqsEvent } from '../shared/sqs.ts';
import { brokenInvariants } from './invariants.ts';
import { laneMarks } from './marks.ts';
import { LaneTables } from './on-dynamo.ts';
import { decryptInPeace, packed } from './packed.ts';
import { type Drop, makeScenario, type Scenario, sidecarOf } from './scenario.ts';

/** Changes the ports of each invocation, as a bug in the flow would. */
export type Plant = (ports: FileLanePorts) => FileLanePorts;

export interface LaneWorldOptions extends SkyOptions {
  readonly plant?: Plant | undefined;
  /** A bug: the queue forgets a message as soon as it is received. */
  readonly deletesEarly?: boolean | undefined;
  /** Whether a reconciler heals what S3 and EventBridge lost. */
  readonly isReconciled?: boolean | undefined;
  /** Called with each call that had an effect. */
  readonly observe?: ((seen: Seen) => void) | undefined;
  /** What else may be denied. */
  readonly morePorts?: readonly string[] | undefined;
}

export interface Dropped extends Drop {
  /** What the hand-off is about. */
  readonly object: ObjectRef;
}

/** Of seeds. The others are faster, and their port calls fail whole. */
const shareOnDynamo = 0.1;

/** One lane with its queue, its functions and its partner, all in memory. */
export class LaneWorld implements World {
  readonly scenario: Scenario;
  readonly sky: Sky;
  readonly ports: MemoryPorts;
  /** Undefined: the ledger and the claims are those in memory. */
  readonly tables: LaneTables | undefined;
  readonly queue: SqsQueue;
  readonly deadLetters: SqsQueue;
  readonly dropped: Dropped[] = [];
  /** When the objects under `in/` came, by key: epoch milliseconds. */
  readonly arrivals = new Map<string, number>();
  readonly #options: LaneWorldOptions;
  #toCome: number;
  /** As it is deployed. */
  #lane: FileLane;

  constructor(options: LaneWorldOptions) {
    this.#options = options;
    const denied = ['ledger', 'files', 'bus', 'laneQueue', 'rowClaims', ...(options.morePorts ?? [])];
    this.sky = new Sky(options, denied, seen => {
      this.#mark(seen);
      options.observe?.(seen);
    });
    this.scenario = makeScenario(this.sky.random('scenario'));
    const isOnDynamo = !options.isReconciled && this.sky.random('tables').chance(shareOnDynamo);
    this.tables = isOnDynamo ? new LaneTables() : undefined;
    const ports = memoryPorts({ pieceBytes: this.scenario.pieceBytes });
    const { tables } = this;
    this.ports = tables ? { ...ports, ledger: { ...ports.ledger, all: () => tables.handoffs() } } : ports;
    this.deadLetters = this.sky.queue('dead-letters', { visibilitySeconds: 60 });
    this.queue = this.sky.queue('lane', {
      visibilitySeconds: limits.functionSecondsMax + 60,
      deadLetters: this.deadLetters,
    });
    this.sky.poll(this.queue, {
      concurrency: this.scenario.lane.maxConcurrency,
      batchSize: 1,
      seconds: limits.functionSecondsMax,
      handle: (batch, process, remaining) => this.#handle(batch, process, remaining),
    });
    this.#toCome = this.scenario.drops.length;
    for (const drop of this.scenario.drops)
      this.sky.scheduler.after(drop.afterSeconds * 1000, () => this.#drop(drop));
    this.#lane = this.scenario.lane;
    const { deployment } = this.scenario;
    if (deployment)
      this.sky.scheduler.after(deployment.afterSeconds * 1000, () => this.#deploy(deployment.lane));
  }

  /** Nothing is under way, and nothing is to come. */
  get isAtRest(): boolean {
    return this.#toCome === 0 && this.queue.size === 0 && this.sky.running.size === 0;
  }

  redrive(): number {
    return this.deadLetters.redriveTo(this.queue);
  }

  broken(): readonly string[] {
    return brokenInvariants(this);
  }

  waiting(): readonly string[] {
    const unsettled = this.ports.ledger.all().filter(({ state }) => !isSettled(state));
    return [
      ...unsettled.map(({ id, state, fault }) => `hand-off ${id} is ${state} (${fault?.code})`),
      ...this.queue.describe(),
      ...this.deadLetters.describe(),
    ];
  }

  state(): unknown {
    const { ledger, bus, files, log } = this.ports;
    const acks = files.keys('inbound').map(key => [key, files.text('inbound', key)]);
    return [ledger.all(), bus.accepted, acks, log.lines.length, this.sky.scheduler.now()];
  }

  #deploy(lane: FileLane): void {
    this.#lane = lane;
    if (this.ports.ledger.all().some(({ state }) => !isSettled(state)))
      this.sky.marks.add('deployed while a file was in work');
  }

  #drop(drop: Drop): void {
    void this.sky.compute(() => packed(drop)).then(bytes => this.#put(drop, bytes));
  }

  #put(drop: Drop, bytes: Uint8Array): void {
    const key = `${this.scenario.lane.delivery.folder}/in/${drop.name}`;
    const data = this.ports.files.put('inbound', key, bytes);
    this.#notify(data);
    if (this.scenario.lane.delivery.startsOn === 'sidecar')
      this.#notify(this.ports.files.put('inbound', `${key}.sha256`, sidecarOf(bytes, drop.name)));
    this.sky.marks.add(`took a ${drop.form} file`);
    this.dropped.push({ ...drop, object: data });
    this.#toCome -= 1;
    const { erasedAfterMilliseconds } = drop;
    if (erasedAfterMilliseconds !== undefined)
      this.sky.scheduler.after(erasedAfterMilliseconds, () => this.ports.files.erase('inbound', key));
  }

  /** At least once; not always at once. */
  #notify(object: ObjectRef): void {
    const { faults, scheduler } = this.sky;
    this.arrivals.set(object.key, scheduler.now());
    if (this.#isLost(object)) return;
    const notice = noticeOf(object, { id: `notice-${object.versionId}`, now: scheduler.now() });
    const late = faults.at('notice', ['notify late', 'deliver twice']);
    const send = () => this.queue.sendText(JSON.stringify(notice));
    if (late?.kind !== 'notify late') send();
    if (!late) return;
    this.#toCome += 1;
    scheduler.after(late.random.between(1, 1_800) * 1000, () => {
      this.#toCome -= 1;
      send();
    });
  }

  /** The reconciler sees the newest version of a name alone. */
  #isLost({ key }: ObjectRef): boolean {
    const { drops } = this.scenario;
    const isOnce = drops.filter(({ name }) => key.includes(`/${name}`)).length === 1;
    if (!this.#options.isReconciled || !isOnce) return false;
    return this.sky.faults.at('lost notice', ['lose notice']) !== undefined;
  }

  async #handle(
    batch: readonly ReceivedMessage[],
    process: Process,
    getRemainingTimeInMillis: () => number,
  ): Promise<readonly string[]> {
    if (this.#options.deletesEarly) for (const { receiptHandle } of batch) this.queue.delete(receiptHandle);
    const { bounds } = this.scenario;
    const deadLetters: DeadLetters = { keep: async letter => this.deadLetters.sendText(letter.body) };
    const wrapped = process.wrap<FileLanePorts>({ ...this.ports, laneQueue: this.queue, deadLetters });
    const stored = { ...wrapped, ...this.tables?.portsOf(process) };
    const ports = this.#options.plant?.(stored) ?? stored;
    const context = { awsRequestId: process.id, getRemainingTimeInMillis } as Context;
    const wiring = { bounds, decryptAndVerify: decryptInPeace(process) };
    const { batchItemFailures } = await fileLane(this.#lane, ports, wiring)(sqsEvent(batch), context);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  }

  #mark(seen: Seen): void {
    for (const [mark, isMet] of Object.entries(laneMarks)) if (isMet(seen)) this.sky.marks.add(mark);
  }
}
