import { limits } from '#shared/contract/limits.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { pack } from '#shared/core/batch/pack.ts';

/** An entry whose group's entries are published in the order given. */
export interface OrderedEntry {
  readonly group: string;
  readonly entry: BusEntry;
}

/** An entry's place in the order given. */
export type Call = readonly number[];

/** Calls that follow each other because a group reaches from one into the next. Chains know nothing of each other. */
export type Chain = readonly Call[];

/**
 * Packs ordered entries into as few calls as the bus allows, and says which of them must follow each other. Groups are laid
 * end to end; a chain ends where a group ends with its call.
 */
export function callChains(entries: readonly OrderedEntry[]): Chain[] {
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
}

function groupsOf(entries: readonly OrderedEntry[]): Map<string, IndexedEntry[]> {
  const groups = new Map<string, IndexedEntry[]>();
  for (const [index, { group, entry }] of entries.entries()) {
    const member = { ...entry, index };
    const members = groups.get(group);
    if (members) members.push(member);
    else groups.set(group, [member]);
  }
  return groups;
}

/** Sizes in an order in which group ends meet call ends often: groups that fill calls alone, then even sizes, then odd ones, the large first. */
function inPackingOrder(groups: IndexedEntry[][]): IndexedEntry[][] {
  const rank = ({ length }: IndexedEntry[]) =>
    length % limits.putEventsEntriesMax === 0 ? 0 : length % 2 === 0 ? 1 : 2;
  return groups.sort((a, b) => rank(a) - rank(b) || b.length - a.length);
}
