import { Aws } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { type ITopicSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { keyAdministration } from './key-administration.ts';

/** Where alarms go. The key is our own because CloudWatch may not use the one that AWS manages for SNS. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { masterKey: topicKey(this, stage), enforceSSL: true });
    // A topic with a policy of its own loses the default one, by which CloudWatch would have come in.
    this.topic.addToResourcePolicy(ringing(this.topic));
    for (const address of stage.alarmsTo) this.topic.addSubscription(subscription(address));
  }
}

function topicKey(scope: Construct, { name, brought, removalPolicy }: Stage): IKey {
  if (brought.keys.alarms !== undefined) return Key.fromKeyArn(scope, 'Key', brought.keys.alarms);
  return new Key(scope, 'Key', {
    description: `Alarms of the edge adapters (${name})`,
    enableKeyRotation: true,
    removalPolicy,
    policy: new PolicyDocument({
      statements: [keyAdministration('DisableKeyRotation', 'EnableKeyRotation'), publishing()],
    }),
  });
}

/** Whoever reads the mail, or the service behind the address, confirms it once. */
const subscription = (address: string): ITopicSubscription =>
  address.startsWith('mailto:')
    ? new EmailSubscription(address.slice('mailto:'.length))
    : new UrlSubscription(address);

const ringing = (topic: Topic) =>
  new PolicyStatement({
    sid: 'Alarms',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });

// In a key's own policy, resource "*" is the key itself: there is no other way to write it.
const publishing = () =>
  new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: ['*'],
  });
