import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DayCheck } from '#operate/core/audit/day-check.ts';
import type { Finding, KeptObject } from '#operate/core/audit/finding.ts';
import type { Manifest } from '#operate/core/audit/manifest.ts';
import { day, keptOf, sealedBy, type Trail, trailOf } from './given.ts';

function check(objects: readonly KeptObject[], manifest?: Manifest): Finding[] {
  const checked = new DayCheck({ day, manifest });
  return [...objects.flatMap(object => checked.check(object)), ...checked.end()];
}

const textOf = (object: KeptObject | undefined): string => object?.versions[0]?.text ?? '';
const linesOf = (object: KeptObject | undefined): string[] => textOf(object).split('\n').slice(0, -1);

const trails = fc
  .dictionary(
    fc.constantFrom('acme', 'acme-orders', 'shopify', 'crm0'),
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
    { minKeys: 1 },
  )
  .map(trailOf);

/** A line of a trail, and what is done to it. */
const places = trails.chain(trail =>
  fc.record({
    trail: fc.constant(trail),
    object: fc.nat({ max: trail.objects.length - 1 }),
    at: fc.nat(),
    by: fc.nat(),
  }),
);

const withText = (trail: Trail, n: number, text: string): readonly KeptObject[] =>
  trail.objects.map((object, i) => (i === n ? keptOf(object.key, text) : object));

describe('a day of a trail', () => {
  it('has nothing wrong as it was written, sealed or not', () => {
    fc.assert(
      fc.property(trails, trail => {
        expect(check(trail.objects, sealedBy(trail))).toEqual([]);
        expect(check(trail.objects)).toEqual([]);
      }),
    );
  });

  it('names the line of any single changed character', () => {
    fc.assert(
      fc.property(places, ({ trail, object, at }) => {
        const text = textOf(trail.objects[object]);
        const i = at % text.length;
        const changed = text[i] === 'x' ? 'y' : 'x';
        const edited = text.slice(0, i) + changed + text.slice(i + 1);
        const line = text.slice(0, i).split('\n').length;
        const [first] = check(withText(trail, object, edited), sealedBy(trail));
        expect(first?.object).toBe(trail.objects[object]?.key);
        // Where the character is a line's end, two lines become one.
        expect(first?.line).toBe(line);
      }),
    );
  });

  it('says where a line was removed', () => {
    fc.assert(
      fc.property(places, ({ trail, object, at }) => {
        const lines = linesOf(trail.objects[object]);
        const i = at % lines.length;
        const left = lines.filter((_, n) => n !== i);
        const found = check(withText(trail, object, left.map(line => `${line}\n`).join('')), sealedBy(trail));
        const isLastOfAll = i === lines.length - 1;
        // What follows the gap shows it: the next line, the next object's first, or the manifest.
        expect(found[0]).toBeDefined();
        if (!isLastOfAll)
          expect(found[0]).toMatchObject({
            ...{ code: 'LINE_OUT_OF_PLACE', object: trail.objects[object]?.key, line: i + 1 },
          });
      }),
    );
  });

  it('says where two lines changed places, within an object or between two', () => {
    fc.assert(
      fc.property(places, ({ trail, object, at, by }) => {
        const other = by % trail.objects.length;
        const [mine, theirs] = [linesOf(trail.objects[object]), linesOf(trail.objects[other])];
        const [i, j] = [at % mine.length, by % theirs.length];
        fc.pre(object !== other || i !== j);
        const [a = '', b = ''] = [mine[i], theirs[j]];
        const swap = (line: string) => (line === a ? b : line === b ? a : line);
        const swapped = trail.objects.map(each =>
          keptOf(
            each.key,
            linesOf(each)
              .map(line => `${swap(line)}\n`)
              .join(''),
          ),
        );
        const earlier =
          object < other || (object === other && i < j) ? { object, line: i } : { object: other, line: j };
        expect(check(swapped, sealedBy(trail))[0]).toMatchObject({
          ...{
            code: 'LINE_OUT_OF_PLACE',
            object: trail.objects[earlier.object]?.key,
            line: earlier.line + 1,
          },
        });
      }),
    );
  });

  it('names an object that is missing, or the chain', () => {
    fc.assert(
      fc.property(places, ({ trail, object }) => {
        const left = trail.objects.filter((_, n) => n !== object);
        const gone = trail.objects[object]?.key ?? '';
        const found = check(left, sealedBy(trail));
        const chain = gone.slice(0, gone.lastIndexOf('/'));
        expect(found).toHaveLength(1);
        expect(found[0]?.object.startsWith(chain)).toBe(true);
        expect(['OBJECT_MISSING', 'CHAIN_END_DIFFERS', 'CHAIN_MISSING']).toContain(found[0]?.code);
      }),
    );
  });

  it('says that a chain was written again from a line on, with hashes that fit', () => {
    const trail = trailOf({ acme: [2, 2] });
    const forged = trailOf({ acme: [2, 3] });
    expect(check(forged.objects, sealedBy(trail))).toMatchObject([
      { code: 'CHAIN_END_DIFFERS', object: `records/${day}/acme/00000002.jsonl` },
    ]);
  });

  it('names a chain that the manifest does not know, and keys that no trail writes', () => {
    const trail = trailOf({ acme: [1] });
    const more = trailOf({ acme: [1], forged: [1] });
    const odd = keptOf(`records/${day}/zzz/note.txt`, 'x');
    expect(check([...more.objects, odd], sealedBy(trail)).map(({ code }) => code)).toEqual([
      'CHAIN_UNKNOWN',
      'OBJECT_UNKNOWN',
    ]);
  });

  it('verifies the first version, and reports those after it and delete markers', () => {
    const trail = trailOf({ acme: [3] });
    const [object = keptOf('', '')] = trail.objects;
    const edited = textOf(object).replace('"records":2', '"records":9');
    const versions = [
      { versionId: 'v3', at: `${day}T10:00:00.000Z`, text: undefined },
      { versionId: 'v2', at: `${day}T09:00:00.000Z`, text: edited },
      ...object.versions,
    ];
    expect(check([{ ...object, versions }], sealedBy(trail))).toMatchObject([
      { code: 'WRITTEN_AGAIN', line: 2 },
      { code: 'HIDDEN', line: null },
    ]);
    expect(check([{ ...object, versions: versions.slice(0, 2) }], sealedBy(trail))).toMatchObject([
      { code: 'HIDDEN' },
      { code: 'LINE_EDITED', line: 2 },
    ]);
  });

  it('finds the same in parts as at once', () => {
    const trail = trailOf({ acme: [2, 1, 3], crm0: [1] });
    const objects = trail.objects.filter((_, n) => n !== 1);
    const manifest = sealedBy(trail);
    const first = new DayCheck({ day, manifest });
    const found = objects.slice(0, 1).flatMap(object => first.check(object));
    const second = new DayCheck({ day, manifest, state: JSON.parse(JSON.stringify(first.state)) });
    found.push(...objects.slice(1).flatMap(object => second.check(object)), ...second.end());
    expect(found).toEqual(check(objects, manifest));
    expect(found).toHaveLength(1);
  });
});
