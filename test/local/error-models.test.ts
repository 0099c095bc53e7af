import { readdirSync, readFileSync } from 'node:fs';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as eventBridge from '@aws-sdk/client-eventbridge';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as kms from '@aws-sdk/client-kms';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as sqs from '@aws-sdk/client-sqs';
import { refusals } from '#local/faults.ts';
import { S3Error, type S3ErrorCode } from '#local/s3/s3-error.ts';

/** Errors of AWS's own model of a service (Smithy), as its SDK carries it: name to HTTP status, where the model gives one. */
function modelled(client: object): ReadonlyMap<string, number | undefined> {
  const errors = Object.values(client).filter(
    (schema): schema is readonly [number, string, string, { readonly httpError?: number }] =>
      Array.isArray(schema) && schema[0] === errorSchema,
  );
  return new Map(errors.map(([, , name, { httpError }]) => [name, httpError]));
}

/** Marks an error among the SDK's schemas. */
const errorSchema = -3;

/** Errors that any service of AWS gives, which models leave out. Source: each API reference, common errors. */
const common = [
  'AccessDeniedException',
  'SerializationException',
  'UnknownOperationException',
  'ValidationException',
];

const sourceOf = (folder: string): string =>
  readdirSync(`local/${folder}`)
    .map(file => readFileSync(`local/${folder}/${file}`, 'utf8'))
    .join('\n');

const errorNamesIn = (folder: string): string[] => [
  ...new Set([...sourceOf(folder).matchAll(/'(\w+Exception)'/g)].map(([, name = '']) => name)),
];

describe('the local services answer errors that the models of AWS have', () => {
  it.each([
    ['kinesis', kinesis, []],
    ['secrets', secretsManager, []],
    // Of one entry of PutEvents; the call itself succeeds.
    ['events', eventBridge, ['NotAuthorizedForSourceException']],
  ] as const)('%s', (folder, client, ofEntries) => {
    const known = [...modelled(client).keys(), ...common, ...ofEntries];
    const names = errorNamesIn(folder);
    expect(names.length).toBeGreaterThan(2);
    expect(names.filter(name => !known.includes(name))).toEqual([]);
  });

  it('lambda, with their statuses', () => {
    const refusals = [...sourceOf('lambda').matchAll(/status: (\d+),\s*name: '(\w+Exception)'/g)];
    const statuses = refusals.map(([, status, name = '']) => [name, Number(status)]);
    expect(statuses).toHaveLength(5);
    expect(statuses).toEqual(refusals.map(([, , name = '']) => [name, modelled(lambda).get(name)]));
  });

  it('S3, with their statuses', () => {
    const codes = ['AccessDenied', 'InvalidRequest', 'NoSuchBucket', 'NoSuchKey', 'NoSuchUpload'] as const;
    const statuses = codes.map((code: S3ErrorCode) => [code, new S3Error(code).status]);
    expect(statuses).toEqual(codes.map(code => [code, modelled(s3).get(code)]));
  });

  it.each([
    ['s3', s3, ['SlowDown', 'InternalError']],
    ['sqs', sqs, ['InternalFailure']],
    ['dynamodb', dynamodb, []],
    ['events', eventBridge, ['ThrottlingException']],
    ['secretsmanager', secretsManager, ['ThrottlingException']],
    ['kms', kms, ['ThrottlingException']],
    ['lambda', lambda, []],
  ] as const)('%s, where it is overloaded or fails', (service, client, commonHere) => {
    const known: readonly string[] = [...modelled(client).keys(), ...commonHere];
    const names = Object.values(refusals[service] ?? {}).map(({ name }) => name);
    expect(names).toHaveLength(2);
    expect(names.filter(name => !known.includes(name))).toEqual([]);
  });
});
