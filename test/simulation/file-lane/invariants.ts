import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
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
    ...wrongEnds(world),
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
  readonly sequence: string;
  readonly data: { readonly itemId: string; readonly amount: string };
}

const published = ({ ports }: LaneWorld): readonly Published[] =>
  ports.bus.details().filter(({ source }) => source !== 'edge') as unknown as Published[];

const valueIn = ({ id, amount }: TrueRow): string => `${id}=${amount}`;

/** Every good row of a file that was taken is published, under one id; no other row is. */
function wrongRows(world: LaneWorld): string[] {
  const ids = new Map<string, Set<string>>();
  for (const { id, data } of published(world)) {
    const value = `${data.itemId}=${data.amount}`;
    ids.set(value, (ids.get(value) ?? new Set()).add(id));
  }
  const surely = takenContents(world, drop => !mayBeGone(world, drop)).flatMap(goodRows);
  const expected = new Set(surely.filter(row => rivalsOf(world, row).length === 0).map(valueIn));
  const allowed = new Set(mayBeTaken(world).flatMap(goodRows).map(valueIn));
  const idsMax = isCompared(world) ? world.dropped.length : 1;
  return [
    ...[...expected].filter(id => !ids.has(id)).map(id => `row ${id} was never published`),
    ...[...ids.keys()].filter(id => !allowed.has(id)).map(id => `row ${id} was published, and should not be`),
    ...[...ids]
      .filter(([, some]) => some.size > idsMax)
      .map(([id, some]) => `row ${id} has ${some.size} ids`),
    ...wrongRivals(world, { surely, published: ids }),
  ];
}

/** Where a row is compared with the last of its key, each hand-off has events of its own. */
const isCompared = ({ scenario: { lane } }: LaneWorld): boolean =>
  lane.duplicates === 'row' && !lane.version && !lane.writeOnce;

/** Other values of the same key and version, where these are written once: the first that comes is published. */
function rivalsOf(world: LaneWorld, row: TrueRow): readonly TrueRow[] {
  if (world.scenario.lane.duplicates === 'file' || isCompared(world)) return [];
  return world.dropped
    .flatMap(({ content }) => goodRows(content))
    .filter(({ id, version, amount }) => id === row.id && version === row.version && amount !== row.amount);
}

interface Rivalry {
  readonly surely: readonly TrueRow[];
  /** Ids of events by value. */
  readonly published: ReadonlyMap<string, unknown>;
}

/** Of rows in conflict, exactly one value is published. A file that is taken away may have published before it was rejected. */
function wrongRivals(world: LaneWorld, { surely, published }: Rivalry): string[] {
  const mayRepeat = world.dropped.some(
    ({ erasedAfterMilliseconds }) => erasedAfterMilliseconds !== undefined,
  );
  return surely.flatMap(row => {
    const rivals = rivalsOf(world, row);
    if (rivals.length === 0) return [];
    const values = new Set([row, ...rivals].map(valueIn).filter(value => published.has(value)));
    return values.size === 1 || (values.size > 1 && mayRepeat)
      ? []
      : [`of the rows in conflict about ${row.id}, ${values.size} are published: ${[...values]}`];
  });
}

/** A consumer that compares sequences ends at the newest version, or where the newest file brought a value that no other had. */
function wrongEnds(world: LaneWorld): string[] {
  const ends = new Map<string, Published>();
  for (const event of published(world)) {
    const known = ends.get(event.data.itemId);
    if (!known || known.sequence < event.sequence) ends.set(event.data.itemId, event);
  }
  return [...newestRows(world)].flatMap(([id, amount]) => {
    const end = ends.get(id)?.data.amount;
    return end === amount ? [] : [`consumers end at ${end} for ${id}, not at ${amount}`];
  });
}

