import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ask, type CallName, type Calls, type Refusal } from '../api/ask.ts';

interface Props<N extends CallName> {
  readonly call: N;
  readonly input: Calls[N]['input'];
  readonly children: ComponentChildren;
  readonly isMain?: boolean;
  readonly isOff?: boolean;
  /** As which identity of the local cloud. Default: the chosen one. */
  readonly as?: string | undefined;
  readonly onDone: (answer: Calls[N]['output']) => void;
}

/** A button that changes something. It says why it could not. */
export function Action<N extends CallName>({
  call,
  input,
  children,
  isMain,
  isOff = false,
  as,
  onDone,
}: Props<N>) {
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Refusal>();
  const act = () => {
    setAsking(true);
    setProblem(undefined);
    ask(call, input, as)
      .then(onDone, setProblem)
      .finally(() => setAsking(false));
  };
  return (
    <>
      <button type="button" class={isMain ? 'main' : ''} disabled={isAsking || isOff} onClick={act}>
        {children}
      </button>
      {problem && (
        <span class="refusal" role="alert">
          {problem.message}
        </span>
      )}
    </>
  );
}
