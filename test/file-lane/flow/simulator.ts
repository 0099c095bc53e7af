import { createHash } from 'node:crypto';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import type { Handoff } from '#adapters/file-lane/core/outcome/handoff.ts';
import { takeMessage } from '#adapters/file-lane/flow/take-message.ts';
import type { Bounds, DecryptAndVerify, Work } from '#adapters/file-lane/flow/work.ts';
import {
  type MemoryOptions,
  type MemoryPorts,
  memoryPorts,
} from '#adapters/file-lane/memory/memory-ports.ts';
import { limits } from '#shared/contract/limits.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { type CrashPlan, type Faulty, faulty } from '#shared/memory/faulty.ts';
import type { DeadLetter } from '#shared/ports.ts';

interface Message {
  readonly body: string;
  readonly receives: number;
  readonly visibleAt: number;
}

export interface SimulatorOptions extends MemoryOptions {
  readonly bounds?: Partial<Bounds>;
  /** How long one invocation may run, by the simulated clock. */
  readonly invocationMilliseconds?: number;
  readonly decryptAndVerify?: DecryptAndVerify;
  /** Crash one invocation, counted over the calls of all invocations until it happens. */
  readonly crash?: CrashPlan;
  /** Crash every invocation after the effect of its first call of this name, such as `ledger.checkpoint`. */
  readonly diesAfter?: string;
}

/** One lane on in-memory ports with a queue that behaves as SQS does: visibility, redelivery, dead letters. An invocation whose time is over dies. */
export class LaneSimulator {
  readonly ports: MemoryPorts;
  readonly deadLetters: string[] = [];
  /** The dead letters that the lane itself kept, with why. */
  readonly letters: DeadLetter[] = [];
  /** Invocations that died because their time was over. */
  timeouts = 0;
  #versions: readonly [FileLane, ...FileLane[]];
  readonly #options: SimulatorOptions;
  #messages: Message[] = [];
  #invocations = 0;
  #callsBefore = 0;

  constructor(lane: FileLane, options: SimulatorOptions = {}) {
    this.#versions = [lane];
    this.#options = options;
    this.ports = memoryPorts(options);
  }