/** The amounts that must stand at the end, by id; others are not certain. */
function newestRows(world: LaneWorld): ReadonlyMap<string, string> {
  const newest = new Map<string, TrueRow>();
  const certain = new Map<string, string>();
  const { version } = world.scenario.lane;
  for (const drop of world.dropped)
    for (const row of goodRows(drop.content)) {
      const known = newest.get(row.id);
      if (version && known && known.version >= row.version) continue;
      const isNew = isCompared(world) ? isFirst(world, drop, row) : rivalsOf(world, row).length === 0;
      newest.set(row.id, row);
      if (isNew && isSurelyTaken(world, drop)) certain.set(row.id, row.amount);
      else certain.delete(row.id);
    }
  return certain;
}

const isFirst = ({ dropped }: LaneWorld, drop: Dropped, row: TrueRow): boolean =>
  !dropped
    .slice(0, dropped.indexOf(drop))
    .some(({ content }) => goodRows(content).some(other => valueIn(other) === valueIn(row)));

const isSurelyTaken = (world: LaneWorld, drop: Dropped): boolean =>
  !mayBeGone(world, drop) &&
  handoffOf(world, drop) !== undefined &&
  lanesOf(world).every(lane => isTakenBy(lane, drop.content));

const goodRows = ({ rows }: Content): readonly TrueRow[] => rows.filter(({ kind }) => kind === 'good');

const countOf = ({ rows }: Content, kind: TrueRow['kind']): number =>
  rows.filter(row => row.kind === kind).length;

/** The contract, and the one that was deployed meanwhile. */
const lanesOf = ({ scenario: { lane, deployment } }: LaneWorld): readonly FileLane[] =>
  deployment ? [lane, deployment.lane] : [lane];

/** Contents that are taken whichever contract meets them. */
const takenContents = (world: LaneWorld, isMeant: (drop: Dropped) => boolean): readonly Content[] =>
  world.dropped
    .filter(drop => isMeant(drop) && handoffOf(world, drop))
    .map(({ content }) => content)
    .filter(content => lanesOf(world).every(lane => isTakenBy(lane, content)));

const mayBeTaken = (world: LaneWorld): readonly Content[] =>
  world.dropped
    .map(({ content }) => content)
    .filter(content => lanesOf(world).some(lane => isTakenBy(lane, content)));

const goneCodes: readonly string[] = ['OBJECT_GONE', 'DATA_MISSING'];

/** The partner took the file away, or one of the same name. Nobody can say how far the lane came. */
const mayBeGone = ({ dropped }: LaneWorld, { name }: Dropped): boolean =>
  dropped.some(drop => drop.name === name && drop.erasedAfterMilliseconds !== undefined);

/** Whether the contract takes a file of these rows. */
function isTakenBy(lane: FileLane, content: Content): boolean {
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
    const found = lanesOf(world).map(lane =>
      wrongTally(world, { lane, content: drop.content, state, tally }),
    );
    const problem = found[0];
    if (found.every(Boolean))
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

interface Told {
  readonly lane: FileLane;
  readonly content: Content;
  readonly state: string;
  readonly tally: Tally;
}

function wrongTally(world: LaneWorld, { lane, content, state, tally }: Told): string | undefined {
  if (state === 'duplicate')
    return tally.duplicate === content.rows.length ? undefined : 'not all rows are duplicates';
  if (!isTakenBy(lane, content))
    return tally.published === 0 && state === 'rejected' ? undefined : 'it should be rejected';
  const bad = countOf(content, 'bad');
  const skipped = countOf(content, 'skipped');
  const inConflict = goodRows(content).filter(row => rivalsOf(world, row).length > 0).length;
  const { quarantined } = tally;
  if (quarantined < bad || quarantined > bad + inConflict)
    return `${bad} rows are bad, ${inConflict} in conflict`;
  if (state !== stateOf(quarantined, content)) return 'it should be taken';
  if (tally.skipped !== skipped) return `${skipped} rows are to be skipped`;
  if (lane.duplicates === 'file' && tally.duplicate > 0) return 'no row is a duplicate';
  return undefined;
}

/** A file of which no row could be accepted is rejected. */
function stateOf(quarantined: number, { rows }: Content): string {
  if (quarantined === rows.length) return 'rejected';
  return quarantined > 0 ? 'partial' : 'complete';
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
