import type { DynamoTable, Item, Key } from '#shared/aws/dynamo-table.ts';
import type { RejectSlots, SlotRequest } from '../ports.ts';

/** One item for each hour, with two counters for each shelf. A full shelf is not asked for again: a flood costs each function one write an hour. */
export class DynamoRejectSlots implements RejectSlots {
  readonly #table: DynamoTable;
  #fullOf = { hour: '', shelves: new Set<string>() };

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async take(
    integration: string,
    hour: string,
    { shelf: { name, countMax, bytesMax }, bytes, expiresAt }: SlotRequest,
  ): Promise<number | 'full'> {
    if (this.#fullAt(hour).has(name) || bytes > bytesMax) return 'full';
    const rejects = `${countedBy}${name}`;
    const sum = `bytes_${name}`;
    const counted = await this.#table.update(keyOf(integration, hour), {
      setOnce: { expiresAt },
      add: { [rejects]: 1, [sum]: bytes },
      when: {
        expression: `attribute_not_exists(#${rejects}) OR (#${rejects} < :countMax AND #${sum} <= :room)`,
        values: { countMax, room: bytesMax - bytes },
      },
    });
    if (counted) return counted[rejects] as number;
    this.#fullAt(hour).add(name);
    return 'full';
  }

  async taken(integration: string, hour: string): Promise<Readonly<Record<string, number>>> {
    return countsIn((await this.#table.get(keyOf(integration, hour))) ?? {});
  }

  #fullAt(hour: string): Set<string> {
    if (this.#fullOf.hour !== hour) this.#fullOf = { hour, shelves: new Set() };
    return this.#fullOf.shelves;
  }
}

const countedBy = 'rejects_';

const countsIn = (item: Item): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(item)
      .filter(([attribute]) => attribute.startsWith(countedBy))
      .map(([attribute, count]) => [attribute.slice(countedBy.length), Number(count)]),
  );

const keyOf = (integration: string, hour: string): Key => ({ pk: `${integration}#rejects#${hour}` });
