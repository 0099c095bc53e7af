import { hash } from 'node:crypto';
import type { Kind } from '../../contract/kind.ts';

/**
 * Names that the platform must know although an integration's own stack makes what they name. A stage has no hyphen, so no
 * stage's names begin like another's.
 */

export const deadLettersName = (stage: string, integration: string): string =>
  `edge-${stage}-${integration}-dead-letters`;

/** Of a lane's work, or of a fence's spilled deliveries. */
export const workQueueName = (stage: string, integration: string): string =>
  `edge-${stage}-${integration}-work`;

/** Of the notices of a feed's undelivered records. */
export const undeliveredNoticesName = (stage: string, feed: string): string =>
  `edge-${stage}-${feed}-undelivered`;

const workPrefixes: Readonly<Record<Kind, string>> = {
  'file-lane': 'lane',
  'webhook-fence': 'drain',
  'cdc-feed': 'feed',
};

/** Of the function that an integration's event source mappings call. Lambda takes 64 characters. */
export const workFunctionName = (
  stage: string,
  { id, kind }: { readonly id: string; readonly kind: Kind },
): string => `${workPrefixes[kind]}-${stage}-${id}`;

/** Of the function that releases a fence's rejects. Lambda takes 64 characters. */
export const releaseFunctionName = (stage: string, integration: string): string =>
  `release-${stage}-${integration}`;

/** Of the table that a feed reads while no real one is named. */
export const trialTableName = (stage: string, table: string): string => `${table}-trial-${stage}`;

/** S3 takes 50 characters. */
export const accessPointName = (stage: string, integration: string): string =>
  `edge-${stage}-${integration.slice(0, 20)}-${shortHash(integration)}`;

/** S3 takes 63 characters, and a bucket's name is unique in the world. */
export const undeliveredBucketName = (
  stage: string,
  integration: string,
  { account, region }: { readonly account: string; readonly region: string },
): string => `undelivered-${stage}-${shortHash(integration)}-${account}-${region}`;

const shortHash = (text: string): string => hash('sha256', text, 'hex').slice(0, 8);

/**
 * The alias by which the auditor of the bus asks a function about events. It may call the function by no other name, and the function
 * takes what comes by it for a question and nothing else.
 */
export const proofAlias = 'proof';
