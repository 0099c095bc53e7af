import type { Context } from 'aws-lambda';
import { guardHandler } from '#shared/aws/guard-handler.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import { MemoryLog } from '#shared/memory/memory-log.ts';

const context = { awsRequestId: 'request-1' } as Context;

describe('a guarded handler', () => {
  it('gives what the handler gives', async () => {
    const guarded = guardHandler(new MemoryLog(), async (event: number) => event + 1);
    expect(await guarded(1, context)).toBe(2);
  });

  it('fails without a word of the input, and logs where it failed', async () => {
    const log = new MemoryLog();
    const guarded = guardHandler(log, async (event: string) => JSON.parse(event));
    const failure = guarded('{"email": lena@example.com', context);
    await expect(failure).rejects.toThrow(/^the function failed with SyntaxError; its log says where$/);
    expect(await failure.catch(error => error.cause)).toBeUndefined();
    expect(log.lines).toMatchObject([
      {
        level: 'error',
        event: 'function failed',
        fields: { requestId: 'request-1', error: { name: 'SyntaxError' } },
      },
    ]);
    expect(JSON.stringify(log.lines)).not.toContain('lena');
  });

  it('lets errors of ours leave as they are', async () => {
    const log = new MemoryLog();
    const ours = new EdgeError('the batch stopped');
    await expect(guardHandler(log, () => Promise.reject(ours))(undefined, context)).rejects.toBe(ours);
    expect(log.lines).toEqual([]);
  });
});
