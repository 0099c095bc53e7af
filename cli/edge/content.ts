import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';
import type { Command } from './command.ts';
import { Failure } from './failure.ts';
import type { OperatorApi } from './operator-api.ts';

/** Of ten thousand rows some megabytes. More is for a program, which asks part by part. */
const bytesMax = 64 * 1_048_576;

export const content: Command = {
  summary: 'Content of rows, a unit, reject or event, on record',
  takes: ['of', 'integration', 'id'],
  options: {
    object: { value: '<key>', meaning: 'the object that the list names, with --json. Rows need none.' },
    out: { value: '<file>', meaning: 'write it into this file, and not to the terminal' },
  },
  identity: 'reader',
  examples: [
    'npm run edge -- content rows acme-orders acme-orders.d13e2cdc9fcebae14b905e6bf856be7db410b970 --out rows.csv',
    'npm run edge -- content unit crm-outbox 4956 --object crm-outbox/s/0/4956.json',
  ],
  async run(api, { given: [of = '', integration = '', id = ''], options: { object, out } }) {
    const bytes = await readWhole(api, { of, integration, id, object });
    if (out === undefined)
      return { text: printable(bytes.toString('utf8')), json: { base64: bytes.toString('base64') } };
    writeFileSync(out, bytes);
    return { text: `${bytes.length} bytes are in ${out}.`, json: { file: out, bytes: bytes.length } };
  },
};

export interface AskedContent {
  readonly of: string;
  readonly integration: string;
  readonly id: string;
  readonly object?: string | undefined;
}

/** @throws Failure when there is more than this machine should hold. */
export async function readWhole(api: OperatorApi, { object, ...asked }: AskedContent): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for (let cursor: string | undefined; ; ) {
    const { base64, next } = await api.ask('readContent', { ...asked, object, cursor });
    const part = Buffer.from(base64, 'base64');
    parts.push(part);
    bytes += part.length;
    if (next === null) return Buffer.concat(parts);
    if (bytes > bytesMax) throw new Failure(`There are more than ${bytesMax} bytes.`, 3);
    cursor = next;
  }
}

/** What a partner wrote must not steer a terminal. */
const printable = (text: string): string =>
  text.replaceAll(
    /[^\P{Cc}\n\t]/gu,
    mark => `\\x${(mark.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`,
  );
