import { hash } from 'node:crypto';
import type { Kind } from '../../contract/kind.ts';
import type { NamedStage } from '../../contract/named-stage.ts';

/**
 * Names that the platform must know although an integration's own stack makes what they name. A stage has no hyphen, so no
 * stage's names begin like another's.
 */

export const deadLettersName = ({ prefix, name }: NamedStage, integration: string): string =>
  `${prefix}edge-${name}-${integration}-dead-letters`;

/** Of a lane's work, or of a fence's spilled deliveries. */
export const workQueueName = ({ prefix, name }: NamedStage, integration: string): string =>
  `${prefix}edge-${name}-${integration}-work`;

/** Of the notices of a feed's undelivered records. */
export const undeliveredNoticesName = ({ prefix, name }: NamedStage, feed: string): string =>
  `${prefix}edge-${name}-${feed}-undelivered`;

const workPrefixes: Readonly<Record<Kind, string>> = {
  'file-lane': 'lane',
  'webhook-fence': 'drain',
  'cdc-feed': 'feed',
};

/** Of the function that an integration's event source mappings call. Lambda takes 64 characters. */
export const workFunctionName = (
  { prefix, name }: NamedStage,
  { id, kind }: { readonly id: string; readonly kind: Kind },
): string => `${prefix}${workPrefixes[kind]}-${name}-${id}`;

/** Of the function that releases a fence's rejects. Lambda takes 64 characters. */
export const releaseFunctionName = ({ prefix, name }: NamedStage, integration: string): string =>
  `${prefix}release-${name}-${integration}`;

/** Of the function that answers a fence's requests. Lambda takes 64 characters. */
export const receiveFunctionName = ({ prefix, name }: NamedStage, integration: string): string =>
  `${prefix}receive-${name}-${integration}`;

/** Of the table that a feed reads while no real one is named. */
export const trialTableName = ({ prefix, name }: NamedStage, table: string): string =>
  `${prefix}${table}-trial-${name}`;

/** Of a stack: `id` is what the CDK knows it by. */
export const stackName = ({ prefix, name }: NamedStage, id: string): string => `${prefix}${id}-${name}`;

/** S3 takes 50 characters. */
export const accessPointName = ({ prefix, name }: NamedStage, integration: string): string =>
  `${prefix}edge-${name}-${integration.slice(0, 20)}-${shortHash(integration)}`;

/** S3 takes 63 characters, and a bucket's name is unique in the world. */
export const undeliveredBucketName = (
  { prefix, name }: NamedStage,
  integration: string,
  { account, region }: { readonly account: string; readonly region: string },
): string => `${prefix}undelivered-${name}-${shortHash(integration)}-${account}-${region}`;

const shortHash = (text: string): string => hash('sha256', text, 'hex').slice(0, 8);

/**
 * The alias by which everything calls a function of an integration. A deployment moves it to the version that it publishes: see
 * docs/decisions/0091-which-functions-run-in-two-versions.md.
 */
export const liveAlias = 'live';

/** Of an integration's application in CodeDeploy, and of its deployment group. CodeDeploy takes 100 characters. */
export const canaryName = ({ prefix, name }: NamedStage, integration: string): string =>
  `${prefix}edge-${name}-${integration}`;

/**
 * The alias by which the auditor of the bus asks a function about events. It may call the function by no other name, and the function
 * takes what comes by it for a question and nothing else.
 */
export const proofAlias = 'proof';

/** A function of an integration, and its aliases. */
export interface IntegrationFunction {
  readonly name: string;
  readonly aliases: readonly string[];
}

const called: readonly string[] = [liveAlias];
/** Of functions that the auditor asks. */
const asked: readonly string[] = [liveAlias, proofAlias];

/** All functions of an integration, whose versions go together. */
export function integrationFunctions(
  stage: NamedStage,
  { id, kind }: { readonly id: string; readonly kind: Kind },
): readonly IntegrationFunction[] {
  const work = { name: workFunctionName(stage, { id, kind }), aliases: kind === 'cdc-feed' ? asked : called };
  if (kind !== 'webhook-fence') return [work];
  return [
    { name: receiveFunctionName(stage, id), aliases: called },
    work,
    { name: releaseFunctionName(stage, id), aliases: asked },
  ];
}
