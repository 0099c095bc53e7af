import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { partnerLinksKey, partnerUsesPrefix } from '#operate/core/partner/partner-keys.ts';
import { readingsPrefix } from '#operate/core/readings-key.ts';
import { suppressArn } from '../suppress.ts';
import { allow, listing, onlyWhere } from './iam-statements.ts';
import { findHandoffs } from './plan-jobs-permissions.ts';

interface PartnerPermissionsProps {
  readonly ledger: ITable;
  readonly operate: ITable;
  readonly inbound: IBucket;
  /** Signs links. Here it is read, to verify them. */
  readonly key: IKey;
}

/** Of every lane: partners of all of them come to this function. */
const answers = '*/ack/*';
const corrections = '*/fixed/corrected-*';

/**
 * All that the page of partners may do, besides logs and traces: it reads hand-offs and answers, and drops corrected files. It can make no
 * link and change none, and it reads neither the files of partners nor what is kept of them.
 */
export const partnerPermissions = ({
  ledger,
  operate,
  inbound,
  key,
}: PartnerPermissionsProps): PolicyStatement[] => [
  findHandoffs(ledger),
  allow('ReadHandoffs', ['dynamodb:GetItem', 'dynamodb:BatchGetItem'], ledger.tableArn),
  ofItems(partnerLinksKey, allow('ReadLinks', ['dynamodb:GetItem'], operate.tableArn)),
  ofItems(`${partnerUsesPrefix}*`, allow('CountUploads', ['dynamodb:UpdateItem'], operate.tableArn)),
  ofItems(`${readingsPrefix}*`, allow('RecordReadings', ['dynamodb:PutItem'], operate.tableArn)),
  allow('ReadAnswers', ['s3:GetObject'], inbound.arnForObjects(answers)),
  listing('FindAnswers', inbound, '*/ack/'),
  onlyWhere(
    { Null: { 's3:if-none-match': 'false' } },
    allow('DropCorrections', ['s3:PutObject'], inbound.arnForObjects(corrections)),
  ),
  allow('VerifyLinks', ['kms:GetPublicKey'], key.keyArn),
];

const ofItems = (keys: string, statement: PolicyStatement): PolicyStatement =>
  onlyWhere({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [keys] } }, statement);

/** The findings that the role cannot avoid. */
export function suppressPartnerRole(role: Role, inbound: IBucket): void {
  for (const objects of [answers, corrections])
    suppressArn(
      role,
      inbound.arnForObjects(objects),
      'Partners of every lane come to this function; the first star stands for the lane’s folder.',
    );
}
