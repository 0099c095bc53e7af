import { Failure } from '../edge/failure.ts';
import { OperatorApi } from '../edge/operator-api.ts';
import { askOperator, isOperation } from './ask-operator.ts';
import type { AnswerCall, Call } from './call.ts';
import type { ConsolePlace } from './console-place.ts';
import { planKindInfos } from './plan-kind-infos.ts';

type Own = (place: ConsolePlace, call: Call) => Promise<unknown>;

/** What this server answers itself. */
const own: Readonly<Record<string, Own>> = {
  readConsole: async ({ stage, region, identities }) => ({
    ...{ stage, region, identities },
    planKinds: planKindInfos(),
  }),
};

/** Answers the calls of the page by the operator's API, or by what is known on this machine. */
export function answerCalls(place: ConsolePlace): AnswerCall {
  return call => {
    const { name, input, as } = call;
    if (isOperation(name)) return askOperator(new OperatorApi(place.api(as)), name, input);
    const answer = Object.hasOwn(own, name) ? own[name] : undefined;
    if (!answer) throw new Failure(`There is no call "${name}".`, 2);
    return answer(place, call);
  };
}
