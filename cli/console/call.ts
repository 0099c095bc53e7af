/** A call of the page: an operation of the operator's API, or of this server. */
export interface Call {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** As which identity of the local cloud. */
  readonly as: string | undefined;
}

/** What answers the calls of the page. @throws Failure */
export type AnswerCall = (call: Call) => Promise<unknown>;
