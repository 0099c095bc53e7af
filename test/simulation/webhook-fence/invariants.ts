import { personal, type TrueDelivery } from './scenario.ts';
import type { FenceWorld } from './world.ts';

/** What must be true of a fence at rest, whatever went wrong before. Each gives what is not. */
export async function brokenInvariants(world: FenceWorld): Promise<string[]> {
  return [...wrongEvents(world), ...wrongAnswers(world), ...(await wrongMemory(world)), ...leaks(world)];
}

interface Published {
  readonly id: string;
  readonly data: { readonly paymentId: string; readonly cents: number };
}

/** Every good delivery is published under one id; nothing else is. */
function wrongEvents({ ports, scenario, acknowledged, rejected }: FenceWorld): string[] {
  const ids = new Map<string, Set<string>>();
  for (const { id, data } of ports.bus
    .details()
    .filter(({ source }) => source !== 'edge') as unknown as Published[])
    ids.set(data.paymentId, (ids.get(data.paymentId) ?? new Set()).add(id));
  const good = scenario.deliveries.filter(({ kind }) => kind === 'good');
  const mustBeThere = good.filter(
    delivery =>
      delivery.triesMax === Number.POSITIVE_INFINITY ||
      acknowledged.some(each => each.delivery === delivery) ||
      rejected.includes(delivery),
  );
  const allowed = new Set(good.map(paymentOf));
  return [
    ...mustBeThere
      .filter(delivery => !ids.has(paymentOf(delivery)))
      .map(({ id }) => `${id} was never published`),
    ...[...ids.keys()].filter(id => !allowed.has(id)).map(id => `${id} was published, and should not be`),
    ...[...ids].filter(([, some]) => some.size > 1).map(([id, some]) => `${id} has ${some.size} ids`),
  ];
}

const paymentOf = ({ body }: TrueDelivery): string => JSON.parse(body).data.id;

/** What was answered with success was durable then, and says the truth. */
function wrongAnswers({ acknowledged }: FenceWorld): string[] {
  return acknowledged.flatMap(({ delivery, correlationId, status, isDurable }) => {
    const allowed = statusesOf[delivery.kind];
    return [
      ...(isDurable
        ? []
        : [`${delivery.id} (${correlationId}) was answered ${status} before anything was durable`]),
      ...(allowed.includes(status) ? [] : [`${delivery.id} is ${delivery.kind} and was answered ${status}`]),
    ];
  });
}

const statusesOf: Readonly<Record<TrueDelivery['kind'], readonly string[]>> = {
  good: ['published', 'accepted'],
  bad: ['quarantined'],
  skipped: ['skipped'],
};

/** What is remembered of each name is how it ended. */
async function wrongMemory({ acknowledged, ports }: FenceWorld): Promise<string[]> {
  const problems: string[] = [];
  for (const { delivery, correlationId } of acknowledged) {
    const { value } = await ports.once.find(correlationId);
    const expected =
      delivery.kind === 'good' ? 'published' : delivery.kind === 'bad' ? 'quarantined' : 'skipped';
    if (value?.status !== expected)
      problems.push(
        `${delivery.id} (${correlationId}) is remembered as ${value?.status}, not as ${expected}`,
      );
  }
  return problems;
}

const leaks = ({ ports }: FenceWorld): string[] =>
  ports.log.lines
    .filter(line => JSON.stringify(line).includes(personal))
    .map(({ event }) => `a log line "${event}" holds personal data`);
