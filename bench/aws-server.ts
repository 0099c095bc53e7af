import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { startLocalAws } from '#test/shared/ports/local-aws.ts';
import { secretText } from './fence/requests.ts';

/*
 * The services that subjects call, in a process of its own, so that its CPU is not theirs: S3, DynamoDB and SQS of the local cloud, a
 * bus that takes everything, and the fence's secret. `aws-server <key>=<file> …` puts files into the inbound bucket and prints the
 * environment of a function.
 */

/** By `X-Amz-Target`. */
const answers: Readonly<Record<string, object>> = {
  'secretsmanager.GetSecretValue': { SecretString: secretText, VersionId: '1', CreatedDate: 1_790_000_000 },
};

const others = createServer((request, response) => {
  void text(request).then(body => {
    const target = String(request.headers['x-amz-target'] ?? '');
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    if (target !== 'AWSEvents.PutEvents') return response.end(JSON.stringify(answers[target] ?? {}));
    const { Entries } = JSON.parse(body) as { readonly Entries: readonly object[] };
    const taken = Entries.map((_, n) => ({ EventId: String(n) }));
    return response.end(JSON.stringify({ FailedEntryCount: 0, Entries: taken }));
  });
}).listen(0, '127.0.0.1');

const aws = await startLocalAws();
const files: Record<string, string> = {};
for (const named of process.argv.slice(2)) {
  const [key = '', path = ''] = named.split('=');
  await aws.ports.files.write('inbound', key, await readFile(path), 'text/csv');
  files[`FILE ${key}`] = path;
  files[`ETAG ${key}`] = (await aws.ports.files.head({ bucket: 'inbound', key }))?.etag ?? '';
}
await aws.dynamo.send(
  new CreateTableCommand({
    TableName: 'idempotency',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  }),
);
const at = `http://127.0.0.1:${(others.address() as AddressInfo).port}`;
const sdk = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'));
process.stdout.write(
  `${JSON.stringify({
    ...Object.fromEntries(sdk),
    ...aws.environment,
    ...files,
    AWS_ENDPOINT_URL_EVENTBRIDGE: at,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: at,
    CHANGES_QUEUE_URL: aws.environment.ROWS_QUEUE_URL,
    REJECTS_BUCKET: aws.environment.QUARANTINE_BUCKET,
    SPILL_QUEUE_URL: aws.environment.ROWS_QUEUE_URL,
    SECRET_ID: 'fence',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    // What the next major version of the SDK needs is not measured.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  })}\n`,
);
