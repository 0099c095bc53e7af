import type { CatalogueInfo } from './catalogue-info.ts';
import type { ConsoleInfo } from './console-info.ts';

/** What the console's own server answers, beside the operations of the operator's API. */
export interface OwnCalls {
  readonly readConsole: { readonly input: object; readonly output: ConsoleInfo };
  readonly readCatalogue: { readonly input: object; readonly output: CatalogueInfo };
}
