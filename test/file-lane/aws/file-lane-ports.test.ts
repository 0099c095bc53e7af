import { Logger } from '@aws-lambda-powertools/logger';
import { jest } from '@jest/globals';
import { fileLanePorts } from '#adapters/file-lane/aws/file-lane-ports.ts';
import { awsClients } from '#shared/aws/aws-clients.ts';
import { powertoolsLog } from '#shared/aws/powertools-log.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';

describe('a file lane’s ports', () => {
  it('name every environment variable that is missing', () => {
    expect(() => fileLanePorts({ BUS_NAME: 'edge', RAW_BUCKET: '' })).toThrow(
      'environment variables missing: LEDGER_TABLE, CLAIMS_TABLE, OPERATE_TABLE, INBOUND_BUCKET, RAW_BUCKET, QUARANTINE_BUCKET, LANE_QUEUE_URL, DEAD_LETTERS_URL, ROWS_QUEUE_URL',
    );
  });
});

describe('the clients', () => {
  it('leave retries of the bus to the flow', async () => {
    expect(await awsClients({}).eventBridge.config.maxAttempts()).toBe(1);
  });

  it('reach an endpoint of one’s own by path, and AWS by host', () => {
    expect(awsClients({ AWS_ENDPOINT_URL: 'http://localhost:1' }).s3.config.forcePathStyle).toBe(true);
    expect(awsClients({ AWS_ENDPOINT_URL_S3: 'http://localhost:1' }).s3.config.forcePathStyle).toBe(true);
    expect(awsClients({}).s3.config.forcePathStyle).toBe(false);
  });
});

describe('a log line', () => {
  it('has the event as its message and the fields beside it, for metric filters', () => {
    // Makes the logger write to the console that can be watched here.
    process.env.POWERTOOLS_DEV = 'true';
    const lines: string[] = [];
    const spies = (['info', 'warn', 'error'] as const).map(level =>
      jest.spyOn(console, level).mockImplementation(line => void lines.push(String(line))),
    );
    const log = powertoolsLog(new Logger({ serviceName: 'acme-orders' }));
    log.warn('file settled', { state: 'unbalanced', received: 3 });
    log.error('work stopped', { error: new EdgeError('no bus', { cause: new Error('reset') }) });
    log.info('lane began');
    for (const spy of spies) spy.mockRestore();
    expect(lines.map(line => JSON.parse(line))).toMatchObject([
      { level: 'WARN', message: 'file settled', state: 'unbalanced', received: 3, service: 'acme-orders' },
      {
        level: 'ERROR',
        message: 'work stopped',
        error: { name: 'EdgeError', message: 'no bus', cause: { name: 'Error' } },
      },
      { level: 'INFO', message: 'lane began' },
    ]);
  });
});

describe('the system’s clock', () => {
  it('goes on while it sleeps', async () => {
    const before = systemClock.now();
    await systemClock.sleep(20);
    expect(systemClock.now() - before).toBeGreaterThanOrEqual(15);
    expect(systemClock.random()).toBeLessThan(1);
  });
});

describe('limited work', () => {
  it('is done for every item, never more at once than allowed', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async n => {
      most = Math.max(most, ++running);
      await systemClock.sleep(1);
      running--;
      done.push(n);
    });
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('stops at the first failure', async () => {
    const begun: number[] = [];
    const work = inParallel([1, 2, 3, 4], 1, async n => {
      begun.push(n);
      if (n === 2) throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(begun).toEqual([1, 2]);
  });
});
