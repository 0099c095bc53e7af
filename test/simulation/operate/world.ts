import type { Context } from 'aws-lambda';
import { memoryHandoffSearch } from '#adapters/file-lane/memory/memory-handoff-search.ts';
import { reconciler } from '#functions/reconciler.ts';
import type { Plan } from '#operate/core/plan/plan.ts';
import { type ReconciledIntegration, reconciledIntegration } from '#operate/core/reconcile/known-lane.ts';
import { continuePlan } from '#operate/flow/plans/continue-plan.ts';
import { proveBus } from '#operate/flow/proof/prove-bus.ts';
import type { Work } from '#operate/flow/work.ts';
import { MemoryObjects } from '#operate/memory/memory-objects.ts';
import { memoryOperatePorts } from '#operate/memory/memory-operate-ports.ts';
import { MemoryPlans } from '#operate/memory/memory-plans.ts';
import { memoryProofs, memoryStandings } from '#operate/memory/memory-proofs.ts';
import { MemoryReconciliations } from '#operate/memory/memory-reconciliations.ts';
import { MemoryTrail } from '#operate/memory/memory-trail.ts';
import type { JobPorts } from '#operate/plan-ports.ts';
import type { Objects, ProofPorts } from '#operate/ports.ts';
import type { ReconcilePorts } from '#operate/reconcile-ports.ts';
import { limits } from '#shared/contract/limits.ts';
import { detailsIn } from '#shared/core/envelope/batch-form.ts';
import type { Queue } from '#shared/ports.ts';
import { LaneWorld } from '../file-lane/world.ts';
import type { Process, Seen } from '../shared/process.ts';
import type { World } from '../shared/run.ts';
import type { SkyOptions } from '../shared/sky.ts';
import type { ReceivedMessage, SqsQueue } from '../shared/sqs.ts';
import { allObjects } from './all-objects.ts';
import { BusLog } from './bus-log.ts';
import { finishedLetters, heldLetters } from './dead-letters.ts';
import { brokenOperations } from './invariants.ts';
import { operateMarks } from './marks.ts';
import { Operator } from './operator.ts';
import { wishesOf } from './scenario.ts';

const hour = 3_600_000;
const minute = 60_000;
/** Of quiet, so that everything that was lost is found. */
const hoursOfHealing = 3;
const auditorSeconds = 900;

const noProvider = () => Promise.reject(new Error('a lane has no provider'));

const withoutProviders: Pick<ReconcilePorts, 'listed' | 'deliveries' | 'providers' | 'listingTokens'> = {
  listed: { holder: noProvider },
  deliveries: { find: noProvider },
  providers: { ask: noProvider },
  listingTokens: { read: noProvider },
};

/** Changes the ports of each invocation, as a bug would. */
export interface OperatePlants {
  readonly job?: (ports: JobPorts) => JobPorts;
  readonly auditor?: (ports: ProofPorts) => ProofPorts;
}

export interface OperateWorldOptions extends SkyOptions {
  readonly plants?: OperatePlants | undefined;
}

/** A lane with all that operators have: plans and their jobs, the reconciler, and the auditor of the bus. */
export class OperateWorld implements World {
  readonly lane: LaneWorld;
  readonly plans = new MemoryPlans();
  readonly busLog: BusLog;
  /** In which forms each event was sent to the consumer, by its id. */
  readonly replayed = new Map<string, Set<string>>();
  readonly #allObjects: Objects;
  readonly #proofs = memoryProofs();
  readonly #standings = memoryStandings();
  readonly #trail = new MemoryTrail();
  readonly #reconciliations = new MemoryReconciliations();
  readonly #operate = memoryOperatePorts();
  readonly #plansQueue: SqsQueue;
  readonly #reconcilerQueue: SqsQueue;
  readonly #operator: Operator;
  readonly #plants: OperatePlants;
  #healed = 0;
  #quietFrom = 0;
  #toCome: number;

