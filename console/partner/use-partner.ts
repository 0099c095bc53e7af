import { useCallback, useEffect, useState } from 'preact/hooks';
import type {
  PartnerAnswers,
  PartnerInput,
  PartnerQuestion,
} from '#operate/core/partner/partner-questions.ts';
import { Refusal } from '../api/ask.ts';
import type { Answer } from '../api/use-answer.ts';
import { ask } from './ask.ts';

/** What was answered, in the form that the console's own parts show. */
export function usePartner<Q extends PartnerQuestion>(
  name: Q,
  input: PartnerInput<Q>,
): Answer<PartnerAnswers[Q]> {
  const [state, setState] = useState<Pick<Answer<PartnerAnswers[Q]>, 'answer' | 'problem'>>({
    answer: undefined,
    problem: undefined,
  });
  const [isAsking, setAsking] = useState(true);
  const question = JSON.stringify(input);
  const again = useCallback(() => {
    setAsking(true);
    ask(name, JSON.parse(question))
      .then(
        answer => setState({ answer, problem: undefined }),
        error => setState(old => ({ ...old, problem: new Refusal((error as Error).message, 0) })),
      )
      .finally(() => setAsking(false));
  }, [name, question]);
  useEffect(again, [again]);
  return { ...state, isAsking, again };
}
