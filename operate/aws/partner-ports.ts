import { Logger } from '@aws-lambda-powertools/logger';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { kmsKey } from '#shared/aws/kms-key.ts';
import { lazily } from '#shared/aws/lazily.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { objectError } from '#shared/aws/s3-errors.ts';
import { settingsOf } from '#shared/aws/settings.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import type { PartnerPorts } from '../partner-ports.ts';
import { dynamoPartnerLinks, dynamoPartnerUses } from './dynamo-partner-links.ts';
import { dynamoReadings } from './dynamo-readings.ts';
import { S3Objects } from './s3-objects.ts';

/**
 * The ports of the page of partners on AWS, without those of the ledger, which belong to file lanes.
 * @throws Error naming every environment variable that is missing.
 */
export function partnerPorts(env: NodeJS.ProcessEnv): Omit<PartnerPorts, 'ledger' | 'search'> {
  const settings = settingsOf(env, ['OPERATE_TABLE', 'INBOUND_BUCKET', 'PARTNER_LINK_KEY']);
  const { s3, dynamo } = awsClients(env);
  const table = new DynamoTable(dynamo, settings.OPERATE_TABLE);
  const bucket = settings.INBOUND_BUCKET;
  return {
    links: dynamoPartnerLinks(table),
    uses: dynamoPartnerUses(table, systemClock.now),
    objects: new S3Objects(s3, store => {
      if (store === 'inbound') return bucket;
      throw new Error('the page of partners reads inbound objects alone');
    }),
    drops: s3Drops(s3, bucket),
    readings: dynamoReadings(table),
    // It never changes, so that it is read once.
    signer: { publicKey: lazily(() => kmsKey(settings.PARTNER_LINK_KEY).publicKey()) },
    clock: systemClock,
    log: powertoolsLog(new Logger()),
  };
}

/** Nothing is ever replaced. The link is kept beside the object, so that it says how it came. */
const s3Drops = (client: S3Client, Bucket: string): PartnerPorts['drops'] => ({
  async write({ key: Key, bytes: Body, link }) {
    const what = { ContentType: 'text/csv', Metadata: { 'partner-link': link }, IfNoneMatch: '*' };
    try {
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ...what }));
    } catch (error) {
      throw objectError(`s3://${Bucket}/${Key}`, error);
    }
  },
});
