import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ask, type Refusal } from '../api/ask.ts';
import { textOf } from '../core/content.ts';
import { Command } from './command.tsx';
import { useConsole } from './console-context.ts';
import { Refused } from './problem.tsx';

interface Props {
  readonly integration: string;
  readonly of: 'unit' | 'reject' | 'event' | 'raw';
  readonly id: string;
  readonly object: string;
  /** What is shown of the content, once somebody asked for it. */
  readonly children: (text: string) => ComponentChildren;
}

/** Content that is masked until somebody asks for it. The API records who does. */
export function Masked({ integration, of, id, object, children }: Props) {
  const { identities } = useConsole();
  const [text, setText] = useState<string>();
  const [problem, setProblem] = useState<Refusal>();
  const as = identities.includes('reader') ? 'reader' : undefined;
  if (text !== undefined) return <>{children(text)}</>;
  const show = () =>
    ask('readContent', { integration, of, id, object }, as).then(part => setText(textOf(part)), setProblem);
  return (
    <>
      <div class="line">
        <span class="masked" aria-hidden="true">
          ••••••••••••
        </span>
        <button type="button" onClick={show}>
          Show it{as && ` as ${as}`}
        </button>
        <span class="faint">The audit trail records who looks.</span>
      </div>
      <Refused of={problem} />
      <Command of={['content', of, integration, id, '--object', object]} />
    </>
  );
}
