import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { batchedTypes } from '#adapters/derive/published-form.ts';
import type { Contracts } from '../contracts.ts';
import type { Stage } from '../stage.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { auditBundles } from './audit-entries.ts';
import { AuditTrail } from './audit-trail.ts';
import { BusAuditor } from './bus-auditor.ts';
import { busAuditorBundle } from './bus-auditor-entry.ts';
import { BusLog } from './bus-log.ts';
import { EdgeBus } from './event-bus.ts';
import { IssueRecorder, issueRecorderBundle } from './issue-recorder.ts';
import { LaneBuckets } from './lane-buckets.ts';
import { LedgerTables } from './ledger-tables.ts';
import { OperateTable } from './operate-table.ts';
import { OperatorApi } from './operator-api.ts';
import { operatorBundle } from './operator-entry.ts';
import { OperatorFunction } from './operator-function.ts';
import { PlanJobs } from './plan-jobs.ts';
import { planJobsBundle } from './plan-jobs-entry.ts';
import { Reconciler } from './reconciler.ts';
import { reconcilerBundle } from './reconciler-entry.ts';
import { SchemaRegistry } from './schema-registry.ts';
import { SftpServer } from './sftp-server.ts';

export interface PlatformStackProps extends StackProps {
  readonly contracts: Contracts;
  readonly stage: Stage;
  /** A bundle by its name. */
  readonly codeOf: (bundle: string) => Code;
}

/** What all integrations share. A lane's stack uses it and never changes it. */
export class PlatformStack extends Stack {
  readonly bus: EventBus;
  readonly inbound: IBucket;
  readonly raw: IBucket;
  readonly quarantine: IBucket;
  readonly ledger: Table;
  readonly claims: Table;
  /** Plans, issues and what the platform's jobs know. */
  readonly operate: Table;
  readonly alarms: Topic;
  /** Every event of the bus, by the hour. */
  readonly busLog: IBucket;
  /** Counts faults that functions log. */
  readonly issueRecorder: IFunction;
  readonly audit: AuditTrail;
  readonly sftp: SftpServer | undefined;

  constructor(scope: Construct, id: string, { contracts, stage, codeOf, ...props }: PlatformStackProps) {
    super(scope, id, props);
    this.bus = new EdgeBus(this, 'Events', { events: contracts.events, stage }).bus;
    const batched = batchedTypes(contracts.integrations);
    new SchemaRegistry(this, 'Schemas', { events: contracts.events, batched, stage });
    const { inbound, raw, quarantine, accessLogs } = new LaneBuckets(this, 'Buckets', { contracts, stage });
    const { ledger, claims } = new LedgerTables(this, 'Tables', { stage });
    this.inbound = inbound;
    this.raw = raw;
    this.quarantine = quarantine;
    this.ledger = ledger;
    this.claims = claims;
    this.operate = new OperateTable(this, 'Operate', { stage }).table;
    this.alarms = new AlarmTopic(this, 'Alarms', { stage }).topic;
    const { bus, alarms: topic } = this;
    this.busLog = new BusLog(this, 'BusLog', {
      bus,
      topic,
      accessLogs,
      stage,
      events: contracts.events,
    }).bucket;
    this.sftp = stage.sftp ? new SftpServer(this, 'Sftp', { stage }) : undefined;
    this.issueRecorder = new IssueRecorder(this, 'Issues', {
      operate: this.operate,
      stage,
      code: codeOf(issueRecorderBundle),
      topic: this.alarms,
    }).fn;
    this.audit = new AuditTrail(this, 'Audit', {
      ...{ ledger, claims, operate: this.operate, accessLogs, topic: this.alarms, stage },
      writerCode: codeOf(auditBundles.writer),
      sealerCode: codeOf(auditBundles.sealer),
    });
    this.#auditor(codeOf(busAuditorBundle), stage);
    const { queue } = this.#reconciler(codeOf(reconcilerBundle), stage);
    this.#operator(codeOf, { stage, reconciler: queue });
    this.#outputs();
    this.#exports();
  }

  #reconciler(code: Code, stage: Stage): Reconciler {
    const { ledger, operate, claims, inbound, raw, quarantine, bus, alarms, issueRecorder: recorder } = this;
    const kept = { ledger, operate, claims, inbound, raw, quarantine, bus, recorder };
    return new Reconciler(this, 'Reconciler', { ...kept, topic: alarms, stage, code });
  }

  #operator(
    codeOf: PlatformStackProps['codeOf'],
    { stage, reconciler }: { readonly stage: Stage; readonly reconciler: IQueue },
  ): void {
    const { ledger, raw, quarantine, operate, busLog, audit, alarms } = this;
    const jobs = new PlanJobs(this, 'Plans', {
      ...{ operate, ledger, bus: this.bus, busLog, quarantine, stage, topic: alarms },
      code: codeOf(planJobsBundle),
    });
    const { fn } = new OperatorFunction(this, 'Operator', {
      ...{ ledger, raw, quarantine, operate, busLog, audit, stage, reconciler, jobs: jobs.queue },
      code: codeOf(operatorBundle),
      topic: alarms,
    });
    const { api, policies } = new OperatorApi(this, 'OperatorApi', { fn, stage });
    new CfnOutput(this, 'OperatorApiUrl', { value: api.apiEndpoint });
    for (const [name, policy] of Object.entries(policies))
      new CfnOutput(this, `${name}PolicyArn`, { value: policy.managedPolicyArn });
  }

  #auditor(code: Code, stage: Stage): void {
    const { ledger, operate, raw, busLog, alarms: topic } = this;
    const read = { ledger, operate, raw, busLog, audit: this.audit.bucket };
    const { fn } = new BusAuditor(this, 'BusAuditor', { ...read, topic, stage, code });
    new CfnOutput(this, 'BusAuditorFunctionName', { value: fn.functionName });
  }

  /**
   * All that lanes use, whether a lane uses it now or not. Exports made as they are needed would vanish with the last
   * user, and CloudFormation refuses that while the user's own stack is still to be updated.
   */
  #exports(): void {
    for (const bucket of [this.inbound, this.raw, this.quarantine]) {
      this.exportValue(bucket.bucketArn);
      this.exportValue(bucket.bucketName);
    }
    for (const table of [this.ledger, this.claims, this.operate]) {
      this.exportValue(table.tableArn);
      this.exportValue(table.tableName);
    }
    this.exportValue(this.bus.eventBusArn);
    this.exportValue(this.bus.eventBusName);
    this.exportValue(this.alarms.topicArn);
    this.exportValue(this.issueRecorder.functionArn);
    if (this.sftp) this.exportValue(this.sftp.serverId);
  }

  #outputs(): void {
    new CfnOutput(this, 'BusName', { value: this.bus.eventBusName });
    new CfnOutput(this, 'BusLogBucketName', { value: this.busLog.bucketName });
    new CfnOutput(this, 'InboundBucketName', { value: this.inbound.bucketName });
    new CfnOutput(this, 'QuarantineBucketName', { value: this.quarantine.bucketName });
    new CfnOutput(this, 'RawBucketName', { value: this.raw.bucketName });
    new CfnOutput(this, 'LedgerTableName', { value: this.ledger.tableName });
    new CfnOutput(this, 'AlarmTopicArn', { value: this.alarms.topicArn });
    new CfnOutput(this, 'ClaimsTableName', { value: this.claims.tableName });
    new CfnOutput(this, 'AuditBucketName', { value: this.audit.bucket.bucketName });
    new CfnOutput(this, 'AuditKeyArn', { value: this.audit.key.keyArn });
  }
}
