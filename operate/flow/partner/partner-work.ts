import type { PartnerLink } from '../../core/partner/partner-link.ts';
import { notFound } from '../../core/problem.ts';
import type { ReconciledLane } from '../../core/reconcile/known-lane.ts';
import type { RegisteredIntegration } from '../../core/retention/registered-integration.ts';
import type { PartnerPorts } from '../../partner-ports.ts';

/** What one call of the page of a partner is answered with. */
export interface PartnerWork {
  readonly integrations: readonly RegisteredIntegration[];
  readonly ports: PartnerPorts;
  readonly link: PartnerLink;
}

/** File lanes of the link that are still deployed. */
export const lanesOf = ({ integrations, link }: PartnerWork): readonly ReconciledLane[] =>
  integrations.flatMap(({ id, lane }) => (lane && link.integrations.includes(id) ? [lane] : []));

/** @throws Problem for a lane of another partner, as for one that is not there. */
export function laneOf(work: PartnerWork, id: string): ReconciledLane {
  const lane = lanesOf(work).find(one => one.id === id);
  if (lane) return lane;
  throw notFound('this link has no such lane', 'Load the page again.');
}
