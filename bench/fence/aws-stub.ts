import type { RequestListener } from 'node:http';
import { type StubServer, stubServer } from '#test/shared/aws/stub-server.ts';
import { secretText } from './requests.ts';

const answers: Readonly<Record<string, object>> = {
  'secretsmanager.GetSecretValue': { SecretString: secretText, VersionId: '1', CreatedDate: 1_790_000_000 },
  'DynamoDB_20120810.UpdateItem': { Attributes: { requests: { N: '1' } } },
  'AWSEvents.PutEvents': { FailedEntryCount: 0, Entries: [{ EventId: 'x' }] },
};

/** Says yes at once to all that a fence asks of AWS. */
const sayYes: RequestListener = (request, response) => {
  const target = String(request.headers['x-amz-target'] ?? '');
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  response.setHeader('etag', '"x"');
  response.end(target ? JSON.stringify(answers[target] ?? {}) : '');
};

export const awsStub = (): Promise<StubServer> => stubServer(sayYes);
