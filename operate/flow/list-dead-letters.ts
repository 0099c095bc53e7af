import { limits } from '#shared/contract/limits.ts';
import { integrationOfKind } from '../core/known-integrations.ts';
import { subjectOf } from '../core/letter-subject.ts';
import type { InputOf, OutputOf } from '../core/operations.ts';
import { notDeployed } from '../core/problem.ts';
import type { Work } from './work.ts';

export async function listDeadLetters(
  { integrations, ports }: Work,
  { integration }: InputOf<'listDeadLetters'>,
): Promise<OutputOf<'listDeadLetters'>> {
  integrationOfKind(integrations, integration, ['file-lane', 'webhook-fence']);
  const letters = await ports.deadLetters.read(integration, limits.deadLettersReadMax);
  if (letters === 'missing') throw notDeployed(integration);
  const oldestFirst = [...letters].sort((a, b) => a.sentAt - b.sentAt);
  return {
    deadLetters: oldestFirst.map(({ messageId, sentAt, receives, reason = null, body }) => ({
      ...{ integration, messageId, receives, reason },
      sentAt: new Date(sentAt).toISOString(),
      about: subjectOf(body),
    })),
    more: letters.length === limits.deadLettersReadMax,
  };
}
