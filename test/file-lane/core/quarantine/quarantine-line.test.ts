import { createHash } from 'node:crypto';
import {
  type FaultyRow,
  type QuarantinedRow,
  quarantineLine,
} from '#adapters/file-lane/core/quarantine/quarantine-line.ts';
import { fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';

const at = { line: 3, record: 2, byteOffset: 40 };
const faults = [fault('NOT_A_NUMBER', { ...at, column: 'version' }, 'is not a number')];

const lineOf = (row: Pick<FaultyRow, 'raw'> & Partial<FaultyRow>): QuarantinedRow =>
  JSON.parse(quarantineLine({ length: row.raw.length, at, faults, ...row }));

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the quarantine report’s line of a row', () => {
  it('holds the first fault, and the others with the columns they have', () => {
    const line = lineOf({
      raw: Buffer.from('=1,one,x'),
      faults: [
        ...faults,
        fault('MISSING_VALUE', { ...at, column: 'note' }, 'is empty'),
        fault('SCHEMA_VIOLATION', at, 'does not fit'),
      ],
    });
    expect(line).toMatchObject({ ...at, code: 'NOT_A_NUMBER', column: 'version', raw: '=1,one,x' });
    expect(line.others).toEqual([
      { code: 'MISSING_VALUE', detail: 'is empty', remedy: expect.any(String), column: 'note' },
      { code: 'SCHEMA_VIOLATION', detail: 'does not fit', remedy: expect.any(String) },
    ]);
  });

  it('has the hash of the whole row where the row is cut', () => {
    const raw = Buffer.alloc(limits.quarantinedRowBytesMax + 1, 'x');
    const line = lineOf({ raw });
    expect(line).toMatchObject({ truncated: true, bytes: raw.length, sha256: sha256(raw) });
    expect(line.raw).toHaveLength(limits.quarantinedRowBytesMax);
  });

  it('has the hash of the bytes kept where the record was too long to be held', () => {
    const raw = Buffer.alloc(limits.quarantinedRowBytesMax, 'x');
    const line = lineOf({ raw, length: limits.recordBytesMax + 1 });
    expect(line).toMatchObject({ truncated: true, bytes: limits.recordBytesMax + 1 });
    expect(line.sha256).toBe(sha256(Buffer.from(line.raw)));
  });
});
