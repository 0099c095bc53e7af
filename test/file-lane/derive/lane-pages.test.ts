import { renderRunbook } from '#adapters/derive/runbook.ts';
import { defineFileLane } from '#adapters/file-lane/contract/define-file-lane.ts';
import { ackNames } from '#adapters/file-lane/core/file/ack-names.ts';
import { exampleName } from '#adapters/file-lane/core/file/data-name.ts';
import { matchDataName } from '#adapters/file-lane/core/file/name.ts';
import { ackPrefix, inPrefix } from '#adapters/file-lane/core/outcome/prefixes.ts';
import { dialectInWords } from '#adapters/file-lane/derive/file-words.ts';
import { laneFaults } from '#adapters/file-lane/derive/lane-faults.ts';
import { renderLaneGuide } from '#adapters/file-lane/derive/lane-guide.ts';
import { loadSoundContracts, ofKind } from '#infra/contracts.ts';
import { laneSpec } from '../contract/lanes.ts';

const lanes = ofKind(await loadSoundContracts(), 'file-lane');
const lane = (change: object = {}) => defineFileLane({ ...laneSpec, ...change } as typeof laneSpec);
const codes = (change: object = {}) => laneFaults(lane(change)).map(fault => fault.code);

describe.each(lanes.map(one => [one.id, one] as const))('pages of %s', (_, one) => {
  it('tell the partner of every column, and of the names that the lane really takes and writes', () => {
    const guide = renderLaneGuide(one);
    for (const [column, { form }] of Object.entries(one.columns)) {
      expect(guide).toContain(`\`${column}\``);
      expect(guide).toContain(form);
    }
    expect(matchDataName(one.delivery, exampleName(one.delivery))).toMatchObject({ kind: 'data' });
    expect(guide).toContain(ackNames(one.delivery.folder, exampleName(one.delivery)).ack);
  });
});

describe('the words of a lane', () => {
  it('follow the contract', () => {
    expect(
      dialectInWords(lane({ format: { delimiter: '|', quote: false, header: 'none', encoding: 'latin1' } })),
    ).toBe(
      'CSV, separated by bar; no quoting; encoded as latin1; without a header line, columns in the order below',
    );
    expect(inPrefix(lane())).toBe('acme/in/');
    expect(ackPrefix(lane())).toBe('acme/ack/');
  });

  it.each(['x_{yyyyMMdd}', '{yyyy-MM-dd}', '{yyyyMM}', '{yyyyMMddHHmmss}', 'n-{digits}'])(
    'give %s a name that it takes',
    name => {
      const one = lane({ delivery: { folder: 'acme', name: `${name}.csv` } });
      expect(matchDataName(one.delivery, exampleName(one.delivery))).toMatchObject({ kind: 'data' });
    },
  );

  it('name only the faults that the lane can meet', () => {
    expect(codes()).not.toContain('BROKEN_ARCHIVE');
    expect(codes({ delivery: { ...laneSpec.delivery, compression: ['gzip'] } })).toContain('BROKEN_ARCHIVE');
    expect(codes()).not.toContain('CHECKSUM_MISMATCH');
    expect(codes({ delivery: { ...laneSpec.delivery, startsOn: 'sidecar' } })).toContain('CHECKSUM_MISMATCH');
    expect(codes()).not.toContain('TOO_MANY_INVALID_ROWS');
    expect(codes({ maxInvalidShare: 0.5 })).toContain('TOO_MANY_INVALID_ROWS');
    expect(codes()).not.toContain('DUPLICATE_CONFLICT');
    expect(codes({ duplicates: 'row', version: 'at' })).toContain('DUPLICATE_CONFLICT');
    expect(codes({ format: { quote: false } })).not.toContain('UNCLOSED_QUOTE');
    expect(codes()).not.toContain('UNDECODABLE_CHANGE');
  });

  it('say how files are protected where they are', () => {
    const security = { encryption: 'pgp', signing: { detached: true } };
    const protectedFiles = { delivery: { ...laneSpec.delivery, compression: ['gzip'], security } };
    expect(renderLaneGuide(lane())).not.toContain('Protection');
    expect(renderLaneGuide(lane(protectedFiles))).toContain('Protection: encrypted with OpenPGP');
    expect(renderLaneGuide(lane(protectedFiles))).toContain('with `.sig` or `.asc` appended');
    const protectionFaults = ['DECRYPTION_FAILED', 'SIGNATURE_MISSING', 'SIGNATURE_INVALID', 'KEYS_UNUSABLE'];
    expect(codes().filter(code => protectionFaults.includes(code))).toEqual([]);
    expect(codes(protectedFiles)).toEqual(expect.arrayContaining(protectionFaults));
  });

  it('tell the partner of comment lines and the trailer where the dialect has them', () => {
    const format = {
      comment: '#',
      trailer: { startsWith: 'TRL', records: 2, totals: { [laneSpec.key[0]]: 3 } },
    };
    const guide = renderLaneGuide({ ...lane(), dialect: { ...lane().dialect, ...format } });
    expect(guide).toContain('a line that begins with `#` is ignored');
    expect(guide).toContain('the last line must begin with `TRL`. A file without it is rejected.');
    expect(guide).toContain('field 2 holds the number of rows');
    expect(guide).toContain(`field 3 holds the total of \`${laneSpec.key[0]}\``);
    expect(renderLaneGuide(lane())).not.toMatch(/Comment lines|Trailer/);
  });

  it('name the personal columns', () => {
    expect(renderRunbook(lane())).toContain('Personal data: `customer` (email)');
  });
});
