import { isDeepStrictEqual } from 'node:util';
import type { Resource, StackTemplate, Template } from '#infra/templates/template.ts';

/** Types that hold data, or are known to others by their address. */
const kept = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::DynamoDB::Table',
  'AWS::Events::EventBus',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
]);

/** Types that say who may do what. */
const permissions =
  /^AWS::(IAM::(Role|Policy|ManagedPolicy)|Lambda::Permission|S3::(BucketPolicy|AccessPoint)|SQS::QueuePolicy|SNS::TopicPolicy|KMS::Key)$/;

/** What a deployment would change in one stack: in a line, and a line for each resource that people should look at. */
export function changeLines(
  { name, template }: StackTemplate,
  before: Template | undefined,
): readonly string[] {
  if (before === undefined)
    return [`${name} is new, with ${Object.keys(template.Resources ?? {}).length} resources`];
  const changes = changesOf(before, template);
  if (changes.length === 0) return [];
  const count = (kind: Change['kind']) => changes.filter(change => change.kind === kind).length;
  return [
    `${name}: ${count('added')} resources are added, ${count('changed')} changed, ${count('removed')} removed`,
    ...changes.filter(isNotable).map(({ kind, type, id }) => `${name}: ${type} ${id} is ${kind}`),
  ];
}

interface Change {
  readonly kind: 'added' | 'changed' | 'removed';
  readonly type: string;
  readonly id: string;
}

function changesOf(
  { Resources: before = {} }: Template,
  { Resources: after = {} }: Template,
): readonly Change[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return ids.flatMap(id => {
    const kind = kindOf(before[id], after[id]);
    const type = (after[id] ?? before[id])?.Type;
    return kind === undefined || type === undefined ? [] : [{ kind, type, id }];
  });
}

function kindOf(before: Resource | undefined, after: Resource | undefined): Change['kind'] | undefined {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  return isDeepStrictEqual(before, after) ? undefined : 'changed';
}

/** New code is expected; data that goes, and permissions that change, are not. */
const isNotable = ({ kind, type }: Change): boolean =>
  permissions.test(type) || (kind !== 'added' && kept.has(type));
