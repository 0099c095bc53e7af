import { type OperationName, operationNames, operations, routeKeyOf } from '../core/operations.ts';
import { notFound, Problem, type ProblemText } from '../core/problem.ts';
import { readInput } from '../core/read-input.ts';
import { handlers } from './handlers.ts';
import type { Work } from './work.ts';

/** A request as the gateway hands it over. */
export interface AskedRequest {
  readonly routeKey: string;
  /** Parameters of path and query, and the fields of the body. @throws Problem */
  readonly parameters: () => object;
}

export interface Answer {
  readonly status: number;
  readonly body: object;
}

/** Answers one request, and logs who asked for what. */
export async function answerRequest(work: Work, { routeKey, parameters }: AskedRequest): Promise<Answer> {
  const { log } = work.ports;
  const fields = { caller: work.caller.arn, operation: routeKey };
  try {
    const name = operationNames.find(one => routeKeyOf(operations[one]) === routeKey);
    if (!name) throw notFound(`there is no operation ${routeKey}`, 'See docs/operator-api.json.');
    const body = await perform(work, name, parameters());
    log.info('operation answered', { ...fields, status: 200 });
    return { status: 200, body };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    log.info('operation answered', { ...fields, status: error.text.status, code: error.text.code });
    return answerOf(error.text);
  }
}

/** The answer leaves through its shape, so that no field leaves that is not documented. */
async function perform<N extends OperationName>(work: Work, name: N, parameters: object): Promise<object> {
  const output = await handlers[name](work, readInput(name, parameters));
  return operations[name].output.parse(output);
}

const answerOf = (text: ProblemText): Answer => ({ status: text.status, body: text });
