import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import type { Item } from './dynamo-table.ts';

/** One change of one item of the books, as a table's stream has it. */
export interface BookChange {
  readonly id: string;
  /** ISO 8601 UTC, to the second. */
  readonly at: string;
  readonly pk: string;
  /** Empty in tables without a sort key. */
  readonly sk: string;
  /** Undefined when the item is new. */
  readonly before: Item | undefined;
  /** Undefined when the item is gone. */
  readonly after: Item | undefined;
  /** Deleted by DynamoDB because its time to live is over. */
  readonly isExpired: boolean;
}

/** Of a stream with new and old images. */
export function bookChangeOf({ eventID = '', dynamodb = {}, userIdentity }: DynamoDBRecord): BookChange {
  const { Keys, NewImage, OldImage, ApproximateCreationDateTime = 0 } = dynamodb;
  const { pk, sk } = plainImage(Keys) ?? {};
  return {
    id: eventID,
    at: new Date(ApproximateCreationDateTime * 1_000).toISOString(),
    pk: String(pk),
    sk: sk === undefined ? '' : String(sk),
    before: plainImage(OldImage),
    after: plainImage(NewImage),
    isExpired: userIdentity?.principalId === 'dynamodb.amazonaws.com',
  };
}

const plainImage = (image: Readonly<Record<string, AttributeValue>> | undefined): Item | undefined =>
  image && Object.fromEntries(Object.entries(image).map(([name, value]) => [name, plain(value)]));

/** Of the types that the books use. */
function plain(value: AttributeValue): unknown {
  if (value.N !== undefined) return Number(value.N);
  if (value.M) return plainImage(value.M);
  if (value.L) return value.L.map(plain);
  return value.NULL ? null : (value.S ?? value.BOOL);
}
