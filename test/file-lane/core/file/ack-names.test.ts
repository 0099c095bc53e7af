import fc from 'fast-check';
import { ackNames } from '#adapters/file-lane/core/file/ack-names.ts';

describe('the keys of an answer', () => {
  it('lie in the partner’s own ack folder and carry the file’s whole name', () => {
    expect(ackNames('acme', 'a+b %20 é.csv.gz')).toEqual({
      ack: 'acme/ack/a+b %20 é.csv.gz.ack.json',
      rejected: 'acme/ack/a+b %20 é.csv.gz.rejected.csv',
    });
  });

  it('fit into a key and stay different for every name that can be dropped', () => {
    const longName = fc.tuple(fc.constantFrom('x', 'é', '漢', '💥'), fc.integer({ min: 240, max: 1_010 }));
    fc.assert(
      fc.property(longName, ([character, bytes]) => {
        const name = character.repeat(Math.floor(bytes / Buffer.byteLength(character)));
        const one = ackNames('acme', name);
        const other = ackNames('acme', `${name}.`);
        for (const key of Object.values(one)) expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1_024);
        expect(one.ack).not.toBe(other.ack);
        expect(Buffer.from(one.ack).toString()).toBe(one.ack);
      }),
    );
  });
});
