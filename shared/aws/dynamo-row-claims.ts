import type { RowClaim, RowClaims } from '../ports.ts';
import { claimOrHolder, releaseClaim } from './dynamo-claims.ts';
import type { Condition } from './dynamo-expression.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';

/** Row claims in a table of their own: `pk` is the claim's key, which begins with `<integration>#`. */
export const dynamoRowClaims = (table: DynamoTable): RowClaims => ({
  async claim(claim) {
    const { pk, ...item } = itemOf(claim);
    const holder = await claimOrHolder(table, { pk }, item, takeOver(claim));
    return holder ? holderOf(holder) : 'mine';
  },

  async claimNew(claims) {
    return table.insert(claims.map(itemOf));
  },

  async release(key, owner) {
    await releaseClaim(table, { pk: key }, owner);
  },

  async holder(key) {
    return (await table.get({ pk: key }))?.owner as string | undefined;
  },
});

const itemOf = ({ key, owner, payloadHash, expiresAt, order }: RowClaim) => ({
  pk: key,
  owner,
  payloadHash,
  expiresAt,
  ...(order === undefined ? {} : { order }),
});

const holderOf = ({ owner, payloadHash, order }: Item) => ({
  owner: String(owner),
  payloadHash: String(payloadHash),
  order: order === undefined ? undefined : String(order),
});

/** When a claim is taken from another owner. */
function takeOver({ order, payloadHash, insteadOf }: RowClaim): Condition | undefined {
  const later = '(#order < :order AND #payloadHash <> :payloadHash)';
  const given = '#owner = :insteadOf';
  const whens = [...(order === undefined ? [] : [later]), ...(insteadOf === undefined ? [] : [given])];
  if (whens.length === 0) return undefined;
  const values = {
    ...(order === undefined ? {} : { order, payloadHash }),
    ...(insteadOf === undefined ? {} : { insteadOf }),
  };
  return { expression: whens.join(' OR '), values };
}
