import { chunksSuite } from './chunks.suite.ts';
import { fileClaimsSuite, rowClaimsSuite } from './claims.suite.ts';
import { filesSuite } from './files.suite.ts';
import { handoffSearchSuite } from './handoff-search.suite.ts';
import { handoffsSuite } from './handoffs.suite.ts';
import { type LocalAws, startLocalAws } from './local-aws.ts';
import { queueSuite } from './queue.suite.ts';

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws();
});

afterAll(() => aws.stop());

describe('the ledger in DynamoDB: hand-offs', () => handoffsSuite(() => aws.ports.ledger));
describe('the ledger in DynamoDB: search', () =>
  handoffSearchSuite(() => ({ ledger: aws.ports.ledger, reconciled: aws.reconciled, search: aws.search })));
describe('the ledger in DynamoDB: chunks', () => chunksSuite(() => aws.ports.ledger));
describe('the ledger in DynamoDB: file claims', () => fileClaimsSuite(() => aws.ports.ledger));
describe('row claims in DynamoDB', () => rowClaimsSuite(() => aws.ports.rowClaims));
// This S3 keeps no versions and ignores If-None-Match: test/local/s3-files.test.ts holds both to our own.
describe('files in S3', () => filesSuite(() => aws.ports.files));
describe('a queue in SQS', () =>
  queueSuite(() => ({
    queue: aws.ports.laneQueue,
    bodies: () => aws.laneBodies(),
    delayed: () => aws.laneBodies('delayed'),
  })));
