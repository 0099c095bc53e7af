import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../shared/core/outcome/tally.ts';
import type { ExpectedEvent } from './samples.ts';

/** What is done to a request after it was signed, or instead. */
export type Tamper =
  /** One character of the signature is another. */
  | 'signature'
  /** One bit of the body is another. */
  | 'body'
  /** It was signed an hour ago. */
  | 'timestamp'
  /** It was signed with another secret. */
  | 'secret'
  /** The delivery's id is missing. */
  | 'id'
  /** No signature at all. */
  | 'unsigned';

export interface SampleRequest {
  readonly file: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the delivery. Default: one of its own. */
  readonly id?: string;
  readonly tamper?: Tamper;
  /** How often it is delivered again, all at once. */
  readonly repeat?: number;
}

export interface ExpectedAnswer {
  readonly status: number;
  readonly outcome: Outcome;
  /** Why it is no event. */
  readonly code?: string;
}

/** One folder under `integrations/<id>/samples/` of a fence: requests as the partner sends them, and what they should become. */
export interface FenceSample {
  readonly integration: string;
  readonly name: string;
  readonly folder: string;
  readonly about: string;
  readonly requests: readonly SampleRequest[];
  /** One for each request, in the same order. */
  readonly outcomes: readonly ExpectedAnswer[];
  readonly events: readonly ExpectedEvent[];
}

const inOrder = ['good', 'dirty', 'broken'];

/** A fence's samples: the good ones first, the broken last. */
export function fenceSamplesOf(integration: string): readonly FenceSample[] {
  const root = join('integrations', integration, 'samples');
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort((a, b) => inOrder.indexOf(a) - inOrder.indexOf(b))
    .map(name => {
      const folder = join(root, name);
      const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
      return { integration, name, folder, ...expected };
    });
}
