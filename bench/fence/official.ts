import { verify as verifyGithub } from '@octokit/webhooks-methods';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { required } from '#local/required.ts';
import { type CaseName, type FenceCase, secret } from './requests.ts';

const { signature } = new Stripe('sk_test_none').webhooks;
const standard = new Webhook(secret);

type Check = (given: FenceCase) => unknown;

const stripe: Check = ({ body, headers }) =>
  required(signature ?? undefined, 'signature').verifyHeader(
    body,
    headers['stripe-signature'] ?? '',
    secret,
    300,
  );

/** Each provider's own library, verifying alone; `standardwebhooks` parses the body besides, for it cannot be told not to. */
export const official: Readonly<Record<CaseName, Check>> = {
  'stripe-pretty': stripe,
  'stripe-compact': stripe,
  github: ({ body, headers }) => verifyGithub(secret, body, headers['x-hub-signature-256'] ?? ''),
  fleet: ({ body, headers }) => standard.verify(body, { ...headers }),
};
