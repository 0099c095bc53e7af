import * as z from 'zod';
import { inKeyOrder, type ObjectPlace, placeOfKey, recordsKey } from './audit-keys.ts';
import { emptyChain } from './chain.ts';
import { checkLines } from './check-lines.ts';
import { checkVersions, firstText } from './check-versions.ts';
import type { Finding, KeptObject } from './finding.ts';
import type { Manifest, SealedChain } from './manifest.ts';

/** How far a check has come: a day may be checked in parts. */
export const checkState = z.strictObject({
  /** The chain in work. */
  chain: z
    .strictObject({
      integration: z.string(),
      objects: z.int(),
      records: z.int().nullable(),
      hash: z.string().nullable(),
    })
    .nullable(),
});

export type CheckState = z.infer<typeof checkState>;
type ChainState = NonNullable<CheckState['chain']>;

export interface DayCheckProps {
  readonly day: string;
  /** None for a day that is not sealed: its chains may still grow. */
  readonly manifest: Manifest | undefined;
  readonly state?: CheckState | undefined;
}

/** Checks the objects of a day, given in the order of their keys, against each other and against the day's manifest. */
export class DayCheck {
  readonly #day: string;
  readonly #sealed: readonly SealedChain[] | undefined;
  #chain: ChainState | null;

  constructor({ day, manifest, state = { chain: null } }: DayCheckProps) {
    this.#day = day;
    this.#sealed = manifest?.chains;
    this.#chain = state.chain;
  }

  get state(): CheckState {
    return { chain: this.#chain };
  }

  check(object: KeptObject): Finding[] {
    const { key } = object;
    const place = placeOfKey(key);
    if (place?.day !== this.#day)
      return [{ ...{ object: key, line: null, code: 'OBJECT_UNKNOWN' }, detail: 'no trail writes this key' }];
    const turned = place.integration === this.#chain?.integration ? [] : this.#turnTo(place.integration);
    return [...turned, ...this.#missingBefore(place), ...checkVersions(object), ...this.#read(object, place)];
  }

  /** After the last object. */
  end(): Finding[] {
    return [...this.#close(), ...this.#missingChains(undefined)];
  }

  #turnTo(integration: string): Finding[] {
    const found = [...this.#close(), ...this.#missingChains(integration)];
    const name = { day: this.#day, integration };
    this.#chain = { integration, ...emptyChain(name) };
    if (this.#sealed && !this.#sealedOf(integration))
      found.push(this.#ofChain(integration, 'CHAIN_UNKNOWN', 'the manifest of the day does not name it'));
    return found;
  }

  #missingBefore({ integration, n }: ObjectPlace): Finding[] {
    const expected = (this.#chain?.objects ?? 0) + 1;
    if (n === expected) return [];
    this.#chain = { integration, objects: n - 1, records: null, hash: null };
    const which = n - 1 === expected ? 'the object is' : `this object and those up to number ${n - 1} are`;
    const object = recordsKey({ day: this.#day, integration }, expected);
    return [{ ...{ object, line: null, code: 'OBJECT_MISSING' }, detail: `${which} not there` }];
  }

  #read(object: KeptObject, { integration, n }: ObjectPlace): Finding[] {
    const before = { records: this.#chain?.records ?? null, hash: this.#chain?.hash ?? null };
    const text = firstText(object);
    if (text === undefined) {
      this.#chain = { integration, objects: n, records: null, hash: null };
      return [
        {
          ...{ object: object.key, line: null, code: 'OBJECT_MISSING' },
          detail: 'only a delete marker is there',
        },
      ];
    }
    const { findings, records, hash } = checkLines(object.key, text, before);
    this.#chain = { integration, objects: n, records, hash };
    return [...findings];
  }

  /** Holds the end of the chain in work against the manifest. */
  #close(): Finding[] {
    const chain = this.#chain;
    const sealed = chain && this.#sealedOf(chain.integration);
    if (
      !sealed ||
      (agrees(chain.records, sealed.records) &&
        agrees(chain.hash, sealed.hash) &&
        chain.objects === sealed.objects)
    )
      return [];
    const says = `${sealed.records} records in ${sealed.objects} objects`;
    const found = `${chain.records ?? 'an unknown number'} in ${chain.objects}`;
    const object = recordsKey({ day: this.#day, integration: chain.integration }, chain.objects);
    return [
      {
        ...{ object, line: null, code: 'CHAIN_END_DIFFERS' },
        detail: `the manifest says ${says}, here are ${found}, or another last record`,
      },
    ];
  }

  /** Chains of the manifest between the one in work and the next. */
  #missingChains(next: string | undefined): Finding[] {
    const { integration } = this.#chain ?? {};
    return (this.#sealed ?? [])
      .filter(sealed => integration === undefined || this.#isAfter(sealed.integration, integration))
      .filter(sealed => next === undefined || this.#isAfter(next, sealed.integration))
      .map(sealed =>
        this.#ofChain(
          sealed.integration,
          'CHAIN_MISSING',
          `the manifest says ${sealed.records} records; none is there`,
        ),
      );
  }

  #isAfter(integration: string, other: string): boolean {
    const day = this.#day;
    return integration !== other && inKeyOrder({ day, integration: other }, { day, integration }) < 0;
  }

  #sealedOf(integration: string): SealedChain | undefined {
    return this.#sealed?.find(sealed => sealed.integration === integration);
  }

  #ofChain(integration: string, code: Finding['code'], detail: string): Finding {
    return { object: recordsKey({ day: this.#day, integration }, 1), line: null, code, detail };
  }
}

/** What is not known disagrees with nothing: why it is not known is a finding of its own. */
const agrees = <T>(found: T | null, said: T): boolean => found === null || found === said;
