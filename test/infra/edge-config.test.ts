import { Match } from 'aws-cdk-lib/assertions';
import { defineEdgeConfig, type EdgeConfig } from '#infra/edge-config.ts';
import { contracts } from './fixtures/lanes.ts';
import { fixtureApp, templatesOf } from './fixtures/synthesised.ts';

const platformWith = (alarmsTo: Record<string, readonly string[]>, stage = 'dev') =>
  templatesOf(fixtureApp({ stage }, contracts, { alarmsTo }))[0]!;

describe('the configuration', () => {
  it('subscribes who is to be called to the alarms of their stage, and of no other', () => {
    const prod = ['mailto:on-call@example.com', 'https://paging.example.com/key'];
    const subscriptions = (stage: string) =>
      Object.values(platformWith({ prod }, stage).findResources('AWS::SNS::Subscription')).map(
        ({ Properties }) => [Properties.Protocol, Properties.Endpoint, Properties.TopicArn.Ref],
      );
    expect(subscriptions('prod')).toEqual([
      ['email', 'on-call@example.com', expect.stringContaining('AlarmsTopic')],
      ['https', 'https://paging.example.com/key', expect.stringContaining('AlarmsTopic')],
    ]);
    expect(subscriptions('dev')).toEqual([]);
  });

  it('need not be: the topic’s ARN is an output, to be subscribed by hand', () => {
    platformWith({}).hasOutput('AlarmTopicArn', { Value: { Ref: Match.stringLikeRegexp('AlarmsTopic') } });
  });

  it('lets the functions of a named stage write traces, and of no other', () => {
    const [platform] = templatesOf(fixtureApp({ stage: 'prod' }, contracts, { traces: ['prod'] }));
    const [plain] = templatesOf(fixtureApp({ stage: 'prod' }, contracts, { traces: ['dev'] }));
    const traced = Match.objectLike({ TracingConfig: { Mode: 'Active' } });
    platform!.hasResourceProperties('AWS::Lambda::Function', traced);
    plain!.resourcePropertiesCountIs('AWS::Lambda::Function', traced, 0);
    expect(JSON.stringify(platform)).toContain('xray:PutTraceSegments');
    expect(JSON.stringify(plain)).not.toContain('xray:');
  });

  it.each([
    [
      { alarmTo: {} },
      'unknown option "alarmTo"; there are docsAt, alarmsTo, sftp, partners, ownDomain, auditDays, consumers, receipts, sources, secrets, restored, replicas, backups, canary, traces, dashboards, namePrefix, tags, bring',
    ],
    [{ docsAt: 'https://git.example.com/docs' }, 'must begin with https:// and end with /'],
    [
      { restored: { prod: { ledger: 'edge-ledger' } } },
      'prod.ledger: "edge-ledger" is no ARN of a table’s stream',
    ],
    [
      { restored: { prod: { bus: 'x' } } },
      'restored.prod: there is no "bus"; there are ledger, claims, operate',
    ],
    [{ replicas: { prod: { raw: 'raw' } } }, 'replicas.prod.raw: "raw" is no ARN of a bucket'],
    [{ replicas: { prod: { rejects: 'x' } } }, 'there is no "rejects"; there are inbound, raw, audit'],
    [{ backups: { prod: { days: 0 } } }, 'backups.prod.days: 0 is no whole number from 1'],
    [
      { backups: { prod: { days: 9, copyTo: 'edge' } } },
      'backups.prod.copyTo: "edge" is no ARN of a backup vault',
    ],
    [{ docsAt: 'git.example.com/docs/' }, 'must begin with https:// and end with /'],
    [{ alarmsTo: { prod: ['on-call@example.com'] } }, 'alarmsTo.prod: "on-call@example.com" must begin with'],
    [{ partners: { prod: { 'initech-parcels': ['*'] } } }, 'prod.initech-parcels: "*" is no ARN of a user'],
    [
      { consumers: { prod: { billing: 'billing' } } },
      'prod.billing: "billing" is no ARN of a standard queue',
    ],
    [{ receipts: { prod: { Billing: ['a.b.c.v1'] } } }, 'receipts.prod.Billing: a consumer has a name of'],
    [{ receipts: { prod: { billing: [] } } }, 'and at least one type of events'],
    [
      { sources: { prod: { members: 'loyalty' } } },
      'sources.prod.members: "loyalty" is no ARN of a DynamoDB',
    ],
    [
      { secrets: { prod: { hooks: 'edge/prod/hooks' } } },
      'secrets.prod.hooks: "edge/prod/hooks" is no complete',
    ],
    [{ alarmsTo: { prod: ['mailto:nobody'] } }, 'must begin with mailto: or https://'],
    [{ namePrefix: { prod: 'Acme' } }, 'namePrefix.prod: "Acme" must be lower-case letters'],
    [{ tags: { prod: { 'aws:cost': '1' } } }, 'tags.prod: "aws:cost" begins like tags of AWS'],
    [{ tags: { prod: { cost: 'a\u0000b' } } }, 'tags.prod.cost: "a\u0000b" is no value of a tag'],
    [{ bring: { prod: { buss: 'x' } } }, 'bring.prod: unknown option "buss"; there are bus, buckets, keys'],
    [
      { bring: { prod: { bus: 'default' } } },
      'bring.prod.bus: "default" is no name of an event bus of your own',
    ],
    [{ bring: { prod: { bus: 'arn:aws:events:eu-central-1:111122223333:event-bus/x' } } }, 'is no name of'],
    [
      { bring: { prod: { buckets: { audit: 'x' } } } },
      'its lock and its policy are what proves that nothing',
    ],
    [{ bring: { prod: { buckets: { busLog: 'x' } } } }, 'by which Firehose alone writes'],
    [{ bring: { prod: { keys: { audit: 'x' } } } }, 'by which one function alone signs'],
    [
      { bring: { prod: { buckets: { raw: 'Raw' } } } },
      'bring.prod.buckets.raw: "Raw" is no name of a bucket',
    ],
    [{ bring: { prod: { buckets: { raw: 'one', rejects: 'one' } } } }, '"one" is named twice'],
    [{ bring: { prod: { keys: { logs: 'alias/logs' } } } }, 'is no ARN of a key; an alias does not do'],
    [{ bring: { prod: { permissionsBoundary: 'edge' } } }, '"edge" is no ARN of a managed policy'],
    [
      { bring: { prod: { network: { subnets: [], securityGroups: ['sg-1'] } } } },
      'network.subnets: name 1 to 16; there are 0',
    ],
    [
      { bring: { prod: { network: { subnets: ['subnet-1'], securityGroups: ['web'] } } } },
      '"web" is no id of a security group',
    ],
  ])('refuses %j', (config, words) => {
    expect(() => defineEdgeConfig(config as EdgeConfig)).toThrow(words);
  });
});
