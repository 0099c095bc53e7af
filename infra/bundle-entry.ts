/** One function to be bundled: `factory` of `handler` (a file of `functions/`), called with the integration's contract. */
export interface BundleEntry {
  /** Names the bundle's folder. */
  readonly name: string;
  readonly integration: string;
  readonly handler: string;
  readonly factory: string;
}

/** The source of the function. */
export const entryText = ({ integration, handler, factory }: BundleEntry): string =>
  `import contract from './integrations/${integration}/contract.ts';
import { ${factory} } from './functions/${handler}';

export const handler = ${factory}(contract);
`;
