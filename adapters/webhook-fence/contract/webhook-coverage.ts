import type { WebhookScheme } from './webhook-scheme.ts';
import { holdsPlaceholder } from './webhook-template.ts';

export type Coverage = 'body' | 'form' | 'fields' | 'sender';

/**
 * What a valid signature or token covers: the body's bytes, its form fields, some of its fields, or only the sender. Anyone who saw
 * one genuine request can have changed what is not covered.
 */
export function coverageOf(scheme: WebhookScheme): Coverage {
  if (scheme.kind === 'token') return 'sender';
  if (scheme.kind === 'jwt') {
    if (scheme.bodyHash || scheme.token.detached) return 'body';
    return 'field' in scheme.token ? 'fields' : 'sender';
  }
  if (typeof scheme.content !== 'string') return ofNamed[scheme.content.named];
  if (scheme.unsignedBody) return 'sender';
  return holdsPlaceholder(scheme.content, 'body') ? 'body' : 'form';
}

const ofNamed = { twilio: 'form', 'adyen-payment': 'fields', 'aws-sns': 'fields' } as const;

/** Of a scheme that covers some fields, those that are covered completely, as JSON pointers. */
export function signedFieldsOf(scheme: WebhookScheme): readonly string[] {
  if (scheme.kind === 'jwt' && 'field' in scheme.token) return [scheme.token.field];
  const isSns =
    scheme.kind === 'signed' && typeof scheme.content !== 'string' && scheme.content.named === 'aws-sns';
  return isSns ? snsFields : [];
}

const snsFields = ['/Message', '/MessageId', '/Subject', '/Timestamp', '/TopicArn', '/Type'];
