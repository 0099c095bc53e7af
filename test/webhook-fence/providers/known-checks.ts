import type { Provider } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import type { Checked } from './provider-case.ts';

interface KnownCheck {
  readonly provider: string;
  readonly checked: Checked;
  readonly source: string;
}

/** How the schemes were checked that have a name and no case here; the checks are in `test/webhook-fence/core/signature/`. */
export const knownChecks: Partial<Readonly<Record<Provider, KnownCheck>>> = {
  'standard-webhooks': {
    provider: 'Standard Webhooks',
    checked: 'vector',
    source: 'github.com/standard-webhooks/standard-webhooks; and its library',
  },
  svix: { provider: 'Svix', checked: 'SDK', source: 'svix' },
  stripe: { provider: 'Stripe', checked: 'SDK', source: 'stripe, webhooks.generateTestHeaderString' },
  github: {
    provider: 'GitHub',
    checked: 'vector',
    source:
      'docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries; and @octokit/webhooks-methods',
  },
  shopify: { provider: 'Shopify', checked: 'SDK', source: '@shopify/shopify-api, webhooks.validate' },
  slack: {
    provider: 'Slack',
    checked: 'vector',
    source: 'docs.slack.dev/authentication/verifying-requests-from-slack',
  },
  twilio: {
    provider: 'Twilio',
    checked: 'SDK',
    source: 'twilio, validateRequest and validateRequestWithBody',
  },
  sendgrid: { provider: 'SendGrid', checked: 'SDK', source: '@sendgrid/eventwebhook' },
  paddle: { provider: 'Paddle', checked: 'SDK', source: '@paddle/paddle-node-sdk' },
  hubspot: { provider: 'HubSpot', checked: 'SDK', source: '@hubspot/api-client, Signature.getSignature' },
  square: {
    provider: 'Square',
    checked: 'vector',
    source: 'developer.squareup.com/docs/webhooks/step3validate',
  },
  adyen: {
    provider: 'Adyen',
    checked: 'vector',
    source: 'docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures',
  },
  linear: { provider: 'Linear', checked: 'SDK', source: '@linear/sdk, LinearWebhookClient' },
  gitlab: {
    provider: 'GitLab',
    checked: 'example',
    source: 'docs.gitlab.com/user/project/integrations/webhooks',
  },
  meta: {
    provider: 'Meta (Facebook, WhatsApp)',
    checked: 'example',
    source: 'developers.facebook.com/docs/graph-api/webhooks/getting-started',
  },
  vercel: { provider: 'Vercel', checked: 'example', source: 'vercel.com/docs/webhooks/webhooks-api' },
  webflow: {
    provider: 'Webflow',
    checked: 'SDK',
    source: 'webflow-api, WebflowClient.webhooks.verifySignature',
  },
  'basic-auth': { provider: 'Basic authentication', checked: 'example', source: 'RFC 7617' },
  'api-key': {
    provider: 'A key in a header',
    checked: 'example',
    source: 'the header `x-api-key`; `apiKeyScheme` for any other',
  },
};
