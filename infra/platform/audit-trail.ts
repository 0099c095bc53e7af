import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Policy, type PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  type Code,
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type IFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { manifestsPrefix, recordsPrefix } from '#operate/core/audit/audit-keys.ts';
import { partnerPrefix } from '#operate/core/partner/partner-keys.ts';
import { readingsPrefix } from '#operate/core/readings-key.ts';
import type { Stage } from '../stage.ts';
import { suppressObjects, suppressPattern } from '../suppress.ts';
import { auditAlarms } from './audit-alarms.ts';
import { auditBucket } from './audit-bucket.ts';
import { allow, listing, objectsUnder, onlyWhere } from './iam-statements.ts';
import { PlatformFunction } from './platform-function.ts';
import { scheduledRun } from './scheduled-run.ts';
import { signingKey } from './signing-key.ts';

/** UTC. Later than the last writer of the day before can live. */
const sealAt = 'cron(10 1 * * ? *)';
const batchRecords = 1_000;

export interface AuditTrailProps {
  readonly ledger: ITable;
  readonly claims: ITable;
  readonly operate: ITable;
  readonly accessLogs: IBucket;
  readonly topic: ITopic;
  readonly stage: Stage;
  readonly writerCode: Code;
  readonly sealerCode: Code;
}

/** The audit trail: what the books say, chained by hash as they say it, and a signed manifest of each day. See docs/decisions/0054. */
export class AuditTrail extends Construct {
  readonly bucket: Bucket;
  readonly key: Key;

  constructor(scope: Construct, id: string, props: AuditTrailProps) {
    super(scope, id);
    const { stage, topic, accessLogs, ledger, claims, operate } = props;
    this.bucket = auditBucket(this, 'Bucket', { stage, accessLogs });
    const writer = this.#writer(props);
    mapping(this, 'Ledger', { table: ledger, fn: writer, stage, filters: ledgerFilters });
    mapping(this, 'Claims', { table: claims, fn: writer, stage, filters: claimsFilters });
    mapping(this, 'Operate', { table: operate, fn: writer, stage, filters: operateFilters });
    const sealer = this.#sealer(props);
    this.key = sealer.key;
    auditAlarms(this, { stage, topic, writer, sealer: sealer.fn });
  }

  #writer({ ledger, claims, operate, stage, writerCode }: AuditTrailProps): IFunction {
    const { fn, role } = new PlatformFunction(this, 'Writer', {
      description: 'Writes the audit trail, from the changes of the books',
      service: 'audit-writer',
      code: writerCode,
      stage,
      timeout: Duration.minutes(5),
      memorySize: 512,
      statements: [
        allow('ReadBooks', streamReading, ...[ledger, claims, operate].map(streamOf)),
        // Lambda asks for it when the mapping is made; it knows no resource.
        allow('ListStreams', ['dynamodb:ListStreams'], '*'),
        ...this.#writing(recordsPrefix),
        ...noting(operate),
      ],
      environment: this.#environment(operate, stage),
    });
    this.#suppressObjects(role, recordsPrefix);
    suppressPattern(role, '*', 'ListStreams knows no resource; Lambda asks for it when a mapping is made.');
    return fn;
  }

  #sealer({ operate, stage, sealerCode }: AuditTrailProps) {
    const { fn, role } = new PlatformFunction(this, 'Sealer', {
      description: 'Seals the days of the audit trail, with a signed manifest of each',
      service: 'audit-sealer',
      isRegistered: true,
      code: sealerCode,
      stage,
      timeout: Duration.minutes(5),
      memorySize: 512,
      statements: [
        ...this.#writing(manifestsPrefix),
        allow('ReadRecords', ['s3:GetObject'], objectsUnder(this.bucket, recordsPrefix)),
        listing('FindRecords', this.bucket, recordsPrefix),
        ...noting(operate, 'dynamodb:Query'),
      ],
      environment: this.#environment(operate, stage),
    });
    for (const prefix of [recordsPrefix, manifestsPrefix]) this.#suppressObjects(role, prefix);
    const key = signingKey(this, 'Key', {
      description: `Signs the audit trail of the edge adapters (${stage.name})`,
      ...{ stage, signer: role },
    });
    fn.addEnvironment('AUDIT_KEY', key.keyArn);
    new Policy(this, 'Signing', { roles: [role], statements: [allow('Sign', ['kms:Sign'], key.keyArn)] });
    scheduledRun(this, 'SealDaily', {
      ...{ name: `${stage.prefix}edge-seal-audit-${stage.name}`, fn, at: sealAt },
      description: 'Seals the audit trail of the day before',
    });
    return { fn, key };
  }

  #environment(operate: ITable, { audit }: Stage) {
    return {
      AUDIT_BUCKET: this.bucket.bucketName,
      AUDIT_DAYS: String(audit.days),
      OPERATE_TABLE: operate.tableName,
    };
  }

  /** Puts what is not there, reads its own, and can neither replace nor delete. */
  #writing(prefix: string): PolicyStatement[] {
    return [
      onlyWhere(
        { Null: { 's3:if-none-match': 'false' } },
        allow('WriteOnce', ['s3:PutObject'], objectsUnder(this.bucket, prefix)),
      ),
      allow('ReadOwn', ['s3:GetObject'], objectsUnder(this.bucket, prefix)),
      listing('FindOwn', this.bucket, prefix),
    ];
  }

  #suppressObjects(role: Role, prefix: string): void {
    const reason = 'Objects under a prefix can be named in no other way.';
    suppressObjects(role, { bucket: this.bucket, prefix, reason });
  }
}

