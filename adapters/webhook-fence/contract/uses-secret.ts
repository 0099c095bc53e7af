import type { WebhookScheme } from './webhook-scheme.ts';

/** Whether the fence's secret decides what is genuine. Otherwise the provider's published keys or certificate do. */
export function usesSecret(scheme: WebhookScheme): boolean {
  if (scheme.kind === 'signed') return scheme.certificate === undefined;
  return scheme.kind === 'token' || scheme.keys === 'secret';
}
