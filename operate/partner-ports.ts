import type { HandoffSearch, Ledger } from '#adapters/file-lane/ports.ts';
import type { Clock, Log } from '#shared/ports.ts';
import type { PartnerLink } from './core/partner/partner-link.ts';
import type { Objects } from './object-ports.ts';
import type { Readings, Signer } from './ports.ts';

/** Links for partners, without their addresses. */
export interface PartnerLinks {
  find(id: string): Promise<PartnerLink | undefined>;
  /** All that have not expired long ago. */
  list(): Promise<readonly PartnerLink[]>;
  /** Over an earlier form of it. */
  keep(link: PartnerLink): Promise<void>;
}

/** A file that a partner uploads. */
export interface PartnerDrop {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly link: string;
}

/** All that the page of a partner uses. */
export interface PartnerPorts {
  readonly links: Pick<PartnerLinks, 'find'>;
  readonly uses: {
    /** Counts an upload. False when the link has had as many as it may. */
    countUpload(link: string, integration: string): Promise<boolean>;
  };
  readonly search: HandoffSearch;
  readonly ledger: Pick<Ledger, 'find'>;
  readonly objects: Pick<Objects, 'read'>;
  readonly drops: { write(drop: PartnerDrop): Promise<void> };
  readonly readings: Readings;
  readonly signer: Pick<Signer, 'publicKey'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** What makes links. */
export interface PartnerLinkPorts {
  readonly links: PartnerLinks;
  readonly signer: Pick<Signer, 'sign'>;
  /** Address of the page, without a slash at its end. */
  readonly pageUrl: string;
}
