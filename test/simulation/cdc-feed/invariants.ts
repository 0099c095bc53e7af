import type { FeedEventDetail } from '#test/cdc-feed/flow/simulator.ts';
import { endOf } from '#test/cdc-feed/flow/thing-feeds.ts';
import { Luck } from '#test/cdc-feed/histories/luck.ts';
import type { FeedWorld } from './world.ts';

/** What must be true of a feed at rest, whatever went wrong before. Each gives what is not. */
export async function brokenInvariants(world: FeedWorld): Promise<string[]> {
  return [
    ...(await wrongEnd(world)),
    ...wrongQuarantine(world),
    ...unbalanced(world),
    ...needlessStops(world),
  ];
}

/** A consumer that compares sequences ends at what the database holds, in whatever order events reach it. */
async function wrongEnd({ ports, scenario }: FeedWorld): Promise<string[]> {
  const facts = ports.bus.details().filter(({ source }) => source !== 'edge') as FeedEventDetail[];
  const end = sorted(await endOf(new Luck(facts.length).shuffled([...facts, ...facts])));
  const truth = sorted(scenario.truth);
  return end === truth ? [] : [`consumers end at ${end}, not at ${truth} (${scenario.way.name})`];
}

const sorted = (of: object): string =>
  JSON.stringify(Object.entries(of).sort(([one], [other]) => (one < other ? -1 : 1)));

function wrongQuarantine({ ports, scenario: { broken } }: FeedWorld): string[] {
  const kept = ports.files.keys('quarantine').length;
  return kept === broken ? [] : [`${kept} records are quarantined, not ${broken}`];
}

const unbalanced = ({ ports }: FeedWorld): string[] =>
  ports.log.lines
    .filter(({ event }) => event === 'books unbalanced')
    .map(() => 'the books of a batch do not balance');

const needlessStops = ({ epoch, scenario: { falls } }: FeedWorld): string[] =>
  epoch > falls ? [`the feed stopped ${epoch} times, though the log fell ${falls} times`] : [];
