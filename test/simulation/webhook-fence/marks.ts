import type { OnceEnd } from '#adapters/webhook-fence/ports.ts';
import type { Seen } from '../shared/process.ts';

type IsMet = (seen: Seen) => boolean;

const called =
  (call: string, isRare: (answer: never, args: never) => boolean = () => true): IsMet =>
  seen =>
    seen.call === call && isRare(seen.answer as never, seen.args as never);

/** Rare branches of the fence, by what its ports are asked and what they answer. */
export const fenceMarks: Readonly<Record<string, IsMet>> = {
  'spilled a delivery': called('spillQueue.send'),
  'postponed a spilled delivery': called('spillQueue.send', (_, [bodies]: [readonly { waited?: object }[]]) =>
    bodies.some(({ waited }) => waited !== undefined),
  ),
  'kept a dead letter': called('deadLetters.keep'),
  'kept a reject': called('rejectSlots.take'),
  'found an id of another': called('idClaims.claim', (answer: unknown) => answer !== 'mine'),
  'found other content under the name': called('once.ended', ({ kind }: OnceEnd) => kind === 'conflict'),
  'kept a name that may have been published': called('once.ended', ({ kind }: OnceEnd) => kind === 'held'),
  'deferred a message': called('spillQueue.defer'),
};
