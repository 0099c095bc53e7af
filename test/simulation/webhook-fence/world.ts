import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { logLines } from '#adapters/webhook-fence/core/webhook/log-lines.ts';
import { MemoryOnce } from '#adapters/webhook-fence/memory/memory-once.ts';
import {
  type MemoryWebhookPorts,
  memoryWebhookPorts,
} from '#adapters/webhook-fence/memory/memory-webhook-ports.ts';
import type { WebhookFencePorts } from '#adapters/webhook-fence/ports.ts';
import { webhookDrain } from '#functions/webhook-drain.ts';
import { webhookFence } from '#functions/webhook-fence.ts';
import { webhookRelease } from '#functions/webhook-release.ts';
import type { DeadLetters } from '#shared/ports.ts';
import { gatewayEvent } from '#test/webhook-fence/flow/gateway-events.ts';
import { otherSecret, secret, signature } from '#test/webhook-fence/flow/simulator.ts';
import type { Process, Seen } from '../shared/process.ts';
import type { World } from '../shared/run.ts';
import { Sky, type SkyOptions } from '../shared/sky.ts';
import { type ReceivedMessage, type SqsQueue, sqsEvent } from '../shared/sqs.ts';
import { brokenInvariants } from './invariants.ts';
import { fenceMarks } from './marks.ts';
import { onceOf } from './once.ts';
import { makeScenario, type Scenario, type TrueDelivery } from './scenario.ts';

/** Changes the ports of each invocation, as a bug in the flow would. */
export type FencePlant = (ports: WebhookFencePorts) => WebhookFencePorts;

export interface FenceWorldOptions extends SkyOptions {
  readonly plant?: FencePlant | undefined;
}

/** An answer with success, and what was durable when it was given. */
export interface Acknowledged {
  readonly delivery: TrueDelivery;
  readonly correlationId: string;
  readonly status: string;
  readonly isDurable: boolean;
}

const answerSeconds = 29;
const drainSeconds = 60;

/** One fence with its provider, its spill queue and its operator, all in memory. */
export class FenceWorld implements World {
  readonly scenario: Scenario;
  readonly sky: Sky;
  readonly ports: MemoryWebhookPorts;
  readonly spill: SqsQueue;
  readonly deadLetters: SqsQueue;
  readonly acknowledged: Acknowledged[] = [];
  /** Answered 401 and kept for a release. */
  readonly rejected: TrueDelivery[] = [];
  readonly #options: FenceWorldOptions;
  readonly #begin: number;
  /** Sends that are still to come, or to be answered. */
  #open = 0;
  #isReleased: boolean;
  #isReleasing = false;

