import { Failure } from '../edge/failure.ts';
import { OperatorApi } from '../edge/operator-api.ts';
import { askOperator, isOperation } from './ask-operator.ts';
import type { AnswerCall, Call } from './call.ts';
import { checkRows } from './check-rows.ts';
import type { ConsolePlace } from './console-place.ts';
import { makeFixedFile } from './make-fixed-file.ts';
import type { OwnCalls } from './own-calls.ts';
import { planKindInfos } from './plan-kind-infos.ts';
import { readCatalogue } from './read-catalogue.ts';
import { readFixedFile } from './read-fixed-file.ts';
import { readRule } from './read-rule.ts';
import { readSheet } from './read-sheet.ts';
import { saveSample } from './save-sample.ts';
import { tryChange } from './try-change.ts';
import { readTry, tryFile, tryWebhook } from './try-it.ts';

type Own = {
  readonly [N in keyof OwnCalls]: (place: ConsolePlace, call: Call) => Promise<OwnCalls[N]['output']>;
};

/** What this server answers itself. */
const own: Own = {
  readConsole: async ({ stage, region, identities }) => ({
    ...{ stage, region, identities },
    planKinds: planKindInfos(),
  }),
  readCatalogue,
  readSheet,
  checkRows,
  makeFixedFile,
  readFixedFile,
  readRule,
  readTry,
  tryFile,
  tryWebhook,
  tryChange,
  saveSample,
};

const isOwn = (name: string): name is keyof OwnCalls => Object.hasOwn(own, name);

/** Answers the calls of the page by the operator's API, or by what is known on this machine. */
export function answerCalls(place: ConsolePlace): AnswerCall {
  return call => {
    const { name, as } = call;
    if (isOperation(name)) return askOperator(new OperatorApi(place.api(as)), name, call);
    if (!isOwn(name)) throw new Failure(`There is no call "${name}".`, 2);
    return own[name](place, call);
  };
}
