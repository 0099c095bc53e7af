import type { OutputOf } from '../../core/operations.ts';
import type { Work } from '../work.ts';
import { linkLine } from './link-line.ts';

export async function listPartnerLinks({ ports }: Work): Promise<OutputOf<'listPartnerLinks'>> {
  const links = [...(await ports.partner.links.list())];
  links.sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1));
  return { links: links.map(linkLine) };
}
