import type { Delivery } from '../core/webhook/delivery.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import type { Work } from './work.ts';

export type TakeEnd =
  /** Taken now. `was`: how it had ended before. `isSame`: with the same payload. */
  | {
      readonly kind: 'taken';
      readonly value: Remembered;
      readonly was?: Remembered;
      readonly isSame: boolean;
    }
  /** It stays as it was. Not `isSame`: what is remembered came with another payload. */
  | { readonly kind: 'known'; readonly value: Remembered; readonly isSame: boolean }
  /** Someone else is at it. */
  | { readonly kind: 'busy' };

/** How a delivery that has ended before may be taken again. */
export interface Retake {
  readonly may: (known: Remembered, isSame: boolean) => boolean;
  readonly take: (known?: Remembered) => Promise<Remembered>;
}

/** Takes a delivery that is not known by its name, or again one that may be. Whoever comes at the same time finds it busy. */
export async function takeOrRetake(
  { ports, invocation }: Work,
  { correlationId, payloadHash }: Delivery,
  { may, take }: Retake,
): Promise<TakeEnd> {
  const { once } = ports;
  const { remainingMilliseconds } = invocation;
  const claim = { name: correlationId, payloadHash, remainingMilliseconds };
  const end = await once.run(claim, () => take());
  if (end.kind === 'busy') return end;
  if (end.kind === 'first') return { kind: 'taken', value: end.value, isSame: true };
  const isSame = end.kind === 'repeat';
  // Nothing is remembered while the first of this name, with another payload, is at work.
  const known = isSame ? end.value : (await once.find(correlationId)).value;
  if (!known) return { kind: 'busy' };
  if (!may(known, isSame)) return { kind: 'known', value: known, isSame };
  const again = await once.again(claim, known, () => take(known));
  return again.kind === 'busy' ? again : { kind: 'taken', value: again.value, was: known, isSame };
}
