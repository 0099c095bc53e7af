import { isDeepStrictEqual } from 'node:util';
import { type Provider, providers } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { schemeInWords } from '#adapters/webhook-fence/derive/scheme-words.ts';
import { cases } from './cases.ts';
import { knownChecks } from './known-checks.ts';
import type { ProviderCase } from './provider-case.ts';

/** The rows of the guide's table: every provider, how it proves a request, and by what that was checked. */
export const providerRows = (): readonly string[] =>
  [
    ...providers.flatMap(name => {
      const known = knownChecks[name];
      return known ? [row(known.provider, `\`${name}\`: ${schemeInWords(schemes[name])}`, known)] : [];
    }),
    ...cases.map(one => row(one.provider, nameOf(one) + schemeInWords(one.scheme), one)),
  ].sort((a, b) => a.toLowerCase().localeCompare(b.toLowerCase(), 'en'));

/** Where the scheme also has a name. */
const nameOf = ({ scheme: { name }, scheme }: ProviderCase): string =>
  isDeepStrictEqual(schemes[name as Provider], scheme) ? `\`${name}\`: ` : '';

const row = (
  provider: string,
  how: string,
  { checked, source }: { checked: string; source: string },
): string => `| ${provider} | ${how.replaceAll('|', '\\|')} | ${checked}: ${source} |`;
