import { rowTenantReader, tenantReader } from '#shared/core/event/tenant-reader.ts';

const mismatch = {
  code: 'TENANT_MISMATCH',
  detail: 'this integration may not speak for the tenant named',
};

describe('the tenant of an input', () => {
  const read = rowTenantReader({ from: 'region', allowed: ['north', '7'] });

  it('is the constant one, whatever the input says', () => {
    expect(rowTenantReader({ constant: 'acme' })({ region: 'north' }, {})).toBe('acme');
  });

  it('is the one that the input names, where that is allowed', () => {
    expect(read({ region: 'north' }, {})).toBe('north');
    expect(read({ region: 7 }, {})).toBe('7');
  });

  it.each([['south'], [''], [undefined], [null], [['north']], [Object('north')]])(
    'is a fault, with its place and without its value, for %p',
    region => {
      expect(read({ region }, { line: 3 })).toMatchObject({ ...mismatch, at: { line: 3, column: 'region' } });
    },
  );

  it('is read as the adapter reads its input', () => {
    const pointed = tenantReader({ from: '/region', allowed: ['north'] }, (text: string, from) =>
      text.endsWith(from) ? 'north' : 'south',
    );
    expect(pointed('a/region', {})).toBe('north');
    expect(pointed('b', {})).toMatchObject({ ...mismatch, at: { column: '/region' } });
  });
});
