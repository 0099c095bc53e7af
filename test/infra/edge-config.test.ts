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
      'unknown option "alarmTo"; there are docsAt, alarmsTo, sftp, partners, ownDomain, auditDays, consumers, receipts, sources, secrets, restored, replicas, backups, canary, traces, dashboards',
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
  ])('refuses %j', (config, words) => {
    expect(() => defineEdgeConfig(config as EdgeConfig)).toThrow(words);
  });
});
