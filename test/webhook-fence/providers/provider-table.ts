import { providers } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { schemeInWords } from '#adapters/webhook-fence/derive/scheme-words.ts';
import { cases } from './cases.ts';
import { knownChecks } from './known-checks.ts';

/** The rows of the guide's table: every provider, how it proves a request, and by what that was checked. */
export const providerRows = (): readonly string[] =>
  [
    ...providers.map(name =>
      row(knownChecks[name].provider, `\`${name}\`: ${schemeInWords(schemes[name])}`, knownChecks[name]),
    ),
    ...cases.map(one => row(one.provider, schemeInWords(one.scheme), one)),
  ].sort((a, b) => a.toLowerCase().localeCompare(b.toLowerCase(), 'en'));

const row = (
  provider: string,
  how: string,
  { checked, source }: { checked: string; source: string },
): string => `| ${provider} | ${how.replaceAll('|', '\\|')} | ${checked}: ${source} |`;