  constructor(options: OperateWorldOptions) {
    this.#plants = options.plants ?? {};
    this.lane = new LaneWorld({
      ...options,
      isReconciled: true,
      morePorts: ['plans', 'letters', 'workQueues', 'consumers', 'proofs', 'reconciliations', 'objects'],
      observe: seen => this.#mark(seen),
    });
    const { sky } = this;
    const objects = new MemoryObjects();
    this.#allObjects = allObjects(this.lane, objects);
    this.busLog = new BusLog(this.lane.ports.bus, objects, sky.faults);
    this.#operator = new Operator(this);
    this.#plansQueue = sky.queue('plans', { visibilitySeconds: limits.planFunctionSeconds + 60 });
    this.#reconcilerQueue = sky.queue('reconciler', { visibilitySeconds: limits.functionSecondsMax + 60 });
    sky.poll(this.#plansQueue, {
      concurrency: 2,
      batchSize: 1,
      seconds: limits.planFunctionSeconds,
      handle: (batch, process, remaining) => this.#continuePlan(batch, process, remaining),
    });
    sky.poll(this.#reconcilerQueue, {
      concurrency: 1,
      batchSize: 1,
      seconds: limits.functionSecondsMax,
      handle: (batch, process, remaining) => this.#reconcile(batch, process, remaining),
    });
    const wishes = wishesOf(sky.random('operator'), this.lane.scenario.lane.id, sky.scheduler.now());
    this.#toCome = wishes.length;
    for (const { wish, afterSeconds } of wishes)
      sky.scheduler.after(afterSeconds * 1000, () => {
        this.#toCome -= 1;
        this.#operator.wish(wish);
      });
    this.#everyMinute();
    this.#everyHour();
  }

  get sky() {
    return this.lane.sky;
  }

  get allPlans(): readonly Plan[] {
    return this.plans.all();
  }

  get isAtRest(): boolean {
    const { scheduler } = this.sky;
    return (
      this.lane.isAtRest &&
      this.#toCome === 0 &&
      this.#operator.isDone &&
      this.#plansQueue.size === 0 &&
      this.#reconcilerQueue.size === 0 &&
      scheduler.now() >= this.#quietFrom
    );
  }

  /** A person redrives what is left, and for some hours everything is looked through again. */
  redrive(): number {
    const letters = this.lane.deadLetters.size;
    if (letters > 0 && this.#operator.isDone)
      this.#operator.wish({
        kind: 'redrive',
        integration: this.lane.scenario.lane.id,
        filter: {},
        unitsASecond: 50,
      });
    if (letters === 0 && this.#healed >= hoursOfHealing) return 0;
    this.#healed += 1;
    this.#quietFrom = this.sky.scheduler.now() + hour + minute;
    this.#lookThrough();
    this.sky.scheduler.after(hour + minute, () => undefined);
    return letters + 1;
  }

  async broken(): Promise<readonly string[]> {
    this.busLog.write(this.sky.scheduler.now());
    return [...this.lane.broken(), ...(await brokenOperations(this))];
  }

  waiting(): readonly string[] {
    const open = this.allPlans.filter(({ state }) => state === 'counting' || state === 'running');
    return [
      ...this.lane.waiting(),
      ...open.map(({ id, state, lease }) => `plan ${id} is ${state}, leased by ${lease?.owner}`),
      ...this.#plansQueue.describe(),
      ...this.#reconcilerQueue.describe(),
    ];
  }

  state(): unknown {
    return [this.lane.state(), this.allPlans, [...this.busLog.ids], [...this.replayed.keys()]];
  }

  /** What the API's function works with. */
  apiWork(process: Process): Work {
    const { operations, clock } = this.#operate;
    const jobs = { continue: async (plan: string) => this.#plansQueue.sendText(JSON.stringify({ plan })) };
    const ports = { ...this.#operate, ...process.wrap({ plans: this.plans, operations, jobs, clock }) };
    return {
      integrations: this.#integrations,
      ports,
      caller: { arn: 'arn:aws:iam::123456789012:user/ada', account: '123456789012' },
    };
  }

  /** Compares everything that is settled with the bus log, with nothing going wrong. */
  async prove() {
    return proveBus({
      integrations: this.#integrations,
      ports: { ...this.#proofPorts(), clock: { now: () => this.sky.scheduler.now() } },
      invocation: { remainingMilliseconds: () => auditorSeconds * 1000 },
      graceSeconds: 0,
      expected: {},
    });
  }

  get #integrations(): readonly ReconciledIntegration[] {
    return [{ ...reconciledIntegration(this.lane.scenario.lane), unitsWithoutApproval: 1_000_000 }];
  }

  /** Firehose writes once a minute. */
  #everyMinute(): void {
    this.busLog.write(this.sky.scheduler.now());
    this.sky.scheduler.after(minute, () => this.#everyMinute());
  }

  /** While faults happen; later, the one who looks after it all decides. */
  #everyHour(): void {
    if (this.sky.faults.areOver) return;
    this.#lookThrough();
    this.sky.scheduler.after(hour, () => this.#everyHour());
  }

  #lookThrough(): void {
    this.#reconcilerQueue.sendText(JSON.stringify({ kind: 'edge.reconcile', isAsked: true }));
    this.sky.invoke(auditorSeconds, async (process, remaining) => {
      const wrapped = process.wrap(this.#proofPorts());
      const ports: ProofPorts = { ...wrapped, clock: { now: () => process.now() } };
      await proveBus({
        integrations: this.#integrations,
        ports: this.#plants.auditor?.(ports) ?? ports,
        invocation: { remainingMilliseconds: remaining },
        graceSeconds: limits.proofGraceSeconds,
        expected: {},
      });
    });
  }

  #proofPorts(): Omit<ProofPorts, 'clock'> {
    const { ledger, files, log } = this.lane.ports;
    return {
      ...{ ledger, log, proofs: this.#proofs, objects: this.#allObjects },
      ...{ standings: this.#standings, trail: this.#trail },
      units: { ask: async () => ({ events: [], published: [] }) },
      search: memoryHandoffSearch(ledger),
      found: { write: async (key, ids) => void files.put('raw', key, ids) },
      lanes: { ask: async (_, message) => this.lane.queue.sendText(JSON.stringify(message)) },
    };
  }

  async #continuePlan(
    batch: readonly ReceivedMessage[],
    process: Process,
    remainingMilliseconds: () => number,
  ): Promise<readonly string[]> {
    for (const { body } of batch) {
      const { plan } = JSON.parse(body) as { readonly plan: string };
      const ports = this.#plants.job?.(this.#jobPorts(process)) ?? this.#jobPorts(process);
      const invocation = { id: process.id, remainingMilliseconds };
      await continuePlan({ integrations: this.#integrations, ports, invocation }, plan);
    }
    return [];
  }

  #jobPorts(process: Process): JobPorts {
    const { bus, ledger, log, clock } = this.lane.ports;
    const { operations, releases, quarantine, reprocessing, redelivery, switches, mappings, deployed } =
      this.#operate;
    const wrapped = process.wrap({
      ...{ quarantine, reprocessing, redelivery, switches, mappings, deployed, ledger, leases: ledger },
      ...{ plans: this.plans, operations, releases, bus, log, clock, objects: this.#allObjects },
      search: memoryHandoffSearch(ledger),
      jobs: { continue: async (plan: string) => this.#plansQueue.sendText(JSON.stringify({ plan })) },
      workQueues: {
        send: async (_: string, message: object) => this.lane.queue.sendText(JSON.stringify(message)),
      },
      consumers: { send: async (_: string, message: object) => this.#consume(message) },
    });
    const letters = { hold: () => heldLetters(this.lane, process) };
    return { ...wrapped, letters, inboundBucket: 'inbound' } as JobPorts;
  }

  #consume(message: object): 'sent' {
    const { detail } = message as { readonly detail: object };
    for (const each of detailsIn(JSON.stringify(detail))) {
      const { id, type, subject, data } = JSON.parse(each) as Record<'id' | 'type' | 'subject', string> & {
        readonly data: unknown;
      };
      const form = JSON.stringify({ type, subject, data });
      this.replayed.set(id, (this.replayed.get(id) ?? new Set()).add(form));
    }
    return 'sent';
  }

  async #reconcile(
    batch: readonly ReceivedMessage[],
    process: Process,
    getRemainingTimeInMillis: () => number,
  ): Promise<readonly string[]> {
    const { ledger, files, bus, clock, log } = this.lane.ports;
    const { deadLetters } = this.lane;
    const wrapped = process.wrap<Omit<ReconcilePorts, 'workQueue' | 'inboundBucket'>>({
      ...{
        ledger,
        files,
        bus,
        clock,
        log,
        reconciled: ledger,
        finishedLetters: finishedLetters(deadLetters),
      },
      reconciliations: this.#reconciliations,
      search: memoryHandoffSearch(ledger),
      objects: this.#allObjects,
      deadLetters: { count: async () => deadLetters.size },
      work: { count: async () => this.lane.queue.size },
      switches: this.#operate.switches,
      mappings: this.#operate.mappings,
      ...withoutProviders,
    });
    const { workQueue, ownQueue } = process.wrap<Record<'workQueue' | 'ownQueue', Queue>>({
      workQueue: this.lane.queue,
      ownQueue: this.#reconcilerQueue,
    });
    const ports = { ...wrapped, workQueue: () => workQueue, ownQueue, inboundBucket: 'inbound' };
    const context = { awsRequestId: process.id, getRemainingTimeInMillis } as Context;
    const Records = batch.map(({ body }) => ({ body }));
    await reconciler(this.#integrations, ports)({ Records } as never, context);
    return [];
  }

  #mark(seen: Seen): void {
    for (const [mark, isMet] of Object.entries(operateMarks)) if (isMet(seen)) this.sky.marks.add(mark);
  }
}
