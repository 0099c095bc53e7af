import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Contracts } from '../contracts.ts';
import type { Stage } from '../stage.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { auditBundles } from './audit-entries.ts';
import { AuditTrail } from './audit-trail.ts';
import { backups } from './backups.ts';
import { BusAuditor } from './bus-auditor.ts';
import { busAuditorBundle } from './bus-auditor-entry.ts';
import { BusLog } from './bus-log.ts';
import { eventBus } from './event-bus.ts';
import { IssueRecorder, issueRecorderBundle } from './issue-recorder.ts';
import { LaneBuckets } from './lane-buckets.ts';
import { LedgerTables } from './ledger-tables.ts';
import { OperateTable } from './operate-table.ts';
import { OperatorApi } from './operator-api.ts';
import { operatorBundle } from './operator-entry.ts';
import { OperatorFunction } from './operator-function.ts';
import { PartnerPage, partnerBundle } from './partner-page.ts';
import { PlanJobs } from './plan-jobs.ts';
import { planJobsBundle } from './plan-jobs-entry.ts';
import { PlatformParameters } from './platform-parameters.ts';
import { receiptPolicies } from './receipt-policies.ts';
import { Reconciler } from './reconciler.ts';
import { reconcilerBundle } from './reconciler-entry.ts';
import { registryAlarm } from './registry-alarm.ts';
import { RetentionKeeper, retentionKeeperBundle } from './retention-keeper.ts';
import { SftpServer } from './sftp-server.ts';

export interface PlatformStackProps extends StackProps {
  readonly contracts: Contracts;
  readonly stage: Stage;
  /** A bundle by its name. */
  readonly codeOf: (bundle: string) => Code;
}

/** What all integrations share. A lane's stack uses it and never changes it. */
export class PlatformStack extends Stack {
  readonly bus: IEventBus;
  readonly inbound: IBucket;
  readonly raw: IBucket;
  /** What fences refused: see docs/decisions/0098-rejects-in-a-bucket-of-their-own.md. */
  readonly rejects: IBucket;
  readonly quarantine: IBucket;
  readonly ledger: ITable;
  readonly claims: ITable;
  /** Plans, issues and what the platform's jobs know. */
  readonly operate: ITable;
  readonly alarms: Topic;
  /** Every event of the bus, by the hour. */
  readonly busLog: IBucket;
  /** Counts faults that functions log. */
  readonly issueRecorder: IFunction;
  readonly audit: AuditTrail;
  readonly sftp: SftpServer | undefined;

  constructor(scope: Construct, id: string, { contracts, stage, codeOf, ...props }: PlatformStackProps) {
    super(scope, id, props);
    this.#describeBrought(stage);
    this.bus = eventBus(new Construct(this, 'Events'), 'Bus', stage);
    const { inbound, raw, rejects, quarantine, accessLogs } = new LaneBuckets(this, 'Buckets', { stage });
    const { ledger, claims } = new LedgerTables(this, 'Tables', { stage });
    this.inbound = inbound;
    this.raw = raw;
    this.rejects = rejects;
    this.quarantine = quarantine;
    this.ledger = ledger;
    this.claims = claims;
    this.operate = new OperateTable(this, 'Operate', { stage }).table;
    this.alarms = new AlarmTopic(this, 'Alarms', { stage }).topic;
    backups(this, { tables: [ledger, claims, this.operate], stage });
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
    receiptPolicies(this, { bus, stage });
    const { queue } = this.#reconciler(codeOf(reconcilerBundle), stage);
    this.#operator(codeOf, { stage, reconciler: queue });
    this.#outputs();
    new RetentionKeeper(this, 'Retention', {
      buckets: { inbound, raw, rejects, quarantine },
      code: codeOf(retentionKeeperBundle),
      ...{ stage, topic: this.alarms },
    });
    registryAlarm(this, { stage, topic: this.alarms });
    this.#parameters(stage);
    this.#exports(stage);
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
    const { ledger, rejects, quarantine, inbound, raw, operate, busLog, audit, alarms } = this;
    const jobs = new PlanJobs(this, 'Plans', {
      ...{ operate, ledger, bus: this.bus, busLog, inbound: this.inbound, quarantine, stage, topic: alarms },
      code: codeOf(planJobsBundle),
    });
    const operator = new OperatorFunction(this, 'Operator', {
      ...{
        ledger,
        rejects,
        quarantine,
        inbound,
        raw,
        operate,
        busLog,
        audit,
        stage,
        reconciler,
        jobs: jobs.queue,
      },
      code: codeOf(operatorBundle),
      topic: alarms,
    });
    new PartnerPage(this, 'PartnerPage', {
      ...{ ledger, operate, inbound: this.inbound, operator, stage, topic: alarms },
      code: codeOf(partnerBundle),
    });
    const { api, policies } = new OperatorApi(this, 'OperatorApi', { fn: operator.fn, stage });
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

  /** For the local cloud, which makes stand-ins of them. */
  #describeBrought({ brought: { bus, buckets } }: Stage): void {
    const { inbound, ...others } = buckets;
    if (bus === undefined && Object.keys(buckets).length === 0) return;
    this.addMetadata('edge:brought', {
      buses: bus === undefined ? [] : [bus],
      buckets: [
        ...(inbound === undefined ? [] : [{ name: inbound, eventBridge: true }]),
        ...Object.values(others).map(name => ({ name, eventBridge: false })),
      ],
    });
  }

  #parameters(stage: Stage): void {
    new PlatformParameters(this, 'Parameters', {
      stage,
      values: {
        bus: this.bus.eventBusName,
        inbound: this.inbound.bucketName,
        raw: this.raw.bucketName,
        rejects: this.rejects.bucketName,
        quarantine: this.quarantine.bucketName,
        ledger: this.ledger.tableName,
        claims: this.claims.tableName,
        operate: this.operate.tableName,
        alarms: this.alarms.topicArn,
        'issue-recorder': this.issueRecorder.functionArn,
        ...(this.sftp && { 'sftp-server': this.sftp.serverId }),
      },
    });
  }

  /**
   * What stacks of earlier releases import. CloudFormation refuses to take an export away while a stack uses it, and the
   * platform is updated before them.
   */
  #exports({ brought }: Stage): void {
    for (const name of ['inbound', 'raw', 'quarantine'] as const)
      if (brought.buckets[name] === undefined) {
        this.exportValue(this[name].bucketArn);
        this.exportValue(this[name].bucketName);
      }
    // What was restored under another name was never exported.
    for (const table of [this.ledger, this.claims, this.operate].filter(one => one instanceof Table)) {
      this.exportValue(table.tableArn);
      this.exportValue(table.tableName);
    }
    if (brought.bus === undefined) {
      this.exportValue(this.bus.eventBusArn);
      this.exportValue(this.bus.eventBusName);
    }
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
