import type { Step } from '../core/story-steps.ts';
import { duration } from '../core/time.ts';
import { visible } from '../core/words.ts';
import { State } from './state.tsx';
import { Time } from './time.tsx';

/** Steps with their times, and how long after the step before each came. */
export function Timeline({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol class="timeline">
      {steps.map((step, n) => (
        <li key={`${n} ${step.what}`} class={step.tone}>
          <div class="when">
            {step.at && <Time at={step.at} />}
            <span class="faint">{sinceBefore(steps, n)}</span>
          </div>
          <div>
            <State tone={step.tone}>{step.what}</State>
            {step.detail && <p class="faint">{visible(step.detail)}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

function sinceBefore(steps: readonly Step[], n: number): string {
  const at = steps[n]?.at;
  const before = steps.slice(0, n).findLast(step => step.at !== undefined)?.at;
  return at && before ? `+${duration(Date.parse(at) - Date.parse(before))}` : '';
}
