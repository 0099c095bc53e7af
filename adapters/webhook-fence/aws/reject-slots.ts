import type { DynamoTable, Key } from '#shared/aws/dynamo-table.ts';
import type { RejectSlots, SlotRequest } from '../ports.ts';

/** One counter for each hour. A full hour is not asked for again: a flood costs each function one write an hour. */
export class DynamoRejectSlots implements RejectSlots {
  readonly #table: DynamoTable;
  #full: string | undefined;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async take(
    integration: string,
    hour: string,
    { bytes, countMax, bytesMax, expiresAt }: SlotRequest,
  ): Promise<number | 'full'> {
    if (this.#full === hour || bytes > bytesMax) return 'full';
    const counted = await this.#table.update(keyOf(integration, hour), {
      setOnce: { expiresAt },
      add: { rejects: 1, bytes },
      when: {
        expression: 'attribute_not_exists(#pk) OR (#rejects < :countMax AND #bytes <= :room)',
        values: { countMax, room: bytesMax - bytes },
      },
    });
    if (counted) return counted.rejects as number;
    this.#full = hour;
    return 'full';
  }

  async taken(integration: string, hour: string): Promise<number> {
    return ((await this.#table.get(keyOf(integration, hour)))?.rejects as number | undefined) ?? 0;
  }
}

const keyOf = (integration: string, hour: string): Key => ({ pk: `${integration}#rejects#${hour}` });
