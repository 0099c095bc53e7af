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

/** Every good delivery is published under one id; nothing else is. Of two that have one id, what was answered with success is. */
function wrongEvents(world: FenceWorld): string[] {
  const ids = publishedIds(world);
  const good = world.scenario.deliveries.filter(({ kind }) => kind === 'good');
  const allowed = new Set(good.map(valueIn));
  return [
    ...good
      .filter(delivery => mustBePublished(world, delivery) && !ids.has(valueIn(delivery)))
      .map(({ id }) => `${id} was never published`),
    ...[...ids.keys()].filter(id => !allowed.has(id)).map(id => `${id} was published, and should not be`),
    ...[...ids].filter(([, some]) => some.size > 1).map(([id, some]) => `${id} has ${some.size} ids`),
    ...good.flatMap(delivery => wrongRivals(world, delivery, ids)),
  ];
}

type IdsByValue = ReadonlyMap<string, ReadonlySet<string>>;

function publishedIds({ ports }: FenceWorld): IdsByValue {
  const ids = new Map<string, Set<string>>();
  for (const { id, data } of ports.bus
    .details()
    .filter(({ source }) => source !== 'edge') as unknown as Published[]) {
    const value = `${data.paymentId}=${data.cents}`;
    ids.set(value, (ids.get(value) ?? new Set()).add(id));
  }
  return ids;
}

const valueIn = ({ body, cents }: TrueDelivery): string => `${JSON.parse(body).data.id}=${cents}`;

function mustBePublished({ acknowledged, rejected, scenario }: FenceWorld, delivery: TrueDelivery): boolean {
  if (acknowledged.some(each => each.delivery === delivery)) return true;
  const isKept = delivery.triesMax === Number.POSITIVE_INFINITY || rejected.includes(delivery);
  return isKept && rivalsOf({ scenario }, delivery).length === 0;
}

/** Other content under the same id, where an id is the name of a delivery. */
function rivalsOf(
  { scenario }: Pick<FenceWorld, 'scenario'>,
  delivery: TrueDelivery,
): readonly TrueDelivery[] {
  if (scenario.isNamedByContent) return [];
  return scenario.deliveries.filter(each => each !== delivery && each.id === delivery.id);
}

/**
 * An id that the signature does not cover is held by what was accepted alone, for retries may have other bytes: of those, one
 * alone is answered with success.
 */
function wrongRivals(world: FenceWorld, delivery: TrueDelivery, ids: IdsByValue): string[] {
  const { scenario, acknowledged } = world;
  const isEnough =
    scenario.scheme === 'github'
      ? (each: TrueDelivery) => acknowledged.some(answer => answer.delivery === each)
      : (each: TrueDelivery) => ids.has(valueIn(each));
  const rivals = [delivery, ...rivalsOf(world, delivery)]
    .filter(({ kind }) => kind === 'good')
    .filter(isEnough);
  return new Set(rivals.map(valueIn)).size > 1
    ? [`${delivery.id} is published with ${rivals.map(valueIn).join(' and ')}`]
    : [];
}

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

const endOf: Readonly<Record<TrueDelivery['kind'], string>> = {
  good: 'published',
  bad: 'quarantined',
  skipped: 'skipped',
};

/** What is remembered of each name is how it ended, or how other content ended that took the name later. */
async function wrongMemory(world: FenceWorld): Promise<string[]> {
  const problems: string[] = [];
  for (const { delivery, correlationId } of world.acknowledged) {
    const { value } = await world.ports.once.find(correlationId);
    const expected = [delivery, ...rivalsOf(world, delivery)].map(({ kind }) => endOf[kind]);
    if (!expected.includes(value?.status ?? ''))
      problems.push(
        `${delivery.id} (${correlationId}) is remembered as ${value?.status}, not as ${expected.join(' or ')}`,
      );
  }
  return problems;
}

const leaks = ({ ports }: FenceWorld): string[] =>
  ports.log.lines
    .filter(line => JSON.stringify(line).includes(personal))
    .map(({ event }) => `a log line "${event}" holds personal data`);
