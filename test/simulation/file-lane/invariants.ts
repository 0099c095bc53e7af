import { type Handoff, isSettled, type SettledHandoff } from '#adapters/file-lane/core/outcome/handoff.ts';
import { balances, type Tally } from '#shared/core/outcome/tally.ts';
import { type Content, personal, type TrueRow } from './scenario.ts';
import type { Dropped, LaneWorld } from './world.ts';

/** What must be true of a lane at rest, whatever went wrong before. Each gives what is not. */
export function brokenInvariants(world: LaneWorld): string[] {
  return [
    ...unfinished(world),
    ...unbalanced(world),
    ...wrongRows(world),
    ...wrongTallies(world),
    ...wrongAnswers(world),
    ...unannounced(world),
    ...leaks(world),
  ];
}

const isEnded = (handoff: Handoff): handoff is SettledHandoff => isSettled(handoff.state);

const unfinished = ({ ports }: LaneWorld): string[] =>
  ports.ledger
    .all()
    .filter(handoff => !isEnded(handoff))
    .map(({ id, state, fault }) => `hand-off ${id} is ${state} for ever (${fault?.code})`);

const unbalanced = ({ ports }: LaneWorld): string[] =>
  ports.ledger.all().flatMap(handoff => {
    if (!isEnded(handoff)) return [];
    const { id, state, received, tally } = handoff;
    return state === 'unbalanced' || !balances(received, tally)
      ? [`the books of ${id} (${state}) do not balance: ${received} received, ${JSON.stringify(tally)}`]
      : [];
  });

interface Published {
  readonly id: string;
  readonly correlationid: string;
  readonly data: { readonly itemId: string };
}

const published = ({ ports }: LaneWorld): readonly Published[] =>
  ports.bus.details().filter(({ source }) => source !== 'edge') as unknown as Published[];

/** Every good row of a file that was taken is published, under one id; no other row is. */
function wrongRows(world: LaneWorld): string[] {
  const { lane } = world.scenario;
  const ids = new Map<string, Set<string>>();
  for (const event of published(world)) {
    const known = ids.get(event.data.itemId) ?? new Set();
    ids.set(event.data.itemId, known.add(event.id));
  }
  const expected = new Set(takenContents(world, drop => !mayBeGone(world, drop)).flatMap(idsOf));
  const allowed = new Set(takenContents(world, () => true).flatMap(idsOf));
  // Where a row is compared with the last of its key, each hand-off has events of its own.
  const idsMax = lane.duplicates === 'row' && !lane.version && !lane.writeOnce ? world.dropped.length : 1;
  return [
    ...[...expected].filter(id => !ids.has(id)).map(id => `row ${id} was never published`),
    ...[...ids.keys()].filter(id => !allowed.has(id)).map(id => `row ${id} was published, and should not be`),
    ...[...ids]
      .filter(([, some]) => some.size > idsMax)
      .map(([id, some]) => `row ${id} has ${some.size} ids`),
  ];
}

const goodRows = ({ rows }: Content): readonly TrueRow[] => rows.filter(({ kind }) => kind === 'good');

const countOf = ({ rows }: Content, kind: TrueRow['kind']): number =>
  rows.filter(row => row.kind === kind).length;

const idsOf = (content: Content): string[] => goodRows(content).map(({ id }) => id);

const takenContents = (world: LaneWorld, isMeant: (drop: Dropped) => boolean): readonly Content[] =>
  world.dropped
    .filter(drop => isMeant(drop) && handoffOf(world, drop))
    .map(({ content }) => content)
    .filter(content => isTaken(world, content));

const goneCodes: readonly string[] = ['OBJECT_GONE', 'DATA_MISSING'];

/** The partner took the file away, or one of the same name. Nobody can say how far the lane came. */
const mayBeGone = ({ dropped }: LaneWorld, { name }: Dropped): boolean =>
  dropped.some(drop => drop.name === name && drop.erasedAfterMilliseconds !== undefined);

/** Whether the contract takes a file of these rows. */
function isTaken({ scenario: { lane } }: LaneWorld, content: Content): boolean {
  const bad = countOf(content, 'bad');
  if (lane.maxInvalidShare < 1 && bad > lane.maxInvalidShare * content.rows.length) return false;
  return bad < content.rows.length;
}

const handoffsOf = ({ ports }: LaneWorld, { object }: Dropped): readonly Handoff[] =>
  ports.ledger.all().filter(handoff => handoff.object.versionId === object.versionId);

const handoffOf = (world: LaneWorld, drop: Dropped): Handoff | undefined => handoffsOf(world, drop)[0];

