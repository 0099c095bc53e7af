import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { takeMessage } from '#adapters/file-lane/flow/take-message.ts';
import { type MemoryPorts, memoryPorts } from '#adapters/file-lane/memory/memory-ports.ts';
import { limits } from '#shared/contract/limits.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { Crash } from '#shared/memory/faulty.ts';
import { noticeOf } from './simulator.ts';

type Call = (...args: unknown[]) => unknown;

/** One invocation that stops before each of its calls to the partner's `ack/` folder until it is told to go on. */
class Racer {
  readonly body: string;
  isOver = false;
  #isDead = false;
  #goOn: (() => void) | undefined;

  constructor(body: string) {
    this.body = body;
  }

  async run(lane: FileLane, ports: MemoryPorts, id: string): Promise<void> {
    const files = new Proxy(ports.files, { get: (target, name) => this.#gated(target, name) });
    const invocation = { id, remainingMilliseconds: () => limits.functionSecondsMax * 1000 };
    const gated = new Proxy({ ...ports, files }, { get: (target, name) => this.#alive(target, name) });
    await takeMessage({ lane, ports: gated, invocation, bounds: limits }, { body: this.body, receives: 1 });
    this.isOver = true;
  }

  /** Lets the next call happen, or kills the process before it. */
  async step(dies = false): Promise<void> {
    this.#isDead ||= dies;
    const goOn = this.#goOn;
    this.#goOn = undefined;
    goOn?.();
    await this.stopped();
  }

  async stopped(): Promise<void> {
    while (!this.isOver && !this.#goOn) await new Promise(resolve => setImmediate(resolve));
  }

  /** A dead process reaches nothing any more, its leases included. */
  #alive(target: object, name: string | symbol): unknown {
    if (this.#isDead && name !== 'clock' && name !== 'log') throw new Crash('the process died');
    return Reflect.get(target, name);
  }

  #gated(target: object, name: string | symbol): unknown {
    const call = Reflect.get(target, name) as Call;
    if (typeof call !== 'function') return call;
    const isAnswer = ['head', 'replace', 'join', 'remove'].includes(String(name));
    return (...args: unknown[]) => {
      if (!isAnswer || !(args[0] as ObjectRef).key.startsWith('shop/ack/')) return call.apply(target, args);
      return this.#afterTurn(() => call.apply(target, args));
    };
  }

  async #afterTurn(call: () => unknown): Promise<unknown> {
    await new Promise<void>(resolve => {
      this.#goOn = resolve;
    });
    if (this.#isDead) throw new Crash('the process died');
    return call();
  }
}

/** Versions of one name, dropped within a second and worked on at the same time. */
export class Race {
  readonly ports = memoryPorts();
  readonly versions: ObjectRef[] = [];
  readonly racers: Racer[] = [];
  /** What lay beside each acknowledgement with rejected rows when it was written. */
  readonly besideAcknowledgements: ('its own' | 'older' | 'newer' | 'nothing')[] = [];
  readonly #lane: FileLane;
  #repeats = 0;

  constructor(lane: FileLane, contents: readonly string[]) {
    this.#lane = lane;
    for (const content of contents) {
      const object = this.ports.files.put('inbound', 'shop/in/items_1.csv', content);
      this.versions.push(object);
      const notice = noticeOf(object, { id: `notice-${object.versionId}`, now: this.ports.clock.now() });
      this.racers.push(new Racer(JSON.stringify(notice)));
    }
    this.#observe();
  }

  #observe(): void {
    const { files } = this.ports;
    const replace = files.replace.bind(files);
    files.replace = async (target, body) => {
      const written = await replace(target, body);
      const isObserved = target.key.endsWith('.ack.json') && target.metadata['rejected-rows'] === 'true';
      if (isObserved && written !== 'changed') {
        const beside = await files.head({ bucket: 'inbound', key: rejectedKey });
        this.besideAcknowledgements.push(placeOf(beside?.metadata.sequencer, target.metadata.sequencer));
      }
      return written;
    };
  }

  /** `pick` says who goes next of those that are not over: an index into them, and whether it dies there. Then the dead come again. */
  async run(
    pick: (racers: readonly Racer[]) => { readonly racer: Racer; readonly dies?: boolean },
  ): Promise<void> {
    const runs = this.racers.map((racer, n) => racer.run(this.#lane, this.ports, `racer-${n}`));
    const died = new Set<Racer>();
    await Promise.all(this.racers.map(racer => racer.stopped()));
    for (let left = this.#left(); left.length > 0; left = this.#left()) {
      const { racer, dies = false } = pick(left);
      if (dies) died.add(racer);
      await racer.step(dies);
    }
    await Promise.all(runs);
    this.ports.clock.advance(3_600_000);
    for (const { body } of died) await this.#again(body);
    // What dead or living ones left for another invocation.
    for (const message of this.ports.laneQueue.take()) await this.#again(JSON.stringify(message));
  }

  #left(): readonly Racer[] {
    return this.racers.filter(racer => !racer.isOver);
  }

  async #again(body: string): Promise<void> {
    const racer = new Racer(body);
    const run = racer.run(this.#lane, this.ports, `again-${++this.#repeats}`);
    await racer.stopped();
    while (!racer.isOver) await racer.step();
    await run;
  }

  /** What the partner finds. */
  get answer() {
    const { files, ledger } = this.ports;
    const ack = JSON.parse(files.text('inbound', 'shop/ack/items_1.csv.ack.json'));
    return {
      versionId: ack.object.versionId,
      state: ack.state,
      rejectedRows: ack.rejectedRows?.rows,
      rejected: files.keys('inbound').includes(rejectedKey) ? files.text('inbound', rejectedKey) : undefined,
      unsettled: ledger.all().filter(({ state }) => ['received', 'processing', 'settling'].includes(state))
        .length,
    };
  }
}

const rejectedKey = 'shop/ack/items_1.csv.rejected.csv';

function placeOf(found: string | undefined, own = ''): 'its own' | 'older' | 'newer' | 'nothing' {
  if (found === undefined) return 'nothing';
  if (found === own) return 'its own';
  return found < own ? 'older' : 'newer';
}
