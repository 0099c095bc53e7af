import { webhookFencePorts } from '#adapters/webhook-fence/aws/webhook-fence-ports.ts';
import { lazily } from '#shared/aws/lazily.ts';

const settings = {
  BUS_NAME: 'edge',
  CLAIMS_TABLE: 'claims',
  OPERATE_TABLE: 'operate',
  RAW_BUCKET: 'raw-1',
  REJECTS_BUCKET: 'rejects',
  QUARANTINE_BUCKET: 'quarantine-1',
  SPILL_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/spill',
  DEAD_LETTERS_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/dead',
  SECRET_ID: 'edge/dev/pay-hooks',
};

describe('the ports of a fence on AWS', () => {
  it('name every environment variable that is missing', () => {
    const { BUS_NAME: _, SECRET_ID: __, ...rest } = settings;
    expect(() => webhookFencePorts(rest, { replayHorizonDays: 40 })).toThrow(
      'environment variables missing: BUS_NAME, SECRET_ID',
    );
  });

  it('name objects without loading a client', () => {
    const { files } = webhookFencePorts(settings, { replayHorizonDays: 40 });
    expect(files.uri({ bucket: 'raw', key: 'pay-hooks/2026/a b.json' })).toBe(
      's3://raw-1/pay-hooks/2026/a%20b.json',
    );
  });
});

describe('lazily', () => {
  it('makes a thing once, when it is first asked for', async () => {
    let made = 0;
    const get = lazily(async () => ++made);
    expect(made).toBe(0);
    expect(await Promise.all([get(), get()])).toEqual([1, 1]);
  });

  it('tries again after a failure', async () => {
    let tries = 0;
    const get = lazily(async () => {
      if (++tries === 1) throw new Error('not now');
      return tries;
    });
    await expect(get()).rejects.toThrow('not now');
    expect(await get()).toBe(2);
  });
});
