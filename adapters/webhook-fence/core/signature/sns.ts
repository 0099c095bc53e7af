import { fieldOf } from './place.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';

const confirmations = ['SubscriptionConfirmation', 'UnsubscribeConfirmation'];

/**
 * What Amazon SNS signs (docs.aws.amazon.com/sns, "Verifying the signatures of Amazon SNS messages"): names and values of some fields,
 * a line each. Only `Message`, which comes first, may hold line breaks: so the lines after it can be divided in one way only.
 */
export function snsContent(body: Uint8Array): Uint8Array | Refusal {
  const type = textOf(body, 'Type');
  if (isRefusal(type)) return type;
  const names = confirmations.includes(type)
    ? ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
    : ['Message', 'MessageId', ...(hasSubject(body) ? ['Subject'] : []), 'Timestamp', 'TopicArn', 'Type'];
  const lines: string[] = [];
  for (const name of names) {
    const text = textOf(body, name);
    if (isRefusal(text)) return text;
    lines.push(`${name}\n${text}\n`);
  }
  return Buffer.from(lines.join(''));
}

function hasSubject(body: Uint8Array): boolean {
  const subject = fieldOf(body, '/Subject');
  return subject !== undefined && subject !== null;
}

function textOf(body: Uint8Array, name: string): string | Refusal {
  const value = fieldOf(body, `/${name}`);
  if (isRefusal(value)) return value;
  if (typeof value !== 'string') return refusal('MALFORMED_BODY', `the message has no ${name}`);
  return name !== 'Message' && value.includes('\n')
    ? refusal('MALFORMED_BODY', `${name} holds a line break`)
    : value;
}
