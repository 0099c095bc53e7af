import { itemAt } from '#shared/contract/item-at.ts';
import { limits } from '#shared/contract/limits.ts';
import { type BusEntry, type BusEvent, isBatched } from '#shared/core/batch/bus-entry.ts';
import { fillEntries } from '#shared/core/batch/fill-entries.ts';
import { pack } from '#shared/core/batch/pack.ts';

/** An event whose group's events are published in the order given. */
export interface OrderedEntry {
  readonly group: string;
  readonly entry: BusEvent;
}

/** Places of events in the order given. */
export type Call = readonly number[];

/** Calls that follow each other because a group reaches from one into the next. Chains know nothing of each other. */
export type Chain = readonly Call[];

/**
 * Packs ordered events into as few calls as the bus allows, and says which of them must follow each other. Where events share
 * entries there are few calls, which all follow each other.
 */
export function callChains(ordered: readonly OrderedEntry[]): Chain[] {
  const alone = ordered.flatMap(({ group, entry }, index) =>
    isBatched(entry) ? [] : [{ ...entry, group, index }],
  );
  return alone.length === ordered.length ? chainsOf(alone) : [batchChain(ordered)];
}

function batchChain(ordered: readonly OrderedEntry[]): Chain {
  const filled = fillEntries(
    ordered.map(({ entry }) => entry),
    { groupOf: index => itemAt(ordered, index, 'event').group },
  );
  return pack(filled).map(call => call.flatMap(({ events }) => events));
}

/** Groups are laid end to end; a chain ends where a group ends with its call. */
function chainsOf(entries: readonly IndexedEntry[]): Chain[] {
  const groups = inPackingOrder([...groupsOf(entries).values()]);
  const last = new Set(groups.map(group => group.at(-1)?.index));
  const chains: Call[][] = [];
  let chain: Call[] = [];
  for (const packed of pack(groups.flat())) {
    const call = packed.map(({ index }) => index);
    chain.push(call);
    if (!last.has(call.at(-1))) continue;
    chains.push(chain);
    chain = [];
  }
  return chains;
}

interface IndexedEntry extends BusEntry {
  readonly index: number;
  readonly group: string;
}

function groupsOf(entries: readonly IndexedEntry[]): Map<string, IndexedEntry[]> {
  const groups = new Map<string, IndexedEntry[]>();
  for (const member of entries) {
    const members = groups.get(member.group);
    if (members) members.push(member);
    else groups.set(member.group, [member]);
  }
  return groups;
}

/** Sizes in an order in which group ends meet call ends often: groups that fill calls alone, then even sizes, then odd ones, the large first. */
function inPackingOrder(groups: IndexedEntry[][]): IndexedEntry[][] {
  const rank = ({ length }: IndexedEntry[]) =>
    length % limits.putEventsEntriesMax === 0 ? 0 : length % 2 === 0 ? 1 : 2;
  return groups.sort((a, b) => rank(a) - rank(b) || b.length - a.length);
}
