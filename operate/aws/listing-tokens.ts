import * as z from 'zod';
import { listingSecretName } from '#adapters/webhook-fence/contract/provider-listing.ts';
import { webhookSecrets } from '#shared/aws/secrets.ts';
import type { NamedStage } from '#shared/contract/named-stage.ts';
import type { ReconcilePorts } from '../reconcile-ports.ts';

const document = z.object({ token: z.string().min(1) });

/** Undefined while nobody wrote one, or where the secret holds something else. */
export const listingTokens = (stage: NamedStage): ReconcilePorts['listingTokens'] => ({
  async read(fence) {
    const { text, isGenerated } = await webhookSecrets(listingSecretName(stage, fence)).read();
    return isGenerated ? undefined : tokenIn(text);
  },
});

function tokenIn(text: string): string | undefined {
  try {
    return document.safeParse(JSON.parse(text)).data?.token;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
