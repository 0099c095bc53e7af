import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2, Context, SQSEvent } from 'aws-lambda';
import { statusRoute, type WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import type { RequestsReprocessed } from '#adapters/webhook-fence/core/webhook/reprocess-order.ts';
import type { ReleaseReport } from '#adapters/webhook-fence/flow/release-report.ts';
import {
  type MemoryWebhookPorts,
  memoryWebhookPorts,
} from '#adapters/webhook-fence/memory/memory-webhook-ports.ts';
import type { WebhookFencePorts } from '#adapters/webhook-fence/ports.ts';
import { webhookDrain } from '#functions/webhook-drain.ts';
import { webhookFence } from '#functions/webhook-fence.ts';
import { webhookRelease } from '#functions/webhook-release.ts';
import { limits } from '#shared/contract/limits.ts';
import { emptyTally, type Outcome, type Tally } from '#shared/core/outcome/tally.ts';
import { Crash, type CrashPlan, type Faulty, faulty } from '#shared/memory/faulty.ts';
import { gatewayEvent } from './gateway-events.ts';

export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const otherSecret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
export const statusKey = 'status-key-of-the-partner';

export interface Delivery {
  readonly id?: string;
  readonly body?: string;
  /** Epoch milliseconds by the sender's clock. Default: now. */
  readonly sentAt?: number;
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly event?: Partial<APIGatewayProxyEventV2>;
}

export interface Answered {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body, parsed. */
  readonly json: Record<string, unknown>;
}

export interface SimulatorOptions {
  readonly secret?: object;
  readonly crash?: CrashPlan;
  /** Time that an invocation may take. Default: as deployed. */
  readonly invocationMilliseconds?: number;
  /** Ports put before the in-memory ones. */
  readonly ports?: Partial<WebhookFencePorts>;
}

interface Process {
  readonly ports: Faulty<WebhookFencePorts>;
  readonly handler: ReturnType<typeof webhookFence>;
  readonly drain: ReturnType<typeof webhookDrain>;
  readonly release: ReturnType<typeof webhookRelease>;
}

interface Spilled {
  readonly body: string;
  readonly receives: number;
}

/** One fence on in-memory ports: a gateway before it, a queue that redelivers what it spilled. */
export class FenceSimulator {
  readonly ports: MemoryWebhookPorts;
  /** The contract as it is deployed. */
  fence: WebhookFence;
  /** Requests handed to the fence's route. */
  received = 0;
  readonly #options: SimulatorOptions;
  readonly #calls: string[] = [];
  #process: Process;
  #invocations = 0;

  constructor(fence: WebhookFence, options: SimulatorOptions = {}) {
    this.fence = fence;
    this.#options = options;
    this.ports = memoryWebhookPorts(JSON.stringify(options.secret ?? { current: secret, statusKey }));
    this.#process = this.#start();
  }

  /** Calls of the ports so far, of all processes. */
  get calls(): readonly string[] {
    return [...this.#calls, ...this.#process.ports.calls];
  }

  /** Starts the next process; one that died answers nothing more. */
  revive(): void {
    this.#calls.push(...this.#process.ports.calls);
    this.#process = this.#start();
  }

  /** Deploys a changed contract. */
  deploy(fence: WebhookFence): void {
    this.fence = fence;
    this.revive();
  }

  #start(): Process {
    const { crash = { at: Number.POSITIVE_INFINITY, when: 'before' } } = this.#options;
    const at = crash.at > this.#calls.length ? crash.at - this.#calls.length : Number.POSITIVE_INFINITY;
    const ports = faulty<WebhookFencePorts>({ ...this.ports, ...this.#options.ports }, { ...crash, at });
    return {
      ports,
      handler: webhookFence(this.fence, ports),
      drain: webhookDrain(this.fence, ports),
      release: webhookRelease(this.fence, ports),
    };
  }

  /** A signed delivery, as Standard Webhooks writes it. */
  event({
    id = 'msg_1',
    body = payment(),
    sentAt = this.ports.clock.now(),
    ...more
  }: Delivery = {}): APIGatewayProxyEventV2 {
    const seconds = String(Math.floor(sentAt / 1000));
    return gatewayEvent({
      path: this.fence.route,
      body,
      receivedAt: this.ports.clock.now(),
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': seconds,
        'webhook-signature': signature(more.secret ?? secret, `${id}.${seconds}.${body}`),
        ...more.headers,
      },
      ...(more.event && { changes: more.event }),
    });
  }

  /** Sends a request and gives the answer. */
  async request(event: APIGatewayProxyEventV2): Promise<Answered> {
    this.received += 1;
    const answer = await this.#process.handler(event, this.#context());
    const body = answer.body ?? '';
    return {
      statusCode: answer.statusCode!,
      headers: answer.headers as Record<string, string>,
      body,
      json: body.startsWith('{') ? JSON.parse(body) : {},
    };
  }

  send(delivery: Delivery = {}): Promise<Answered> {
    return this.request(this.event(delivery));
  }

  /** A question after a delivery. */
  statusEvent(correlationId: unknown, key?: string): APIGatewayProxyEventV2 {
    return gatewayEvent({
      method: 'GET',
      path: `${this.fence.route}/status/${String(correlationId)}`,
      route: statusRoute(this.fence),
      pathParameters: { correlationId: String(correlationId) },
      receivedAt: this.ports.clock.now(),
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    });
  }

  async status(correlationId: unknown, key: string = statusKey): Promise<Answered> {
    const answer = await this.request(this.statusEvent(correlationId, key));
    this.received -= 1;
    return answer;
  }

  /** Delivers the spill queue's messages until it is empty or everything left is a dead letter; gives the dead letters. */
  async drain(): Promise<string[]> {
    const dead: string[] = [];
    const sent = () =>
      this.ports.spillQueue.take().map(body => ({ body: JSON.stringify(body), receives: 1 }));
    let waiting = sent();
    while (waiting.length > 0) {
      const failed = await this.#drainOnce(waiting);
      dead.push(...this.ports.deadLetters.kept.splice(0).map(({ body }) => body));
      dead.push(...failed.filter(({ receives }) => receives >= limits.receivesMax).map(({ body }) => body));
      waiting = failed.filter(({ receives }) => receives < limits.receivesMax);
      waiting = [...waiting.map(({ body, receives }) => ({ body, receives: receives + 1 })), ...sent()];
      this.ports.clock.advance(60_000);
    }
    return dead;
  }

  /** What is still to be done: all of it when the process died. */
  async #drainOnce(messages: readonly Spilled[]): Promise<readonly Spilled[]> {
    try {
      const { batchItemFailures } = await this.#process.drain(spillEvent(messages), this.#context());
      return batchItemFailures.map(({ itemIdentifier }) => messages[Number(itemIdentifier)]!);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      this.revive();
      return messages;
    }
  }

  /** Reprocesses a quarantined delivery as the runbook says: the key is the one in the log. */
  async redrive({ correlationId }: Record<string, unknown>): Promise<string[]> {
    const line = this.ports.log.lines.findLast(
      ({ event, fields }) => event === 'delivery quarantined' && fields.correlationId === correlationId,
    );
    await this.ports.spillQueue.send([{ kind: 'edge.spilled', correlationId, key: line?.fields.key }]);
    return this.drain();
  }

  /** As an operator would; a preview unless `dryRun: false`. */
  release(order: object = {}): Promise<ReleaseReport> {
    const all = {
      from: '2026-01-01T00:00:00Z',
      to: '2026-01-31T00:00:00Z',
      operator: 'ada',
      reason: 'secret fixed',
    };
    return this.#process.release({ ...all, ...order }, this.#context());
  }

  /** Has everything processed again that is in quarantine, as a plan does. */
  async reprocess(dryRun = false): Promise<RequestsReprocessed['reprocessed']> {
    const reprocess = this.ports.files.keys('quarantine');
    const { reprocessed } = await this.#process.release({ reprocess, dryRun }, this.#context());
    return reprocessed;
  }

  /** The books: what the log says of each request. */
  tally(): Tally {
    const tally: Record<Outcome, number> = { ...emptyTally };
    for (const { event, fields } of this.ports.log.lines)
      if (event === 'request settled') tally[fields.outcome as Outcome] += 1;
    return tally;
  }

  events(): Record<string, unknown>[] {
    return this.ports.bus.details();
  }

  eventIds(): string[] {
    return [...new Set(this.events().map(event => String(event.id)))].sort();
  }

  #context(): Context {
    const { invocationMilliseconds = 29_000 } = this.#options;
    const ends = this.ports.clock.now() + invocationMilliseconds;
    return {
      awsRequestId: `invocation-${++this.#invocations}`,
      getRemainingTimeInMillis: () => ends - this.ports.clock.now(),
    } as Context;
  }
}

export const payment = (id = 'p-1', cents = 100): string =>
  JSON.stringify({ type: 'paid', data: { id, cents } });

export const signature = (key: string, content: string | Uint8Array): string =>
  `v1,${createHmac('sha256', Buffer.from(key.slice('whsec_'.length), 'base64'))
    .update(content)
    .digest('base64')}`;

/** Messages of the spill queue as SQS hands them to a function. */
export const spillEvent = (messages: readonly Spilled[]): SQSEvent =>
  ({
    Records: messages.map(({ body, receives }, i) => ({
      messageId: String(i),
      body,
      receiptHandle: `handle-${i}`,
      attributes: { ApproximateReceiveCount: String(receives) },
    })),
  }) as unknown as SQSEvent;
