import type { BookChange } from '#shared/aws/book-change.ts';
import type { DynamoTable, Item } from '#shared/aws/dynamo-table.ts';
import { limits } from '#shared/contract/limits.ts';
import type { AuditDetails, AuditFact } from '#shared/core/audit/audit-fact.ts';
import { partnerLinksKey, partnerUsesPrefix } from '../core/partner/partner-keys.ts';
import type { PartnerLink } from '../core/partner/partner-link.ts';
import type { PartnerLinks, PartnerPorts } from '../partner-ports.ts';

/** Links in the operators' table, one item each, all in one partition: there are some dozens. They expire some time after their end. */
export const dynamoPartnerLinks = (table: DynamoTable): PartnerLinks => ({
  async find(id) {
    const item = await table.get(keyOf(id));
    return item && linkOf(item);
  },

  async list() {
    return (await table.query(partnerLinksKey, '')).map(linkOf);
  },

  async keep(link) {
    const expiresAt =
      Math.floor(Date.parse(link.until) / 1_000) + limits.partnerLinkKeptDays * limits.secondsADay;
    await table.put({ ...keyOf(link.id), ...link, expiresAt });
  },
});

/** Counts in items of its own, so that who counts can change no link. */
export const dynamoPartnerUses = (table: DynamoTable, now: () => number): PartnerPorts['uses'] => ({
  async countUpload(link, integration) {
    const days = limits.partnerLinkDaysMax + limits.partnerLinkKeptDays;
    const counted = await table.update(
      { pk: partnerUsesPrefix + link, sk: 'uploads' },
      {
        set: { integration, link, expiresAt: Math.floor(now() / 1_000) + days * limits.secondsADay },
        add: { uploads: 1 },
        when: {
          expression: 'attribute_not_exists(#uploads) OR #uploads < :most',
          values: { most: limits.partnerUploadsMax },
        },
      },
    );
    return counted !== undefined;
  },
});

const keyOf = (id: string) => ({ pk: partnerLinksKey, sk: id });

const linkOf = ({ pk, sk, expiresAt, ...link }: Item): PartnerLink => link as unknown as PartnerLink;

interface Use {
  readonly integration: string;
  readonly link: string;
  readonly uploads: number;
}

/** What a change of the table of operators says of links: who made and revoked them, and that one was used for an upload. */
export function partnerFacts(change: BookChange): readonly AuditFact[] {
  const { pk, before, after, isExpired } = change;
  if (isExpired) return [];
  if (pk === partnerLinksKey) return linkFacts(change);
  const use = (after ?? before) as Use | undefined;
  if (!pk.startsWith(partnerUsesPrefix) || !use) return [];
  const details: AuditDetails = after ? { what: 'uploaded', uploads: use.uploads } : { removed: 'uploads' };
  return [factOf(change, { integration: use.integration, subject: use.link, details })];
}

/** One for each lane, so that the trail of each says who may see it. */
function linkFacts(change: BookChange): readonly AuditFact[] {
  const { before, after } = change;
  const link = (after ?? before) as PartnerLink | undefined;
  if (!link) return [];
  const { id: subject, integrations, hasRows, until, by, revoked } = link;
  const made: AuditDetails = { what: 'made', by, until, hasRows };
  const said = revoked ? { what: 'revoked', by: revoked.by } : made;
  const details: AuditDetails = after ? said : { removed: 'link' };
  return integrations.map(integration => factOf(change, { integration, subject, details }));
}

const factOf = (
  { at, id: change }: BookChange,
  { integration, subject, details }: Pick<AuditFact, 'integration' | 'subject' | 'details'>,
): AuditFact => ({
  ...{ step: 'operated', integration, subject, at, change },
  details: { kind: 'partner-link', ...details },
});
