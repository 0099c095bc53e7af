import { randomUUID } from 'node:crypto';
import { limits } from '#shared/contract/limits.ts';
import type { KnownIntegration } from '../../core/known-integration.ts';
import type { InputOf, OutputOf } from '../../core/operations.ts';
import { signedText, tokenText } from '../../core/partner/link-token.ts';
import type { PartnerLink } from '../../core/partner/partner-link.ts';
import { notFound } from '../../core/problem.ts';
import type { Work } from '../work.ts';
import { linkLine } from './link-line.ts';

type Asked = InputOf<'makePartnerLink'>;
type Made = OutputOf<'makePartnerLink'>;

export const makePartnerLink = (work: Work, asked: Asked): Promise<Made> => make(work, asked, false);

/** Who may see rows may hand them to the partner whose rows they are. */
export const makePartnerLinkWithRows = (work: Work, asked: Asked): Promise<Made> => make(work, asked, true);

/** It is kept before anybody gets its address, so that each address that exists can be revoked. */
async function make(
  { integrations, ports, caller }: Work,
  { of, days }: Asked,
  hasRows: boolean,
): Promise<Made> {
  const lanes = lanesOf(integrations, of);
  const now = ports.clock.now();
  const link: PartnerLink = {
    ...{ id: randomUUID(), partner: lanes[0].partner, integrations: lanes.map(({ id }) => id), hasRows },
    ...{ by: caller.arn, madeAt: new Date(now).toISOString() },
    until: new Date((Math.floor(now / 1_000) + days * limits.secondsADay) * 1_000).toISOString(),
  };
  const { links, signer, pageUrl } = ports.partner;
  const signature = await signer.sign(signedText(link));
  await links.keep(link);
  return { ...linkLine(link), url: `${pageUrl}/partner#${tokenText({ ...link, signature })}` };
}

function lanesOf(
  integrations: readonly KnownIntegration[],
  of: string,
): readonly [KnownIntegration, ...KnownIntegration[]] {
  const lanes = integrations.filter(({ kind }) => kind === 'file-lane');
  const [first, ...others] = lanes.filter(({ id, partner }) => id === of || partner === of);
  if (first) return [first, ...others];
  throw notFound(
    `there is no file lane, and no partner with file lanes, named "${of}"`,
    `File lanes are ${lanes.map(({ id, partner }) => `${id} (${partner})`).join(', ')}.`,
  );
}
