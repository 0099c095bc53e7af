import { mkdirSync } from 'node:fs';
import { readCloud } from '#cli/demo/cloud.ts';
import { localApi } from '#cli/edge/find-api.ts';
import { OperatorApi } from '#cli/edge/operator-api.ts';
import { ConsolePage } from '../browser/console-page.ts';

/** `npm run screenshots`: makes a picture of each screen of the console in `docs/console/`, of the local cloud that `npm start` left up. */
const folder = 'docs/console';
const api = new OperatorApi(localApi(readCloud(), 'operator'));
const { handoffs } = await api.ask('listHandoffs', {
  integration: 'acme-orders',
  state: 'partial',
  limit: '100',
});
const file = handoffs.find(({ file: name }) => name === 'orders_20261106.csv')?.id;
if (file === undefined) throw new Error('The samples are not there. Run `npm start` first.');
const plan = await api.ask('makePlan', { kind: 'resubmit', integration: 'acme-orders' });
const { events } = await api.ask('listEvents', {
  integration: 'acme-orders',
  from: handoffs[0]?.receivedAt ?? '',
});

const event = events.find(({ type }) => !type.startsWith('edge.'));

const screens: Readonly<Record<string, string>> = {
  overview: '/',
  integration: '/integrations/acme-orders',
  issues: '/issues',
  issue: '/issues/stripe-payments/SIGNATURE_MISMATCH',
  file: `/files/${file}`,
  'new-plan': '/plans/new?kind=resubmit&integration=acme-orders',
  plan: `/plans/${plan.id}`,
  events: `/events?from=${handoffs[0]?.receivedAt ?? ''}`,
  event: `/events/${event?.id}?at=${event?.publishedAt}`,
  sheet: `/sheets/${file}`,
  catalogue: '/catalogue/events/orders.order.created.v1',
  books: '/books',
  audit: '/audit',
  try: '/try?integration=stripe-payments',
};

const { url: partner } = await api.ask('makePartnerLink', { of: 'acme-orders' });

mkdirSync(folder, { recursive: true });
const shown = await ConsolePage.open(process.cwd(), { width: 1200, height: 760 });
const { page } = shown;
await page.goto(shown.address);
await page.getByText('Integrations').first().waitFor();
for (const [name, path] of Object.entries(screens)) {
  await page.goto(shown.origin + path);
  if (name === 'sheet') await page.getByRole('button', { name: /Show the rows/ }).click();
  await page.waitForLoadState('networkidle');
  await page.getByText(/^(Loading|Counting)/).waitFor({ state: 'detached' });
  await page.screenshot({ path: `${folder}/${name}.png` });
}
await page.goto(partner);
await page.getByRole('button', { name: /^Show the answer to orders_20261106\.csv/ }).click();
await page.waitForLoadState('networkidle');
await page.screenshot({ path: `${folder}/partner.png` });
await page.emulateMedia({ colorScheme: 'dark' });
await page.goto(shown.origin);
await page.waitForLoadState('networkidle');
await page.screenshot({ path: `${folder}/overview-dark.png` });
await shown.close();
