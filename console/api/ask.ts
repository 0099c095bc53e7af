import type { OwnCalls } from '#cli/console/own-calls.ts';
import type { InputOf, OperationName, OutputOf } from '#operate/core/operations.ts';
import { sessionKey } from './session.ts';

type Value = string | Readonly<Record<string, string>> | undefined;

/** What each call takes and gives: the operations of the operator's API, and what the console's own server answers. */
export type Calls = {
  readonly [N in OperationName]: {
    readonly input: { readonly [K in keyof InputOf<N>]?: Value };
    readonly output: OutputOf<N>;
  };
} & OwnCalls;

export type CallName = keyof Calls;

/** Why a call has no answer, in words for people. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** No call waits longer. The API itself answers within 29 s. */
const answerMilliseconds = 32_000;

/** As which identity of the local cloud. */
const identity = 'edge-as';
export const askedAs = (): string | undefined => sessionStorage.getItem(identity) ?? undefined;
export const askAs = (name: string): void => sessionStorage.setItem(identity, name);

/** @throws Refusal */
export async function ask<N extends CallName>(
  name: N,
  input: Calls[N]['input'],
  as: string | undefined = askedAs(),
): Promise<Calls[N]['output']> {
  const answer = await fetch(`/ask/${name}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-edge-key': sessionKey() ?? '',
      ...(as !== undefined && { 'x-edge-as': as }),
    },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(answerMilliseconds),
  }).catch((error: Error) => {
    throw new Refusal(unreached(error), 0);
  });
  const json = await answer.json().catch(() => undefined);
  if (answer.ok) return json as Calls[N]['output'];
  const { message = `The console answered ${answer.status}.` } = (json ?? {}) as {
    readonly message?: string;
  };
  throw new Refusal(message, answer.status);
}

const unreached = ({ name }: Error): string =>
  name === 'TimeoutError'
    ? `There was no answer within ${answerMilliseconds / 1_000} seconds. Try again.`
    : 'The console does not answer. Does the command that serves it still run?';
