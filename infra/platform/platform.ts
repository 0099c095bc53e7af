import { Stack } from 'aws-cdk-lib';
import { type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { type PlatformValue, parameterName } from './platform-parameters.ts';

/** The platform as the stack of an integration knows it: by parameters, so that neither stack holds the other. */
export class Platform {
  readonly #scope: Construct;
  readonly #stage: Stage;
  readonly #found = new Map<PlatformValue, unknown>();

  constructor(stack: Stack, stage: Stage) {
    this.#scope = new Construct(stack, 'Platform');
    this.#stage = stage;
  }

  get bus(): IEventBus {
    return this.#once('bus', name => EventBus.fromEventBusName(this.#scope, 'Bus', name));
  }

  get inbound(): IBucket {
    return this.#bucket('inbound');
  }

  get raw(): IBucket {
    return this.#bucket('raw');
  }

  get rejects(): IBucket {
    return this.#bucket('rejects');
  }

  get quarantine(): IBucket {
    return this.#bucket('quarantine');
  }

  get ledger(): ITable {
    return this.#table('ledger');
  }

  get claims(): ITable {
    return this.#table('claims');
  }

  get operate(): ITable {
    return this.#table('operate');
  }

  get alarms(): ITopic {
    return this.#once('alarms', arn => Topic.fromTopicArn(this.#scope, 'Alarms', arn));
  }

  /** Counts faults that functions log. */
  get issueRecorder(): { readonly functionArn: string } {
    return this.#once('issue-recorder', arn =>
      LambdaFunction.fromFunctionArn(this.#scope, 'IssueRecorder', arn),
    );
  }

  /** Of stages that have one. */
  get sftpServerId(): string {
    return this.#once('sftp-server', id => id);
  }

  #bucket(value: PlatformValue): IBucket {
    return this.#once(value, name => Bucket.fromBucketName(this.#scope, value, name));
  }

  #table(value: PlatformValue): ITable {
    return this.#once(value, name => Table.fromTableName(this.#scope, value, name));
  }

  /** Only what a stack uses becomes a parameter of its template. */
  #once<T>(value: PlatformValue, make: (given: string) => T): T {
    const known = this.#found.get(value) as T | undefined;
    if (known !== undefined) return known;
    const name = parameterName(this.#stage, value);
    const made = make(StringParameter.valueForStringParameter(Stack.of(this.#scope), name));
    this.#found.set(value, made);
    return made;
  }
}
