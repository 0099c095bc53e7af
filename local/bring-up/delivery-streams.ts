import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import { AssemblyError, at, type Resource } from '../assembly/template.ts';
import { arn, arnResource } from '../aws-names.ts';
import { DeliveryStream, type StreamSettings } from '../firehose/delivery-stream.ts';
import type { DeliveryStreams } from '../firehose/delivery-streams.ts';
import { evaluatePrefix, PrefixError } from '../firehose/evaluate-prefix.ts';
import type { Permissions } from '../iam/permissions.ts';
import { required } from '../required.ts';
import type { Store } from '../s3/store.ts';
import { writeObject } from '../s3/write-object.ts';
import { boolean, number, readProperties } from './read.ts';

const parameter = z.strictObject({ ParameterName: z.literal('Delimiter'), ParameterValue: z.string() });
const processor = z.strictObject({
  Type: z.literal('AppendDelimiterToRecord', 'only the processor AppendDelimiterToRecord is served'),
  Parameters: z.array(parameter).length(1),
});

/** Hints of AWS where the template gives none: 300 s and 5 MiB. */
const hints = z.strictObject({ IntervalInSeconds: number.default(300), SizeInMBs: number.default(5) });

const streamShape = z.object({
  ExtendedS3DestinationConfiguration: z.object({
    BucketARN: z.string(),
    RoleARN: z.string(),
    Prefix: z.string(),
    CompressionFormat: z.enum(['GZIP', 'UNCOMPRESSED']).default('UNCOMPRESSED'),
    BufferingHints: hints.prefault({}),
    ProcessingConfiguration: z
      .strictObject({ Enabled: boolean, Processors: z.array(processor).max(1) })
      .optional(),
  }),
});

type Destination = z.infer<typeof streamShape>['ExtendedS3DestinationConfiguration'];

/** The roles in whose name Firehose writes. */
export const deliveryRoles = (blueprint: Blueprint): readonly string[] =>
  blueprint
    .ofType('AWS::KinesisFirehose::DeliveryStream')
    .map(resource =>
      roleIn(readProperties(blueprint, resource, streamShape).ExtendedS3DestinationConfiguration),
    );

interface Given {
  readonly blueprint: Blueprint;
  readonly permissions: Permissions;
  readonly store: Store;
  readonly report: (problem: string) => void;
}

/** @throws AssemblyError for a stream that could never write, and for what is not served. */
export function bringUpDeliveryStreams(streams: DeliveryStreams, given: Given): void {
  for (const resource of given.blueprint.ofType('AWS::KinesisFirehose::DeliveryStream')) {
    const { attributes } = given.blueprint.identity(resource);
    streams.add(required(attributes.Arn, 'Arn'), streamOf(resource, given));
  }
}

function streamOf(resource: Resource, given: Given): DeliveryStream {
  const { blueprint, store, permissions, report } = given;
  const destination = readProperties(blueprint, resource, streamShape).ExtendedS3DestinationConfiguration;
  const settings = settingsOf(blueprint.identity(resource).ref, destination);
  check(resource, settings, destination, permissions);
  return new DeliveryStream(
    settings,
    (key, body) =>
      writeObject(store, {
        bucket: arnResource(destination.BucketARN),
        ...{ key, body },
        contentType: 'application/octet-stream',
        requester: 'firehose.amazonaws.com',
      }),
    problem => report(`delivery stream ${settings.name} could not write: ${problem}`),
  );
}

const settingsOf = (name: string, destination: Destination): StreamSettings => ({
  name,
  prefix: destination.Prefix,
  gzip: destination.CompressionFormat === 'GZIP',
  delimiter: delimiterOf(destination),
  bufferBytes: destination.BufferingHints.SizeInMBs * 1_048_576,
  bufferMilliseconds: destination.BufferingHints.IntervalInSeconds * 1_000,
});

/** `\\n` in the template is a line break. */
function delimiterOf({ ProcessingConfiguration: processing }: Destination): string {
  if (!processing?.Enabled) return '';
  return (processing.Processors[0]?.Parameters[0]?.ParameterValue ?? '').replaceAll('\\n', '\n');
}

const roleIn = ({ RoleARN }: Pick<Destination, 'RoleARN'>): string =>
  arnResource(RoleARN).replace(/^role\//, '');

function check(
  resource: Resource,
  { prefix }: StreamSettings,
  destination: Destination,
  permissions: Permissions,
): void {
  try {
    const key = evaluatePrefix(prefix, new Date());
    const call = {
      action: 's3:PutObject',
      resource: `${arn('s3', '', arnResource(destination.BucketARN))}/${key}x`,
    };
    const refusal = permissions.refusal(roleIn(destination), [call]);
    if (refusal !== undefined) throw new AssemblyError(`${at(resource)}: ${refusal}`);
  } catch (problem) {
    if (problem instanceof PrefixError)
      throw new AssemblyError(`${at(resource)}: ${problem.message}`, { cause: problem });
    throw problem;
  }
}
