import { refusalWords } from '#adapters/webhook-fence/core/webhook/refusal-words.ts';
import { faultKinds } from '#shared/contract/fault.ts';

/** What a fault code means, and what to do about it. */
export interface IssueText {
  readonly meaning: string;
  readonly remedy: string;
}

const texts: Readonly<Record<string, IssueText>> = {
  ...refusalWords,
  ...faultKinds,
  NOT_DELIVERED: {
    meaning: 'the provider has an item of which no delivery was accepted',
    remedy:
      'Ask the provider to send it again, or look whether its delivery was refused: npm run edge -- rejects <fence>. The reconciler notices when it comes.',
  },
  LISTING_REFUSED: {
    meaning: 'the provider does not let us list what it has',
    remedy: 'Write a token that may list into the secret of the listing. The runbook names it.',
  },
  DEAD_LETTER: {
    meaning: 'a message was tried too often, and waits among the dead letters',
    remedy: 'Fix what its reason names, then redrive the dead letters.',
  },
};

/** Codes come from logs, so any text may be asked for. */
export function issueText(code: string): IssueText {
  const { meaning, remedy } = Object.hasOwn(texts, code) && texts[code] ? texts[code] : unknown;
  return { meaning, remedy };
}

const unknown: IssueText = {
  meaning: 'this release knows no fault of this code',
  remedy: 'Look for the code in the log and the runbook of the integration.',
};
