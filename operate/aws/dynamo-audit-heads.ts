import type { DynamoTable, Item } from '#shared/aws/dynamo-table.ts';
import { limits } from '#shared/contract/limits.ts';
import type { ChainHead, ChainName } from '../core/audit/chain.ts';
import type { AuditHeads, SealedDay } from '../ports.ts';

/** In the table of the operators: `audit#<day>` with an item for each chain, and `audit#sealed`. `now`: epoch milliseconds. */
export const dynamoAuditHeads = (table: DynamoTable, now: () => number): AuditHeads => ({
  async find(chain) {
    const item = await table.get(keyOf(chain));
    return item && headOf(item);
  },

  advance(chain, to, from) {
    const expiresAt = Math.floor(now() / 1_000) + limits.auditHeadDays * limits.secondsADay;
    return table.put(
      { ...keyOf(chain), ...to, expiresAt },
      from.objects === 0
        ? { expression: 'attribute_not_exists(#pk)' }
        : { expression: '#objects = :objects', values: { objects: from.objects } },
    );
  },

  async ofDay(day) {
    const items = await table.query(`audit#${day}`, chainSort);
    return items.map(item => ({ integration: String(item.sk).slice(chainSort.length), ...headOf(item) }));
  },

  async sealed() {
    const item = await table.get(sealedKey);
    return item && ({ day: item.day, hash: item.hash } as SealedDay);
  },

  async keepSealed({ day, hash }) {
    await table.put({ ...sealedKey, day, hash });
  },
});

const chainSort = 'chain#';
const sealedKey = { pk: 'audit#sealed', sk: 'latest' };

const keyOf = ({ day, integration }: ChainName) => ({ pk: `audit#${day}`, sk: chainSort + integration });

const headOf = ({ objects, records, hash }: Item): ChainHead => ({
  objects: Number(objects),
  records: Number(records),
  hash: String(hash),
});
