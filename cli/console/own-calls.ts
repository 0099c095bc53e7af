import type { CatalogueInfo } from './catalogue-info.ts';
import type { ConsoleInfo } from './console-info.ts';
import type { RuleInfo } from './rule-info.ts';
import type { CheckedRow, FixedFile, FixedRows, GivenRows, SheetInfo } from './sheet-info.ts';
import type { SavedSample, TriedChange, TriedInput, TriedWebhook, TryInfo } from './try-info.ts';

/** What the console's own server answers, beside the operations of the operator's API. */
export interface OwnCalls {
  readonly readConsole: { readonly input: object; readonly output: ConsoleInfo };
  readonly readCatalogue: { readonly input: object; readonly output: CatalogueInfo };
  readonly readSheet: {
    readonly input: { readonly integration: string; readonly id: string };
    readonly output: SheetInfo;
  };
  readonly checkRows: {
    readonly input: GivenRows;
    readonly output: { readonly rows: readonly CheckedRow[] };
  };
  readonly readFixedFile: {
    readonly input: {
      readonly integration: string;
      readonly columns: readonly string[];
      readonly base64: string;
    };
    readonly output: FixedRows;
  };
  readonly readRule: { readonly input: { readonly integration: string }; readonly output: RuleInfo };
  readonly readTry: { readonly input: object; readonly output: TryInfo };
  readonly tryFile: {
    readonly input: { readonly integration: string; readonly name: string; readonly text: string };
    readonly output: { readonly name: string };
  };
  readonly tryWebhook: {
    readonly input: {
      readonly integration: string;
      readonly sample: string;
      readonly text: string;
      readonly id: string;
    };
    readonly output: TriedWebhook;
  };
  readonly tryChange: {
    readonly input: { readonly integration: string; readonly sample: string; readonly text: string };
    readonly output: TriedChange;
  };
  readonly saveSample: {
    readonly input: {
      readonly integration: string;
      readonly name: string;
      readonly about: string;
      readonly replace: boolean;
      readonly tried: TriedInput;
    };
    readonly output: SavedSample;
  };
  readonly makeFixedFile: { readonly input: GivenRows; readonly output: FixedFile };
}
