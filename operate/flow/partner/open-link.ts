import { isSignedByKey, readToken } from '../../core/partner/link-token.ts';
import type { PartnerLink } from '../../core/partner/partner-link.ts';
import { notAllowed } from '../../core/problem.ts';
import type { PartnerPorts } from '../../partner-ports.ts';

/** The link that a token is of, while it is good. @throws Problem that does not say why: who guesses learns nothing. */
export async function openLink(ports: PartnerPorts, text: string): Promise<PartnerLink> {
  const token = readToken(text);
  if (!token || !isSignedByKey(token, await ports.signer.publicKey())) throw isNoLink();
  const now = new Date(ports.clock.now()).toISOString();
  if (token.until <= now) throw isNoLink();
  const link = await ports.links.find(token.id);
  if (!link || link.revoked || link.until !== token.until) throw isNoLink();
  return link;
}

const isNoLink = () =>
  notAllowed('this link is not valid, or not any more', 'Ask the people who sent it for a new one.');
