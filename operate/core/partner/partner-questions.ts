import * as z from 'zod';
import type { HandoffState } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { Tally } from '#shared/core/outcome/tally.ts';
import type { PartnerAnswer } from './partner-answer.ts';
import type { PartnerLink } from './partner-link.ts';

const cursor = z.string().max(4_096).optional();
const integration = z.string().max(64);
/** Of a hand-off. */
const id = z.string().max(200);

/** What the page of a partner asks. Uploads are bytes, and not among them. */
export const partnerQuestions = {
  open: z.strictObject({}),
  files: z.strictObject({ integration, cursor }),
  answer: z.strictObject({ integration, id }),
  rows: z.strictObject({ integration, id, cursor }),
} as const;

export type PartnerQuestion = keyof typeof partnerQuestions;
export type PartnerInput<Q extends PartnerQuestion> = z.infer<(typeof partnerQuestions)[Q]>;

/** What each is answered with. */
export interface PartnerAnswers {
  readonly open: Pick<PartnerLink, 'partner' | 'hasRows' | 'until'> & {
    readonly lanes: readonly PartnerLane[];
    readonly uploadBytesMax: number;
  };
  readonly files: { readonly files: readonly PartnerFile[]; readonly next: string | null };
  /** Null where a newer file of the same name was answered. */
  readonly answer: { readonly answer: Omit<PartnerAnswer, 'correlationId'> | null };
  readonly rows: { readonly base64: string; readonly next: string | null };
}

export interface PartnerLane {
  readonly id: string;
  /** Where corrected files go, for those who drop them themselves. */
  readonly fixedPrefix: string;
  /** Whether they can be sent by the page. */
  readonly takesUploads: boolean;
}

export interface PartnerFile {
  readonly id: string;
  readonly file: string;
  readonly state: HandoffState;
  readonly receivedAt: string;
  readonly settledAt: string | null;
  readonly received: number | null;
  readonly tally: Tally | null;
}

/** That a corrected file was taken. */
export interface PartnerUpload {
  /** The name under which it is in the list. */
  readonly name: string;
}
