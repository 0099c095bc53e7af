import type { Seen } from '../shared/process.ts';

type IsMet = (seen: Seen) => boolean;

const sent = (kind: string): IsMet => {
  const isOfKind = (args: readonly unknown[]) => JSON.stringify(args).includes(`"kind":"${kind}"`);
  return ({ call, args }) => call === 'workQueue.send' && isOfKind(args);
};

/** Rare branches of the operator's side. */
export const operateMarks: Readonly<Record<string, IsMet>> = {
  'redrove a dead letter': ({ call }) => call === 'letters.delete',
  'asked a lane to reprocess': ({ call }) => call === 'workQueues.send',
  'replayed to a consumer': ({ call }) => call === 'consumers.send',
  'found a plan with another job': ({ call, answer }) => call === 'plans.lease' && answer === undefined,
  'lost a plan to another job': ({ call, answer }) => call === 'plans.checkpoint' && answer === undefined,
  'a plan went on after its job died': ({ call, answer }) =>
    call === 'plans.lease' && (answer as { cursor?: string } | undefined)?.cursor !== undefined,
  'found events missing on the bus': ({ call }) => call === 'lanes.ask',
  'proved a file': ({ call, args: [proof] }) =>
    call === 'proofs.keep' && (proof as { state: string }).state === 'proven',
  'healed a lost notification': ({ call, args }) =>
    call === 'workQueue.send' && JSON.stringify(args).includes('Object Created'),
  'asked for a chunk again': sent('edge.chunk'),
  'found another reconciler at work': ({ call, answer }) =>
    call === 'reconciliations.begin' && answer === false,
};
