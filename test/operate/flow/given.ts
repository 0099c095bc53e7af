import type { HandoffState } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { Caller } from '#operate/core/caller.ts';
import type { KnownIntegration } from '#operate/core/known-integration.ts';
import type { OperationName, OutputOf } from '#operate/core/operations.ts';
import { operations, routeKeyOf } from '#operate/core/operations.ts';
import { type Answer, answerRequest } from '#operate/flow/answer-request.ts';
import { continuePlan } from '#operate/flow/plans/continue-plan.ts';
import { type MemoryOperatePorts, memoryOperatePorts } from '#operate/memory/memory-operate-ports.ts';
import type { Fault } from '#shared/contract/fault.ts';
import { emptyTally, type Tally } from '#shared/core/outcome/tally.ts';

export const now = Date.parse('2026-11-20T12:00:00Z');

export const integrations: readonly KnownIntegration[] = [
  {
    ...{ id: 'acme-orders', kind: 'file-lane', owner: 'orders', partner: 'Acme' },
    inPrefix: 'acme/in/',
    waitsHours: 96,
  },
  {
    id: 'stripe-payments',
    kind: 'webhook-fence',
    owner: 'payments',
    partner: 'Stripe',
    unitsWithoutApproval: 2,
  },
  { id: 'crm-customers', kind: 'cdc-feed', owner: 'customers', partner: 'CRM database' },
];

export const caller = { arn: 'arn:aws:iam::123456789012:user/ada', account: '123456789012' };

/** An API over ports in memory, where every stack is deployed. */
export class Given {
  readonly ports: MemoryOperatePorts = memoryOperatePorts(now);

  constructor() {
    this.ports.objects.put('quarantine', 'x', '');
    this.ports.objects.put('raw', 'x', '');
    this.ports.objects.put('rejects', 'x', '');
    this.ports.objects.put('busLog', 'x', '');
    this.ports.objects.put({ undeliveredOf: 'crm-customers' }, 'x', '');
    this.ports.deadLetters.put('acme-orders');
    this.ports.deadLetters.put('stripe-payments');
  }

  async ask(name: OperationName, parameters: object = {}, by: Caller = caller): Promise<Answer> {
    const work = { integrations, ports: this.ports, caller: by };
    return answerRequest(work, { routeKey: routeKeyOf(operations[name]), parameters: () => parameters });
  }

  /** The body of an answer that must be good. */
  async answer<N extends OperationName>(
    name: N,
    parameters: object = {},
    by: Caller = caller,
  ): Promise<OutputOf<N>> {
    const { status, body } = await this.ask(name, parameters, by);
    expect({ status, ...(status === 200 ? {} : body) }).toEqual({ status: 200 });
    return body as OutputOf<N>;
  }

  /** Lets jobs work on plans until no plan is waiting for one. `minutes` is how long each may run. */
  async work(minutes = 10): Promise<void> {
    for (let id = this.ports.jobs.sent.shift(); id; id = this.ports.jobs.sent.shift()) {
      const deadline = this.ports.clock.now() + minutes * 60_000;
      const remainingMilliseconds = () => deadline - this.ports.clock.now();
      const invocation = { id: `job-${deadline}-${this.ports.clock.random()}`, remainingMilliseconds };
      await continuePlan({ integrations, ports: this.ports, invocation }, id);
    }
  }

  /** A file, received at a time of the day and brought to a state. */
  async file(name: string, { state, time = '11:00', tally = {}, fault }: FileGiven): Promise<string> {
    const { ledger } = this.ports;
    const id = `acme-orders.${name}`;
    const lease = { owner: 'one', now, until: now + 1 };
    await ledger.open(
      {
        id,
        integration: 'acme-orders',
        object: { bucket: 'inbound', key: `acme/in/${name}`, versionId: 'v1' },
        causationId: 'notification',
        receivedAt: `2026-11-20T${time}:00.000Z`,
      },
      lease,
    );
    if (fault) await ledger.recordFault(id, fault);
    if (state === 'received') return id;
    await ledger.beginSettling(id, lease, { settledAt: `2026-11-20T${time}:30.000Z`, ending: {} });
    if (state === 'settling') return id;
    const books = { ...emptyTally, ...tally };
    const received = Object.values(books).reduce((sum, n) => sum + n, 0);
    await ledger.settle(id, 'one', { state, received, tally: books, fault, expiresAt: 1 });
    return id;
  }
}

interface FileGiven {
  readonly state: Exclude<HandoffState, 'awaiting' | 'processing'>;
  readonly time?: string;
  readonly tally?: Partial<Tally>;
  readonly fault?: Fault;
}
