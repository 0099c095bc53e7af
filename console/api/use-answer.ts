import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ask, type CallName, type Calls, Refusal } from './ask.ts';

/** An answer, and what is known of the newest try to get it. An old answer stays while a new one is asked for, or fails. */
export interface Answer<T> {
  readonly answer: T | undefined;
  readonly problem: Refusal | undefined;
  readonly isAsking: boolean;
  /** Asks again now. */
  readonly again: () => void;
}

interface Options {
  /** Ask again so often, while the page is visible. At least a second. */
  readonly everySeconds?: number | undefined;
  /** Whether to ask at all. */
  readonly isOff?: boolean;
}

/** What was answered last, so that a screen that is opened again shows something at once. */
const kept = new Map<string, unknown>();
const keptMax = 60;

export function useAnswer<N extends CallName>(
  name: N,
  input: Calls[N]['input'],
  { everySeconds, isOff = false }: Options = {},
): Answer<Calls[N]['output']> {
  type Output = Calls[N]['output'];
  const question = JSON.stringify([name, input]);
  const [state, setState] = useState<{
    question: string;
    answer?: Output | undefined;
    problem?: Refusal | undefined;
    isAsking: boolean;
  }>(() => ({ question, answer: kept.get(question) as Output | undefined, isAsking: !isOff }));
  const newest = useRef('');
  const asking = useRef(false);

  /** `isQuiet`: nothing is drawn for it unless the answer is another. */
  const look = useCallback(
    (isQuiet: boolean) => {
      if (isOff || (asking.current && newest.current === question)) return;
      newest.current = question;
      asking.current = true;
      if (!isQuiet)
        setState(old => ({
          ...(old.question === question
            ? old
            : { question, answer: kept.get(question) as Output | undefined }),
          isAsking: true,
        }));
      const finish = (found: { answer?: Output; problem?: Refusal }) => {
        if (newest.current !== question) return;
        asking.current = false;
        if (found.answer !== undefined) keep(question, found.answer);
        setState(old => {
          const before = old.question === question ? old.answer : undefined;
          const answer = found.answer === undefined || isSame(found.answer, before) ? before : found.answer;
          const isAsBefore = answer === before && found.problem === old.problem && !old.isAsking;
          return isAsBefore ? old : { question, answer, problem: found.problem, isAsking: false };
        });
      };
      ask(name, input).then(
        answer => finish({ answer }),
        problem =>
          finish({ problem: problem instanceof Refusal ? problem : new Refusal(String(problem), 0) }),
      );
    },
    [question, isOff],
  );

  const again = useCallback(() => look(false), [look]);

  useEffect(() => {
    again();
    return () => {
      newest.current = '';
      asking.current = false;
    };
  }, [again]);

  useEffect(() => {
    if (everySeconds === undefined || isOff) return undefined;
    const timer = setInterval(
      () => document.visibilityState === 'visible' && look(true),
      Math.max(1, everySeconds) * 1_000,
    );
    return () => clearInterval(timer);
  }, [look, everySeconds, isOff]);

  const isOther = state.question !== question;
  return {
    answer: isOther ? (kept.get(question) as Output | undefined) : state.answer,
    problem: isOther ? undefined : state.problem,
    isAsking: isOther ? !isOff : state.isAsking,
    again,
  };
}

/** Both came as JSON. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function keep(question: string, answer: unknown): void {
  kept.delete(question);
  kept.set(question, answer);
  const [oldest] = kept.keys();
  if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest);
}