  constructor(options: FenceWorldOptions) {
    this.#options = options;
    this.sky = new Sky(options, ['once', 'files', 'bus', 'spillQueue', 'idClaims'], seen => this.#mark(seen));
    this.scenario = makeScenario(this.sky.random('scenario'));
    const { scheduler } = this.sky;
    this.#begin = scheduler.now();
    const once = new MemoryOnce({
      now: () => scheduler.now(),
      sleep: async () => undefined,
      random: () => 0,
    });
    this.ports = { ...memoryWebhookPorts(secretText(secret), { now: this.#begin }), once };
    this.#isReleased = this.scenario.secretFixedAfterSeconds === 0;
    if (!this.#isReleased) {
      this.ports.secrets.write(secretText(otherSecret), this.#begin);
      scheduler.after(this.scenario.secretFixedAfterSeconds * 1000, () =>
        this.ports.secrets.write(secretText(secret), scheduler.now()),
      );
    }
    this.deadLetters = this.sky.queue('dead-letters', { visibilitySeconds: 60 });
    this.spill = this.sky.queue('spill', {
      visibilitySeconds: 6 * drainSeconds,
      deadLetters: this.deadLetters,
    });
    this.sky.poll(this.spill, {
      concurrency: 2,
      batchSize: 10,
      seconds: drainSeconds,
      handle: (batch, process, remaining) => this.#drain(batch, process, remaining),
    });
    for (const delivery of this.scenario.deliveries) this.#plan(delivery);
  }

  get isAtRest(): boolean {
    return this.#open === 0 && this.spill.size === 0 && this.sky.running.size === 0 && this.#isReleased;
  }

  /** The operator brings back dead letters, and releases what was rejected for a wrong secret once it is fixed. */
  redrive(): number {
    const isFixed = this.sky.scheduler.now() >= this.#begin + this.scenario.secretFixedAfterSeconds * 1000;
    if (!this.#isReleased && !this.#isReleasing && isFixed) this.#release();
    return this.deadLetters.redriveTo(this.spill);
  }

  broken(): Promise<readonly string[]> {
    return brokenInvariants(this);
  }

  waiting(): readonly string[] {
    return [
      `${this.#open} requests are open, rejects are ${this.#isReleased ? '' : 'not '}released`,
      ...this.spill.describe(),
      ...this.deadLetters.describe(),
    ];
  }

  state(): unknown {
    const { once, bus, files, log } = this.ports;
    return [
      once.names(),
      bus.accepted,
      files.keys('raw'),
      files.keys('quarantine'),
      log.lines.length,
      this.acknowledged,
      this.sky.scheduler.now(),
    ];
  }

  #plan(delivery: TrueDelivery): void {
    const random = this.sky.random(`provider of ${delivery.id}`);
    this.#sendAfter(delivery, { seconds: delivery.afterSeconds, tries: 1 });
    for (let i = 0; i < delivery.repeats; i++) {
      const seconds = delivery.afterSeconds + (random.chance(0.5) ? random.next() : random.between(1, 600));
      this.#sendAfter(delivery, { seconds, tries: Number.POSITIVE_INFINITY });
    }
  }

  #sendAfter(delivery: TrueDelivery, { seconds, tries }: Sending): void {
    this.#open += 1;
    this.sky.scheduler.after(seconds * 1000, () => this.#send(delivery, tries));
  }

  /** The provider waits for 30 seconds, and sends again what was not answered with success. */
  #send(delivery: TrueDelivery, tries: number): void {
    let isAnswered = false;
    const end = (isAccepted: boolean) => {
      if (isAnswered) return;
      isAnswered = true;
      this.#open -= 1;
      const isOver = isAccepted || tries >= delivery.triesMax || tries === Number.POSITIVE_INFINITY;
      if (!isOver) this.#sendAfter(delivery, { seconds: Math.min(3_600, 10 * 2 ** tries), tries: tries + 1 });
    };
    this.sky.scheduler.after(30_000, () => end(false));
    this.sky.invoke(answerSeconds, async (process, getRemainingTimeInMillis) => {
      const context = { awsRequestId: process.id, getRemainingTimeInMillis } as Context;
      const handler = webhookFence(this.scenario.fence, this.#portsOf(process));
      const request = this.#request(delivery);
      const { statusCode = 0, body = '' } = await handler(request, context);
      const isAccepted = statusCode >= 200 && statusCode < 300;
      if (isAccepted) this.#acknowledge(delivery, JSON.parse(body));
      if (statusCode === 401 && !this.#isAlarmed(request)) this.rejected.push(delivery);
      end(isAccepted);
    });
  }

  #acknowledge(delivery: TrueDelivery, answer: Record<string, unknown>): void {
    const correlationId = String(answer.correlationId);
    const status = String(answer.status);
    const isDurable = this.#isDurable(correlationId, status);
    this.acknowledged.push({ delivery, correlationId, status, isDurable });
  }

  /** An alarm rings for what was refused and could not be kept. */
  #isAlarmed({ requestContext: { requestId } }: APIGatewayProxyEventV2): boolean {
    const { lines } = this.ports.log;
    return lines.some(
      ({ event, fields }) => event === logLines.rejectNotKept && fields.requestId === requestId,
    );
  }

  #isDurable(correlationId: string, status: string): boolean {
    const { bus, files } = this.ports;
    const isNamed = (text: string) => text.includes(correlationId);
    if (status === 'skipped') return files.keys('raw').some(isNamed);
    if (status === 'quarantined') return files.keys('quarantine').some(isNamed);
    const isPublished = bus.details().some(event => event.correlationid === correlationId);
    const isWaiting = [...this.spill.bodies, ...this.deadLetters.bodies].some(isNamed);
    return isPublished || (status === 'accepted' && isWaiting);
  }

  #request({ id, body }: TrueDelivery): APIGatewayProxyEventV2 {
    const receivedAt = this.sky.scheduler.now();
    const seconds = String(Math.floor(receivedAt / 1000));
    const headers: Readonly<Record<string, string>> =
      this.scenario.scheme === 'github'
        ? {
            'x-github-delivery': id,
            'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
          }
        : {
            'webhook-id': id,
            'webhook-timestamp': seconds,
            'webhook-signature': signature(secret, `${id}.${seconds}.${body}`),
          };
    return gatewayEvent({
      path: this.scenario.fence.route,
      body,
      receivedAt,
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  async #drain(
    batch: readonly ReceivedMessage[],
    process: Process,
    getRemainingTimeInMillis: () => number,
  ): Promise<readonly string[]> {
    const context = { awsRequestId: process.id, getRemainingTimeInMillis } as Context;
    const handler = webhookDrain(this.scenario.fence, this.#portsOf(process));
    const { batchItemFailures } = await handler(sqsEvent(batch), context);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  }

  #release(): void {
    this.#isReleasing = true;
    const order = {
      from: new Date(this.#begin - 3_600_000).toISOString(),
      to: new Date(this.sky.scheduler.now() + 3_600_000).toISOString(),
      operator: 'ada',
      reason: 'secret fixed',
      dryRun: false,
    };
    const work = async (process: Process, getRemainingTimeInMillis: () => number) => {
      const context = { awsRequestId: process.id, getRemainingTimeInMillis } as Context;
      const report = await webhookRelease(this.scenario.fence, this.#portsOf(process))(order, context);
      this.#isReleased = report.next === undefined && !report.isIncomplete;
    };
    this.sky.invoke(900, work, () => {
      this.#isReleasing = false;
    });
  }

  #portsOf(process: Process): WebhookFencePorts {
    const deadLetters: DeadLetters = { keep: async letter => this.deadLetters.sendText(letter.body) };
    const ports = process.wrap<WebhookFencePorts>({ ...this.ports, spillQueue: this.spill, deadLetters });
    const once = onceOf(this.ports.once, process, this.sky.faults);
    return this.#options.plant?.({ ...ports, once }) ?? { ...ports, once };
  }

  #mark(seen: Seen): void {
    for (const [mark, isMet] of Object.entries(fenceMarks)) if (isMet(seen)) this.sky.marks.add(mark);
  }
}

interface Sending {
  readonly seconds: number;
  readonly tries: number;
}

const secretText = (current: string): string => JSON.stringify({ current });
