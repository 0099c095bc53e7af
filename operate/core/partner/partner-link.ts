/** What lets one partner see their files, until it ends or somebody revokes it. The address itself is not kept. */
export interface PartnerLink {
  readonly id: string;
  readonly partner: string;
  /** Ids of file lanes, as they were when it was made. */
  readonly integrations: readonly string[];
  /** Whether it gives the rejected rows too. */
  readonly hasRows: boolean;
  /** ARN of who made it. */
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  /** When it ends: ISO 8601 UTC, in whole seconds. */
  readonly until: string;
  readonly revoked?: { readonly by: string; readonly at: string } | undefined;
}

/** How a reading of content by a link is recorded. */
export const linkReader = ({ id }: Pick<PartnerLink, 'id'>): string => `partner-link/${id}`;
