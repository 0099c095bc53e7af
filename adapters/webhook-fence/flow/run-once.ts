import type { Delivery } from '../core/webhook/delivery.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import type { OnceClaim, OnceEnd } from '../ports.ts';
import type { Work } from './work.ts';

/** A delivery that was not processed. Nothing of it is remembered, so it can come again. */
export type NotProcessed =
  /** Another worker has its name or its id. */
  | { readonly kind: 'busy' }
  /** Other content was accepted under its id, or may have been published under its name. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'bus-unavailable'; readonly reason: string };

export type ProcessEnd = { readonly kind: 'processed'; readonly value: Remembered } | NotProcessed;

export type OnceOutcome =
  /** Processed now. `previous`: what was remembered before. `isSame`: that had the same payload, or there was nothing. */
  | {
      readonly kind: 'processed';
      readonly value: Remembered;
      readonly previous?: Remembered;
      readonly isSame: boolean;
    }
  /** What is remembered stays. Not `isSame`: it came with another payload. */
  | { readonly kind: 'known'; readonly value: Remembered; readonly isSame: boolean }
  | NotProcessed;

/** How a delivery is processed, and when one that is known may be processed again. */
export interface Processing {
  readonly mayRepeat: (known: Remembered, isSame: boolean) => boolean;
  readonly process: (attempt: Attempt) => Promise<ProcessEnd>;
}

export interface Attempt {
  /** What was remembered before. */
  readonly known?: Remembered;
  /** To be called before anything is published. */
  readonly hold: () => void;
}

/** Processes a delivery whose name is not known, or a known one that may be processed again. One worker at a time. */
export async function runOnce(
  { ports: { once }, invocation }: Work,
  { correlationId, payloadHash }: Delivery,
  processing: Processing,
): Promise<OnceOutcome> {
  const { remainingMilliseconds } = invocation;
  const claim: OnceClaim = { name: correlationId, payloadHash, remainingMilliseconds };
  return withoutMemory(async () => {
    const end = await once.run(claim, hold => toRemember(processing.process({ hold })));
    if (end.kind === 'busy') return end;
    if (end.kind === 'held') return { kind: 'taken' };
    if (end.kind === 'first') return { kind: 'processed', value: end.value, isSame: true };
    const known = knownFrom(end);
    if (known.kind === 'busy' || !processing.mayRepeat(known.value, known.isSame)) return known;
    const { value: previous, isSame } = known;
    const again = await once.again(claim, previous, hold =>
      toRemember(processing.process({ known: previous, hold })),
    );
    if (again.kind === 'held') return { kind: 'taken' };
    return again.kind === 'busy' ? again : { kind: 'processed', value: again.value, previous, isSame };
  });
}

/** Value and sameness come from one read. Nothing is remembered yet while the first payload of the name is at work. */
const knownFrom = ({ kind, value }: Extract<OnceEnd, { readonly kind: 'repeat' | 'conflict' }>) =>
  value ? { kind: 'known' as const, value, isSame: kind === 'repeat' } : { kind: 'busy' as const };

/** `Once` remembers what its work returns. Only an exception leaves nothing behind; this one never leaves the file. */
class NothingToRemember extends Error {
  override readonly name = 'NothingToRemember';
  readonly end: NotProcessed;

  constructor(end: NotProcessed) {
    super(end.kind);
    this.end = end;
  }
}

async function toRemember(processing: Promise<ProcessEnd>): Promise<Remembered> {
  const end = await processing;
  if (end.kind === 'processed') return end.value;
  throw new NothingToRemember(end);
}

async function withoutMemory(run: () => Promise<OnceOutcome>): Promise<OnceOutcome> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof NothingToRemember) return error.end;
    throw error;
  }
}
