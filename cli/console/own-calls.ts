import type { ConsoleInfo } from './console-info.ts';

/** What the console's own server answers, beside the operations of the operator's API. */
export interface OwnCalls {
  readonly readConsole: { readonly input: object; readonly output: ConsoleInfo };
}
