import type {
  PartnerAnswers,
  PartnerInput,
  PartnerQuestion,
  PartnerUpload,
} from '#operate/core/partner/partner-questions.ts';

const stored = 'edge-partner-link';
const answerMilliseconds = 32_000;

/** Takes the token of the link out of the address, so that neither history nor a picture of the page has it. It stays in this tab alone. */
export function keepToken(): void {
  const token = location.hash.slice(1);
  if (token === '') return;
  sessionStorage.setItem(stored, token);
  history.replaceState(null, '', location.pathname);
}

/** @throws Error in words for people */
export const ask = <Q extends PartnerQuestion>(name: Q, input: PartnerInput<Q>): Promise<PartnerAnswers[Q]> =>
  post(`/partner/${name}`, JSON.stringify(input), 'application/json') as Promise<PartnerAnswers[Q]>;

/** @throws Error in words for people */
export const upload = (integration: string, file: Blob): Promise<PartnerUpload> =>
  post(
    `/partner/upload?integration=${encodeURIComponent(integration)}`,
    file,
    'application/octet-stream',
  ) as Promise<PartnerUpload>;

async function post(path: string, body: string | Blob, type: string): Promise<unknown> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${sessionStorage.getItem(stored) ?? ''}` },
    body,
    signal: AbortSignal.timeout(answerMilliseconds),
  }).catch(() => {
    throw new Error('There is no answer. Check your connection, and try again.');
  });
  const json = (await answer.json().catch(() => ({}))) as {
    readonly detail?: string;
    readonly remedy?: string;
  };
  if (answer.ok) return json;
  throw new Error(wordsOf(answer.status, json));
}

function wordsOf(
  status: number,
  { detail, remedy }: { readonly detail?: string; readonly remedy?: string },
): string {
  if (detail !== undefined)
    return `${detail.slice(0, 1).toUpperCase()}${detail.slice(1)}. ${remedy ?? ''}`.trim();
  if (status === 413) return 'The file is too large. Send its rows in several files.';
  if (status === 429) return 'Too many people ask at once. Try again in a minute.';
  return 'Something went wrong on our side. Try again in a minute.';
}
