import type { Story } from '#operate/core/shapes/handoffs.ts';
import { counted, number } from './words.ts';

/** One step of a unit's way. */
export interface Step {
  /** Undefined: it is not said when. */
  readonly at?: string | undefined;
  readonly what: string;
  readonly detail?: string | undefined;
  readonly tone: 'good' | 'bad' | 'warn' | 'busy' | 'calm';
}

const records = ['record', 'records'] as const;
const chunks = ['chunk', 'chunks'] as const;

/** The way of a file in the order in which it was gone. */
export const storySteps = (of: Story): readonly Step[] => [
  {
    at: of.receivedAt,
    what: 'Received',
    detail: of.lateFor ? 'later than it was due' : undefined,
    tone: 'good',
  },
  ...(of.awaiting ? [{ what: `Waits for its ${of.awaiting}`, tone: 'busy' } as const] : []),
  ...(of.records === null
    ? []
    : [
        {
          what: 'Inspected',
          detail: `${counted(of.records, records)} in ${number(of.bytes ?? 0)} bytes`,
          tone: 'good',
        } as const,
      ]),
  ...of.progress.map(passStep),
  ...(of.stoppedAt
    ? [{ at: of.stoppedAt, what: 'Its message became a dead letter', tone: 'bad' } as const]
    : []),
  ...(of.fault ? [faultStep(of)] : []),
  ...(of.settledAt ? [settledStep(of)] : []),
  ...(of.proof
    ? [
        {
          at: of.proof.at,
          what: of.proof.state === 'proven' ? 'Proven by the bus' : 'Not proven by the bus',
          detail: `${number(of.proof.claimed)} claimed, ${number(of.proof.onBus)} on the bus`,
          tone: of.proof.state === 'proven' ? 'good' : 'bad',
        } as const,
      ]
    : []),
  ...(of.lastReconciledAt
    ? [
        {
          at: of.lastReconciledAt,
          what: `Compared by the reconciler${of.reconciliation ? `: ${of.reconciliation.result}` : ''}`,
          detail: of.reconciliation?.detail,
          tone: !of.reconciliation || of.reconciliation.result === 'matched' ? 'good' : 'warn',
        } as const,
      ]
    : []),
];

function passStep({ pass, chunks: all, done, records: total, recordsDone }: Story['progress'][number]): Step {
  const isDone = done === all;
  return {
    what: pass === 'check' ? 'Checked' : isDone ? 'Mapped and published' : 'Mapping and publishing',
    detail: `${number(recordsDone)} of ${counted(total, records)}, ${number(done)} of ${counted(all, chunks)}`,
    tone: isDone ? 'good' : 'busy',
  };
}

const faultStep = ({ fault, settledAt, attempts }: Story): Step => ({
  what: fault?.code ?? '',
  detail: `${fault?.detail ?? ''}${settledAt ? '' : `; attempt ${attempts}`}`,
  tone: 'bad',
});

const settledTones: Readonly<Record<string, Step['tone']>> = {
  complete: 'good',
  partial: 'warn',
  rejected: 'bad',
  unbalanced: 'bad',
};

const settledStep = ({ settledAt, state, tally }: Story): Step => ({
  at: settledAt ?? undefined,
  what: `Settled: ${state}`,
  detail: Object.entries(tally ?? {})
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${number(count)} ${outcome}`)
    .join(', '),
  tone: settledTones[state] ?? 'calm',
});
