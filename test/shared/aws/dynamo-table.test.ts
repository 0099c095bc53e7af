import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchExecuteStatementCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { handoffKey } from '#adapters/file-lane/aws/ledger-keys.ts';
import { expressionsOf } from '#shared/aws/dynamo-expression.ts';
import { dynamoRowClaims } from '#shared/aws/dynamo-row-claims.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { AccessDenied } from '#shared/ports.ts';
import { serviceError } from './service-error.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
const mock = mockClient(client);
const table = new DynamoTable(client, 'ledger');
const always = { expression: 'attribute_exists(#pk)' };

beforeEach(() => mock.reset());

describe('a table', () => {
  it('answers a condition that does not hold with false', async () => {
    mock.on(PutCommand).rejects(serviceError('ConditionalCheckFailedException', 400));
    expect(await table.put({ pk: 'a' }, always)).toBe(false);
  });

  it('is denied, though DynamoDB answers 400, and keeps the cause', async () => {
    const cause = serviceError('AccessDeniedException', 400);
    mock.on(GetCommand).rejects(cause);
    const failure = await table.get({ pk: 'a' }).catch(error => error);
    expect(failure).toBeInstanceOf(AccessDenied);
    expect(failure.cause).toBe(cause);
  });

  it('throws unchanged what a retry may fix', async () => {
    const cause = serviceError('ProvisionedThroughputExceededException', 400);
    mock.on(PutCommand).rejects(cause);
    await expect(table.put({ pk: 'a' }, always)).rejects.toBe(cause);
  });

  it('inserts 25 items a call; what is there or throttled is not inserted', async () => {
    const of = (Code?: 'DuplicateItem' | 'ThrottlingError') => (Code ? { Error: { Code } } : {});
    mock
      .on(BatchExecuteStatementCommand)
      .resolvesOnce({
        Responses: Array.from({ length: 25 }, (_, n) => of(n === 2 ? 'DuplicateItem' : undefined)),
      })
      .resolvesOnce({ Responses: [of('ThrottlingError'), of()] });
    const inserted = await table.insert(Array.from({ length: 27 }, (_, n) => ({ pk: `a#${n}`, owner: 'o' })));
    expect(inserted.map((is, n) => (is ? -1 : n)).filter(n => n >= 0)).toEqual([2, 25]);
    const [first] = mock.commandCalls(BatchExecuteStatementCommand);
    expect(first?.args[0].input.Statements?.[1]).toEqual({
      Statement: `INSERT INTO "ledger" VALUE {'pk': ?, 'owner': ?}`,
      Parameters: ['a#1', 'o'],
    });
  });

  it('is denied an insert, though the call as a whole succeeds', async () => {
    mock
      .on(BatchExecuteStatementCommand)
      .resolves({ Responses: [{ Error: { Code: 'AccessDenied', Message: 'not yours' } }] });
    await expect(table.insert([{ pk: 'a' }])).rejects.toThrow(AccessDenied);
  });

  it('reads consistently and follows every page', async () => {
    mock
      .on(QueryCommand)
      .resolvesOnce({ Items: [{ n: 1 }], LastEvaluatedKey: { pk: 'a' } })
      .resolvesOnce({ Items: [{ n: 2 }] });
    expect(await table.query('a', 'CHUNK#')).toEqual([{ n: 1 }, { n: 2 }]);
    const inputs = mock.commandCalls(QueryCommand).map(call => call.args[0].input);
    expect(inputs.map(input => input.ConsistentRead)).toEqual([true, true]);
    expect(inputs[1]?.ExclusiveStartKey).toEqual({ pk: 'a' });
  });
});

describe('a claim', () => {
  it('released between the refused write and the read is written again', async () => {
    mock.on(PutCommand).rejectsOnce(serviceError('ConditionalCheckFailedException', 400)).resolves({});
    mock.on(GetCommand).resolves({});
    const claim = { key: 'acme#1', owner: 'a#1', payloadHash: 'h', expiresAt: 1 };
    expect(await dynamoRowClaims(table).claim(claim)).toBe('mine');
    expect(mock.commandCalls(PutCommand)).toHaveLength(2);
  });
});

describe('the expressions of a change', () => {
  it('name every attribute and leave undefined ones alone', () => {
    const change = {
      set: { state: 'processing', fault: undefined },
      setOnce: { pass: 'check' },
      add: { attempts: 1 },
      remove: ['leaseOwner'],
      when: { expression: '#progress.#nextByte = :from', values: { from: 3 } },
    };
    expect(expressionsOf(change)).toEqual({
      UpdateExpression:
        'SET #state = :set_state, #pass = if_not_exists(#pass, :once_pass), #attempts = if_not_exists(#attempts, :zero) + :add_attempts REMOVE #leaseOwner',
      ConditionExpression: '#progress.#nextByte = :from',
      ExpressionAttributeNames: {
        '#state': 'state',
        '#pass': 'pass',
        '#attempts': 'attempts',
        '#leaseOwner': 'leaseOwner',
        '#progress': 'progress',
        '#nextByte': 'nextByte',
      },
      ExpressionAttributeValues: {
        ':set_state': 'processing',
        ':once_pass': 'check',
        ':add_attempts': 1,
        ':zero': 0,
        ':from': 3,
      },
    });
  });
});

describe('a key of the ledger', () => {
  it('begins with the integration that the hand-off’s id carries', () => {
    expect(handoffKey('acme-orders.abc')).toEqual({ pk: 'acme-orders#acme-orders.abc', sk: 'HANDOFF' });
  });

  it('cannot be made of an id without one', () => {
    expect(() => handoffKey('abc')).toThrow('not of the form <integration>.<hash>');
  });
});
