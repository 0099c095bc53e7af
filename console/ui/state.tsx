export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'calm';

const marks: Readonly<Record<Tone, string>> = { good: '●', bad: '▲', warn: '◆', busy: '◐', calm: '○' };

/** A state in a word. Its mark has a shape of its own, for those who do not see the colour. */
export function State({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return (
    <span class={`state ${tone}`}>
      <span class="mark" aria-hidden="true">
        {marks[tone]}
      </span>
      {children}
    </span>
  );
}

const tones: Readonly<Record<string, Tone>> = {
  ok: 'good',
  attention: 'bad',
  disabled: 'warn',
  'not-deployed': 'calm',
  complete: 'good',
  published: 'good',
  quarantined: 'warn',
  skipped: 'calm',
  partial: 'warn',
  rejected: 'bad',
  duplicate: 'calm',
  unbalanced: 'bad',
  awaiting: 'busy',
  received: 'busy',
  processing: 'busy',
  settling: 'busy',
  open: 'bad',
  acknowledged: 'warn',
  resolved: 'good',
  counting: 'busy',
  planned: 'calm',
  'awaiting-approval': 'warn',
  approved: 'good',
  running: 'busy',
  paused: 'warn',
  done: 'good',
  failed: 'bad',
  cancelled: 'calm',
  expired: 'calm',
  proven: 'good',
  missing: 'bad',
  held: 'warn',
  changed: 'warn',
  unlike: 'bad',
  gone: 'bad',
  matched: 'good',
};

/** Of a hand-off, an issue, a plan or an integration. */
export const StateOf = ({ name }: { readonly name: string }) => (
  <State tone={tones[name] ?? 'calm'}>{name.replaceAll('-', ' ')}</State>
);
