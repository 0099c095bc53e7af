import type { CampaignOptions, Failure } from './campaign.ts';

/** A part of a campaign, for one worker. */
export interface Share extends Omit<CampaignOptions, 'onProgress'> {
  readonly subject: string;
}

export interface ShareDone {
  readonly failures: readonly Failure[];
  /** How many of its seeds reached each mark. */
  readonly marks: readonly (readonly [string, number])[];
}