/** The books say what the generator knows. */
function wrongTallies(world: LaneWorld): string[] {
  const problems: string[] = [];
  const isAnnounced = world.scenario.lane.delivery.startsOn !== 'data';
  for (const drop of world.dropped) {
    const handoff = handoffOf(world, drop);
    // A version that was replaced before it was announced is never looked at.
    if (!handoff && !isAnnounced && !mayBeGone(world, drop))
      problems.push(`the drop of ${drop.name} (${drop.object.versionId}) has no hand-off`);
    if (!handoff || !isEnded(handoff)) continue;
    const { id, state, tally, fault } = handoff;
    if (fault && goneCodes.includes(fault.code) && mayBeGone(world, drop)) continue;
    // The sidecar of another version of the name.
    if (isAnnounced && fault?.code === 'CHECKSUM_MISMATCH') continue;
    const problem = wrongTally(world, drop.content, { state, tally });
    if (problem)
      problems.push(`hand-off ${id} is ${state} with ${JSON.stringify(tally)} (${fault?.code}): ${problem}`);
  }
  for (const content of new Set(takenContents(world, drop => !mayBeGone(world, drop)))) {
    const takers = world.dropped
      .filter(drop => drop.content === content)
      .flatMap(drop => handoffsOf(world, drop))
      .filter(({ reprocesses }) => !reprocesses)
      .filter(handoff => handoff.state === 'complete' || (handoff.state === 'partial' && !handoff.fault));
    if (takers.length !== 1 && world.scenario.lane.duplicates === 'file')
      problems.push(`${takers.length} hand-offs took one content: ${takers.map(({ id }) => id)}`);
  }
  return problems;
}

function wrongTally(
  world: LaneWorld,
  content: Content,
  { state, tally }: { readonly state: string; readonly tally: Tally },
): string | undefined {
  if (state === 'duplicate')
    return tally.duplicate === content.rows.length ? undefined : 'not all rows are duplicates';
  const bad = countOf(content, 'bad');
  const skipped = countOf(content, 'skipped');
  if (!isTaken(world, content))
    return tally.published === 0 && state === 'rejected' ? undefined : 'it should be rejected';
  if (state !== (bad > 0 ? 'partial' : 'complete')) return 'it should be taken';
  if (tally.quarantined !== bad) return `${bad} rows are bad`;
  if (tally.skipped !== skipped) return `${skipped} rows are to be skipped`;
  if (world.scenario.lane.duplicates === 'file' && tally.duplicate > 0) return 'no row is a duplicate';
  return undefined;
}

/** The newest version of a name is answered, with what the ledger says of it. */
function wrongAnswers(world: LaneWorld): string[] {
  const newest = new Map(world.dropped.map(drop => [drop.name, drop] as const));
  return [...newest.values()].flatMap(drop => {
    const handoffs = handoffsOf(world, drop);
    if (mayBeGone(world, drop)) return [];
    const key = `${world.scenario.lane.delivery.folder}/ack/${drop.name}.ack.json`;
    if (!world.ports.files.keys('inbound').includes(key)) return [`${drop.name} has no answer`];
    const ack = JSON.parse(world.ports.files.text('inbound', key));
    const handoff = handoffs.find(({ id }) => id === ack.correlationId);
    if (!handoff || !isEnded(handoff))
      return [`the answer of ${drop.name} is of ${ack.correlationId}, not of its newest version`];
    const said = JSON.stringify({ state: ack.state, counts: ack.counts });
    const kept = JSON.stringify({
      state: handoff.state,
      counts: { received: handoff.received, ...handoff.tally },
    });
    return [
      ...(said === kept ? [] : [`the answer of ${drop.name} says ${said}, the ledger ${kept}`]),
      ...wrongRejectedRows(world, drop, ack),
    ];
  });
}

function wrongRejectedRows(
  { ports, scenario }: LaneWorld,
  { name }: Dropped,
  ack: { readonly rejectedRows: { readonly rows: number } | null; readonly counts: Tally },
): string[] {
  const key = `${scenario.lane.delivery.folder}/ack/${name}.rejected.csv`;
  const isThere = ports.files.keys('inbound').includes(key);
  const rows = ack.rejectedRows?.rows ?? 0;
  if (rows !== ack.counts.quarantined)
    return [`${name}: ${rows} rows are reported, ${ack.counts.quarantined} counted`];
  return isThere === rows > 0
    ? []
    : [`${name}: rejected rows are ${isThere ? '' : 'not '}there, ${rows} are reported`];
}

/** Each settled file is announced once, with its state. */
function unannounced({ ports }: LaneWorld): string[] {
  const announced = new Map<string, Set<string>>();
  for (const event of ports.bus.details().filter(({ source }) => source === 'edge')) {
    const data = event.data as { handoffId: string; state: string };
    announced.set(
      data.handoffId,
      (announced.get(data.handoffId) ?? new Set()).add(`${String(event.id)} ${data.state}`),
    );
  }
  return ports.ledger.all().flatMap(({ id, state }) => {
    const some = [...(announced.get(id) ?? [])];
    if (some.length !== 1) return [`${some.length} different events announce hand-off ${id}: ${some}`];
    return some[0]?.endsWith(` ${state}`) ? [] : [`${some[0]} announces hand-off ${id}, which is ${state}`];
  });
}

const leaks = ({ ports }: LaneWorld): string[] =>
  ports.log.lines
    .filter(line => JSON.stringify(line, errorsToo).includes(personal))
    .map(({ event }) => `a log line "${event}" holds personal data`);

const errorsToo = (_: string, value: unknown): unknown =>
  value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value;
