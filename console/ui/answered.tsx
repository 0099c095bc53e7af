import type { ComponentChildren } from 'preact';
import type { Answer } from '../api/use-answer.ts';

interface Props<T> {
  readonly of: Answer<T>;
  /** What is asked for, such as `issues`. */
  readonly what: string;
  readonly children: (answer: T) => ComponentChildren;
}

/** What was answered; until then that it is asked for, and else why it was not. */
export function Answered<T>({ of: { answer, problem, again }, what, children }: Props<T>) {
  if (answer === undefined && problem === undefined)
    return (
      <p class="waiting" role="status">
        Loading {what}…
      </p>
    );
  return (
    <>
      {problem && (
        <div class="problem" role="alert">
          <p>
            <strong>{answer === undefined ? `No ${what}.` : `These ${what} are not the newest.`}</strong>{' '}
            {problem.message}
          </p>
          <button type="button" onClick={again}>
            Try again
          </button>
        </div>
      )}
      {answer !== undefined && children(answer)}
    </>
  );
}

/** That there is nothing, and what that means. */
export const Empty = ({ children }: { readonly children: ComponentChildren }) => (
  <p class="empty">{children}</p>
);
