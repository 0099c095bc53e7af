interface BundledFunction {
  /** Names the bundle's folder. */
  readonly name: string;
  /** A file of `functions/`. */
  readonly handler: string;
  readonly factory: string;
}

/** A function of one integration: `factory` is called with its contract. */
export interface IntegrationEntry extends BundledFunction {
  readonly integration: string;
}

/** A function of the platform: `factory` is called with plain data, with the registered integrations, or with nothing. */
export interface PlatformEntry extends BundledFunction {
  readonly data?: unknown;
  readonly isRegistered?: true;
  /** A page that `factory` gets too: see `page-in-bundle.ts`. */
  readonly page?: 'partner';
}

/** One function to be bundled. */
export type BundleEntry = IntegrationEntry | PlatformEntry;

/** The source of the function. */
export const entryText = (entry: BundleEntry): string =>
  'integration' in entry ? integrationText(entry) : platformText(entry);

const integrationText = ({ integration, handler, factory }: IntegrationEntry): string =>
  `import contract from './integrations/${integration}/contract.ts';
import { ${factory} } from './functions/${handler}';

export const handler = ${factory}(contract);
`;

const platformText = ({ data, handler, factory, isRegistered, page }: PlatformEntry): string =>
  isRegistered ? registeredText({ handler, factory, page }) : plainText({ data, handler, factory });

const registeredText = ({
  handler,
  factory,
  page,
}: Pick<PlatformEntry, 'handler' | 'factory' | 'page'>): string =>
  `import { ${factory} } from './functions/${handler}';
import { registered } from './functions/registered.ts';
${page ? `import page from 'page:${page}';\n` : ''}
export const handler = registered(${page ? `integrations => ${factory}(integrations, page)` : factory});
`;

const plainText = ({ data, handler, factory }: Omit<PlatformEntry, 'name'>): string =>
  `import { ${factory} } from './functions/${handler}';

export const handler = ${factory}(${data === undefined ? '' : JSON.stringify(data)});
`;
