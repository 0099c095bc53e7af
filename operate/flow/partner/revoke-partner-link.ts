import type { InputOf, OutputOf } from '../../core/operations.ts';
import { notFound } from '../../core/problem.ts';
import type { Work } from '../work.ts';
import { linkLine } from './link-line.ts';

/** Ends a link now. Repeatable: who revoked it first stays. */
export async function revokePartnerLink(
  { ports, caller }: Work,
  { id }: InputOf<'revokePartnerLink'>,
): Promise<OutputOf<'revokePartnerLink'>> {
  const { links } = ports.partner;
  const link = await links.find(id);
  if (!link)
    throw notFound(
      `there is no link ${id}`,
      'List the links of partners. Those that ended long ago are gone.',
    );
  if (link.revoked) return linkLine(link);
  const revoked = { ...link, revoked: { by: caller.arn, at: new Date(ports.clock.now()).toISOString() } };
  await links.keep(revoked);
  return linkLine(revoked);
}
