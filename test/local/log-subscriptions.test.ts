import { gunzipSync } from 'node:zlib';
import { linePattern } from '#local/logs/filter-pattern.ts';
import { LogDeliveries } from '#local/logs/log-deliveries.ts';
import { linesWithIssues } from '#shared/core/log/issue-notes.ts';

describe('a filter pattern of the local cloud', () => {
  const matches = (pattern: string, line: string) => linePattern(pattern)?.(line);

  it('finds a text or number at a path, in lists too', () => {
    expect(matches(linesWithIssues, '{"issues":[{"code":"NOT_A_DATE"}]}')).toBe(true);
    expect(matches(linesWithIssues, '{"issues":[]}')).toBe(false);
    expect(matches(linesWithIssues, '{"message":"issues[0].code"}')).toBe(false);
    expect(matches('{ $.status = "5*" }', '{"status":503}')).toBe(true);
    expect(matches('{ $.status = "5*" }', '{"status":450}')).toBe(false);
    expect(matches('{ $.message = "file settled" }', '{"message":"file settled at"}')).toBe(false);
  });

  it('takes no line that is not JSON', () => {
    expect(matches(linesWithIssues, 'START RequestId: 1')).toBe(false);
    expect(matches(linesWithIssues, '{"issues":')).toBe(false);
  });

  it('is refused when it has another form', () => {
    expect(linePattern('{ ($.a = "b") && ($.c > 0) }')).toBeUndefined();
    expect(linePattern('ERROR')).toBeUndefined();
  });
});

it('lines that come together are delivered together, as CloudWatch Logs delivers them', async () => {
  const payload = await new Promise<string>(resolve => {
    const deliveries = new LogDeliveries({ logGroup: 'g', logStream: 's', filter: 'f' }, resolve);
    deliveries.take('one', 1_795_000_000_000);
    deliveries.take('two', 1_795_000_000_001);
  });
  const { awslogs } = JSON.parse(payload);
  expect(JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString())).toMatchObject({
    messageType: 'DATA_MESSAGE',
    logGroup: 'g',
    subscriptionFilters: ['f'],
    logEvents: [
      { id: expect.stringMatching(/^\d{56}$/), message: 'one' },
      { timestamp: 1_795_000_000_001, message: 'two' },
    ],
  });
});
