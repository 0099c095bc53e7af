import type { Blueprint } from '../assembly/blueprint.ts';
import type { Keys } from '../kms/keys.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { codedeployCalls } from './codedeploy-calls.ts';
import { dynamodbCalls } from './dynamodb-calls.ts';
import { eventsCalls } from './events-calls.ts';
import type { GuardedService } from './guarded.ts';
import { kinesisCalls } from './kinesis-calls.ts';
import { kmsCalls } from './kms-calls.ts';
import { secretsCalls } from './secrets-calls.ts';
import { sqsCalls } from './sqs-calls.ts';
import { ssmCalls } from './ssm-calls.ts';

const json10 = 'application/x-amz-json-1.0';
const json11 = 'application/x-amz-json-1.1';

/** The services that speak JSON, each as it denies. */
export const guards = (
  blueprint: Blueprint,
  region: string,
  { secrets, keys }: { readonly secrets: Secrets; readonly keys: Keys },
) =>
  ({
    sqs: {
      calls: sqsCalls(region),
      status: 403,
      contentType: json10,
      // Clients of the older protocol know the error by this name.
      headers: { 'x-amzn-query-error': 'AccessDenied;Sender' },
    },
    dynamodb: { calls: dynamodbCalls(region, partitionKeys(blueprint)), status: 400, contentType: json10 },
    events: { calls: eventsCalls(region), status: 400, contentType: json11 },
    secretsmanager: {
      calls: secretsCalls(id => secrets.all().find(({ name, arn }) => name === id || arn === id)?.arn),
      status: 400,
      contentType: json11,
    },
    kms: { calls: kmsCalls(id => keys.arnOf(id)), status: 400, contentType: json11 },
    codedeploy: { calls: codedeployCalls(region), status: 400, contentType: json11 },
    ssm: { calls: ssmCalls(region), status: 400, contentType: json11 },
    kinesis: { calls: kinesisCalls(region), status: 400, contentType: json11 },
  }) satisfies Record<string, GuardedService>;

interface KeyPart {
  readonly AttributeName: string;
  readonly KeyType: string;
}

const partitionKeys = (blueprint: Blueprint): ReadonlyMap<string, string> =>
  new Map(
    blueprint.ofType('AWS::DynamoDB::Table').map(resource => {
      const schema = blueprint.properties(resource).KeySchema as readonly KeyPart[];
      const [partition] = schema.filter(({ KeyType }) => KeyType === 'HASH');
      return [blueprint.identity(resource).ref, partition?.AttributeName ?? ''];
    }),
  );