  get #folder(): string {
    return this.#versions[0].delivery.folder;
  }

  /** Calls of the ports so far, over all invocations. */
  get calls(): number {
    return this.#callsBefore;
  }

  /** Drops an object as a partner would, and notifies the lane of it (`times` times, after so many seconds). */
  drop(
    name: string,
    content: Uint8Array | string,
    { times = 1, afterSeconds = 0, folder = 'in' } = {},
  ): ObjectRef {
    const object = this.ports.files.put('inbound', `${this.#folder}/${folder}/${name}`, content);
    for (let i = 0; i < times; i++) this.notify(object, `notice-${this.#messages.length}`, afterSeconds);
    return object;
  }

  notify(object: ObjectRef, id = 'notice', afterSeconds = 0): void {
    const notice = noticeOf(object, { id, now: this.ports.clock.now() });
    this.#enqueue(JSON.stringify(notice), 0, this.ports.clock.now() + afterSeconds * 1000);
  }

  /** From now on the lane works by another contract, as after a deployment; by several in turn, as in a canary. */
  deploy(...versions: readonly [FileLane, ...FileLane[]]): void {
    this.#versions = versions;
  }

  /** Asks the lane to reprocess a settled hand-off. */
  reprocess(handoffId: string, request = 'plan-1'): void {
    const at = new Date(this.ports.clock.now()).toISOString();
    this.#enqueue(JSON.stringify({ kind: 'edge.reprocess', handoffId, request, at }));
  }

  /** Sends a dead letter back to the queue, as a redrive does. */
  redrive(body: string): void {
    this.#enqueue(body);
  }

  /** Works until the queue is empty or everything left is in the dead-letter queue. */
  async run(): Promise<void> {
    for (let message = this.#receive(); message; message = this.#receive()) await this.#invoke(message);
  }

  #dead(letter: DeadLetter): string {
    this.letters.push(letter);
    return letter.body;
  }

  #enqueue(body: string, receives = 0, visibleAt = this.ports.clock.now()): void {
    this.#messages.push({ body, receives, visibleAt });
  }

  #receive(): Message | undefined {
    const [next] = this.#messages.sort((a, b) => a.visibleAt - b.visibleAt);
    if (!next) return undefined;
    this.#messages.shift();
    const wait = next.visibleAt - this.ports.clock.now();
    if (wait > 0) this.ports.clock.advance(wait);
    if (next.receives < limits.receivesMax) return { ...next, receives: next.receives + 1 };
    this.deadLetters.push(next.body);
    return this.#receive();
  }

  async #invoke(message: Message): Promise<void> {
    const {
      crash = { at: Number.POSITIVE_INFINITY, when: 'before' },
      bounds,
      diesAfter,
      invocationMilliseconds = 900_000,
    } = this.#options;
    const { clock } = this.ports;
    const callsBefore = this.#callsBefore;
    const ends = clock.now() + invocationMilliseconds;
    const isLate = () => clock.now() > ends;
    const ports: Faulty<MemoryPorts> = faulty(this.ports, {
      get when() {
        return isLate() ? 'before' : diesAfter ? 'after' : crash.when;
      },
      get at() {
        if (isLate()) return ports.calls.length;
        return diesAfter ? ports.calls.indexOf(diesAfter) + 1 : crash.at - callsBefore;
      },
    });
    const versions = this.#versions;
    const work: Work = {
      lane: versions[this.#invocations % versions.length] ?? versions[0],
      ports,
      invocation: {
        id: `invocation-${++this.#invocations}`,
        remainingMilliseconds: () => ends - clock.now(),
      },
      bounds: { ...limits, ...bounds },
      decryptAndVerify: this.#options.decryptAndVerify,
    };
    const died = crash.at > this.#callsBefore;
    const verdict = await takeMessage(work, message);
    this.#callsBefore += ports.calls.length;
    const isPlanned = diesAfter ? ports.calls.includes(diesAfter) : died && crash.at <= this.#callsBefore;
    if (isLate()) this.timeouts += 1;
    const crashed = isPlanned || isLate();
    this.deadLetters.push(...this.ports.deadLetters.kept.splice(0).map(letter => this.#dead(letter)));
    for (const { body, delaySeconds } of this.ports.laneQueue.takeDelayed())
      this.#enqueue(JSON.stringify(body), 0, this.ports.clock.now() + delaySeconds * 1000);
    if (crashed) this.#enqueue(message.body, message.receives, ends + 2_000);
    else if (verdict.kind === 'later')
      this.#enqueue(message.body, message.receives, this.ports.clock.now() + verdict.seconds * 1000);
  }

  /** The acknowledgement of a dropped file. */
  ack(name: string): Record<string, unknown> {
    return JSON.parse(this.ports.files.text('inbound', `${this.#folder}/ack/${name}.ack.json`));
  }

  /** The ledger's hand-offs, as an operator sees them. */
  handoffs(): readonly Handoff[] {
    return this.ports.ledger.all();
  }

  /** Business events on the bus, repeats kept, without the suite's own. */
  events(): Record<string, unknown>[] {
    return this.ports.bus.details().filter(event => event.source !== 'edge');
  }

  eventIds(): string[] {
    return [...new Set(this.events().map(event => String(event.id)))].sort();
  }
}

/** What S3 tells of a dropped object. */
export const noticeOf = (object: ObjectRef, { id, now }: { readonly id: string; readonly now: number }) => ({
  id,
  time: new Date(now).toISOString(),
  'detail-type': 'Object Created',
  source: 'aws.s3',
  detail: {
    bucket: { name: 'inbound' },
    object: {
      key: object.key,
      etag: object.etag,
      'version-id': object.versionId,
      sequencer: sequencerOf(object),
    },
  },
});

/** As S3's: it grows with every write. */
export const sequencerOf = ({ versionId = 'v0' }: ObjectRef): string =>
  Number(versionId.slice(1)).toString(16).toUpperCase().padStart(18, '0');

export const sha256 = (content: Uint8Array | string): string =>
  createHash('sha256').update(content).digest('hex');
