import { webhookFencePorts } from '#adapters/webhook-fence/aws/webhook-fence-ports.ts';
import { MemoryOnce } from '#adapters/webhook-fence/memory/memory-once.ts';
import { MemoryQuota } from '#adapters/webhook-fence/memory/memory-quota.ts';
import { MemoryRejectSlots } from '#adapters/webhook-fence/memory/memory-reject-slots.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import { type LocalAws, startLocalAws } from './local-aws.ts';
import { onceSuite } from './once.suite.ts';
import { quotaSuite, rejectSlotsSuite } from './webhook.suite.ts';

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws();
});

afterAll(() => aws.stop());

const settings = {
  BUS_NAME: 'edge',
  CLAIMS_TABLE: 'claims',
  OPERATE_TABLE: 'operate',
  RAW_BUCKET: 'raw',
  REJECTS_BUCKET: 'rejects',
  QUARANTINE_BUCKET: 'quarantine',
  SPILL_QUEUE_URL: 'http://127.0.0.1/spill',
  DEAD_LETTERS_URL: 'http://127.0.0.1/dead',
  SECRET_ID: 'edge/dev/pay-hooks',
};
const ports = webhookFencePorts(settings, { replayHorizonDays: 40 });

describe('once in memory', () => {
  const once = new MemoryOnce(systemClock);
  onceSuite(() => once);
});
describe('once on Powertools idempotency in DynamoDB', () => onceSuite(() => ports.once));

describe('a quota in memory', () => {
  const quota = new MemoryQuota();
  quotaSuite(() => quota);
});
describe('a quota in DynamoDB', () => quotaSuite(() => ports.quota));

describe('reject slots in memory', () => {
  const slots = new MemoryRejectSlots();
  rejectSlotsSuite(() => slots);
});
describe('reject slots in DynamoDB', () => rejectSlotsSuite(() => ports.rejectSlots));