const streamReading = ['DescribeStream', 'GetRecords', 'GetShardIterator'].map(name => `dynamodb:${name}`);

/** The items of the chains and of the last sealed day. */
const noting = (operate: ITable, ...more: readonly string[]): PolicyStatement[] => [
  onlyWhere(
    { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['audit#*'] } },
    allow('KeepHeads', ['dynamodb:GetItem', 'dynamodb:PutItem', ...more], operate.tableArn),
  ),
];

const streamOf = ({ node, tableStreamArn }: ITable): string => {
  if (tableStreamArn === undefined) throw new Error(`${node.path} has no stream`);
  return tableStreamArn;
};

/** Hand-offs, their published chunks, and batches of feeds. */
const ledgerFilters = [
  FilterRule.isEqual('HANDOFF'),
  FilterRule.isEqual('BATCH'),
  FilterRule.beginsWith('CHUNK#publish#'),
].map(sk => ({ dynamodb: { Keys: { sk: { S: sk } } } }));

/** Deliveries, as Powertools keeps them; not the claims of rows and ids. */
const claimsFilters = [{ dynamodb: { NewImage: { validation: { S: FilterRule.exists() } } } }];

/** Plans, who looked at content, and links of partners; not the failures of plans, and not the heads of the trail itself. */
const operateFilters = [
  { sk: { S: FilterRule.isEqual('plan') } },
  { sk: { S: FilterRule.beginsWith(readingsPrefix) } },
  { pk: { S: FilterRule.beginsWith(partnerPrefix) } },
].map(Keys => ({ dynamodb: { Keys } }));

interface MappingProps {
  readonly table: ITable;
  readonly fn: IFunction;
  readonly stage: Stage;
  readonly filters: readonly object[];
}

/** Tried again until the stream forgets, a day later: the alarm of its age comes long before. */
const mapping = (scope: Construct, id: string, { table, fn, stage, filters }: MappingProps) =>
  new EventSourceMapping(scope, id, {
    target: fn,
    eventSourceArn: streamOf(table),
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: batchRecords,
    maxBatchingWindow: Duration.seconds(stage.audit.gatherSeconds),
    bisectBatchOnError: true,
    filters: filters.map(filter => FilterCriteria.filter(filter as Record<string, unknown>)),
  });
