import type { PartnerLink } from '../../core/partner/partner-link.ts';
import type { PartnerLinkLine } from '../../core/shapes/partner-links.ts';

/** A link as lists show it. */
export const linkLine = ({ revoked, integrations, ...link }: PartnerLink): PartnerLinkLine => ({
  ...link,
  integrations: [...integrations],
  revoked: revoked ?? null,
});
