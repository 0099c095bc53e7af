import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { jest } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { type AuditLine, LocalApp, until } from '#test/e2e/local-app.ts';
import { ConsolePage } from './console-page.ts';

jest.setTimeout(180_000);
let app: LocalApp;
let shown: ConsolePage;

const sample = (path: string) => readFileSync(`integrations/acme-orders/samples/${path}`);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

beforeAll(async () => {
  app = await LocalApp.start();
  await app.drop('acme-orders', 'orders_20261106.csv', sample('dirty/orders_20261106.csv'));
  [shown] = await Promise.all([ConsolePage.open(app.folder), app.ack('acme-orders', 'orders_20261106.csv')]);
}, 300_000);

afterAll(async () => {
  await shown?.close();
  await app?.stop();
});

/** Goes to a place of the page. Gives its text, once it has what is looked for. */
async function look(path: string, what: RegExp): Promise<string> {
  await shown.page.goto(shown.origin + path, { waitUntil: 'commit' });
  return until(`${what} at ${path}`, async () => {
    const text = await shown.page.locator('main').textContent();
    return text !== null && what.test(text) ? text : undefined;
  });
}

/** What axe finds against WCAG 2.2 AA and its own good practices. */
async function findings(rules = '', page = shown.page): Promise<string[]> {
  const run = `${axe}; axe.run(${rules && `{ runOnly: [${rules}] }`})`;
  const { violations } = (await page.evaluate(run)) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

describe('the console', () => {
  it('opens by its printed address, takes the token out of it, and shows what needs people', async () => {
    await shown.page.goto(shown.address);
    await shown.page.getByRole('heading', { name: 'Needs you' }).waitFor();
    expect(shown.page.url()).toBe(`${shown.origin}/`);
    const text = await look('/', /acme-orders/);
    expect(text).toContain('open issues');
    expect(await findings()).toEqual([]);
    expect(shown.complaints).toEqual([]);
  });
});

const button = (name: string | RegExp) => shown.page.getByRole('button', { name });
const link = (name: string | RegExp) => shown.page.getByRole('link', { name });

describe('an operator', () => {
  it('follows an issue from its list to its units, and acknowledges and resolves it', async () => {
    await look('/issues?integration=acme-orders', /NOT_A_DATE/);
    await link('NOT_A_DATE').first().click();
    await shown.page.getByText('npm run edge -- acknowledge acme-orders NOT_A_DATE').waitFor();
    await button('Acknowledge').click();
    await shown.page.getByText('user/operator').waitFor();
    await button('Resolve').click();
    await shown.page.getByText('resolved', { exact: true }).first().waitFor();
    await link('Quarantined units with this code').click();
    await shown.page.getByRole('cell', { name: 'NOT_A_DATE' }).first().waitFor();
  });

  it('reads the story of a file: its steps, its faults at their place, and what the partner was told', async () => {
    await look('/integrations/acme-orders?name=orders_20261106', /orders_20261106/);
    await link('orders_20261106.csv').click();
    await shown.page.getByText('Settled: partial').waitFor();
    const text = await shown.page.locator('main').textContent();
    expect(text).toContain('orders_20261106.csv.rejected.csv');
    await shown.page.getByRole('cell', { name: 'NOT_A_DATE' }).first().waitFor();
  });

  it('sends a dead letter back by a plan that was counted first', async () => {
    await app.deadLetter('globex-shipments', { never: 'read' });
    await look('/dead-letters', /globex-shipments/);
    await link('globex-shipments').click();
    await link('Plan: send all of them back').click();
    await button('Count it').click();
    await shown.page.getByText('Nothing is done yet.').waitFor();
    await button(/^Run it: 1 unit$/).click();
    await shown.page.getByText('Nothing is left to do.').waitFor();
    expect(await shown.page.locator('main').textContent()).toContain('npm run edge -- jobs');
  });
});

/** The sheet of a file, once somebody asked for its content. */
async function openSheet(handoff: string): Promise<void> {
  await shown.page.goto(`${shown.origin}/sheets/${handoff}`);
  await shown.page.getByRole('button', { name: 'Show the rows as reader' }).click();
  await shown.page.getByRole('grid').waitFor();
}

describe('a plan', () => {
  it('is not made when somebody chooses from a list, but when they have it counted', async () => {
    await shown.page.goto(`${shown.origin}/plans/new?kind=resubmit&integration=acme-orders`);
    await shown.page.getByLabel('files in this state').selectOption('partial');
    await shown.page.getByText('--state partial').waitFor();
    await button('Count it').click();
    await shown.page.getByText('Nothing is done yet.').waitFor();
    await shown.page.getByText('partial', { exact: true }).waitFor();
  });
});

describe('a plan that is large', () => {
  it('is approved by another person, and then run', async () => {
    for (let n = 0; n < 21; n++) await app.deadLetter('stripe-payments', { n });
    await shown.page.goto(`${shown.origin}/plans/new?kind=redrive&integration=stripe-payments`);
    await button('Count it').click();
    await shown.page.getByText('another person must approve it').waitFor();
    await button('Approve as approver').click();
    await button(/^Run it/).click();
    await shown.page.getByText('21 of 21').waitFor();
    expect(await shown.page.locator('main').textContent()).toContain('user/approver');
  });
});

describe('quarantined rows', () => {
  it('are corrected in a sheet that the contract checks, and published from the file that it makes', async () => {
    const { correlationId } = await app.ack('acme-orders', 'orders_20261106.csv');
    await openSheet(correlationId);
    await shown.page.getByRole('complementary').getByText('NOT_A_DATE').waitFor();
    await shown.page.getByRole('grid').focus();
    await shown.page.keyboard.type('2026-11-05T25:00:00Z');
    await shown.page.keyboard.press('Enter');
    await shown.page.getByText('1 changed').waitFor();
    await shown.page.keyboard.press('Enter');
    await shown.page.keyboard.type('2026-11-05T10:00:00Z');
    await shown.page.keyboard.press('Enter');
    await shown.page.getByText('1 would be accepted').waitFor();
    expect(await findings()).toEqual([]);
    const saved = shown.page.waitForEvent('download');
    await button('Download the corrected rows').click();
    const file = readFileSync(await (await saved).path());
    await app.dropFixed('acme-orders', 'corrected.csv', file);
    expect(await app.ack('acme-orders', 'corrected.csv')).toMatchObject({
      state: 'complete',
      balanced: true,
    });
    const isReading = ({ details }: AuditLine) => details.kind === 'content';
    const facts = await app.audited('acme-orders', (_, lines) => lines.some(isReading));
    expect(facts.find(isReading)).toMatchObject({ step: 'operated', details: { of: 'rows', what: 'read' } });
  });

  it('are shown as text, whatever they hold', async () => {
    const header = sample('dirty/orders_20261106.csv').toString().split('\n')[0]!;
    const html = '<img src=x onerror="document.title=1">';
    const row = (key: string, sku: string) => `${key},never,a@example.com,,${sku},1,1.00,EUR,DE,NEW`;
    const quoted = html.replaceAll('"', '""');
    const rows = [
      row(`"${quoted}"`, '\u202eabc'),
      row('A-1', 'a\u0007b'),
      row('A-2', 'x'.repeat(10_000_000)),
    ];
    await app.drop('acme-orders', 'orders_20261130.csv', [header, ...rows, ''].join('\n'));
    await app.drop('acme-orders', 'orders_<b>bold.csv', 'a\n');
    const { correlationId } = await app.ack('acme-orders', 'orders_20261130.csv');
    await openSheet(correlationId);
    const text = await shown.page.getByRole('grid').textContent();
    expect(text).toContain(html);
    expect(text).toContain('⟨U+202E⟩abc');
    expect(text).toContain('a␇b');
    await look('/integrations/acme-orders', /orders_<b>bold/);
    expect(shown.complaints).toEqual([]);
  });
});

describe('an author of a contract', () => {
  it('sends a webhook that is signed as its provider signs it, and sees what became of it', async () => {
    await look('/try?integration=stripe-payments', /Sign and send it/);
    await button('Sign and send it').click();
    await shown.page.getByText('the sender got').waitFor();
    expect(await shown.page.locator('main').textContent()).toMatch(/answer202.*outcome●?published/);
    await link(/^payments\.payment/)
      .first()
      .click();
    await button('Show it as reader').first().click();
    await shown.page.getByText('With its data:').waitFor();
    await button('Show it as reader').click();
    await shown.page.getByText('"livemode"').waitFor();
    await button('Show the contract').click();
    await shown.page.getByText('defineWebhookFence(').waitFor();
    expect(shown.complaints).toEqual([]);
  });

  it('writes a change into the log of a feed, and sees the event that it became', async () => {
    await look('/try?integration=crm-customers', /Write it into the log/);
    await button('Write it into the log').click();
    await shown.page.getByText('What became of it').waitFor();
    expect(await shown.page.locator('main').textContent()).toMatch(/outcome●?published/);
  });
});

describe('a partner', () => {
  it('sees their files and faults by a link, sends a corrected file, and nothing once it is revoked', async () => {
    await look('/integrations/acme-orders', /Page for the partner/);
    await button('Make a link').click();
    const url = await shown.page.locator('code.address').textContent();
    const page = await shown.stranger();
    await page.goto(url!);
    const show = page.getByRole('button', { name: 'Show the answer to orders_20261106.csv' }).first();
    await show.click();
    await page.getByRole('cell', { name: 'placed_at' }).first().waitFor();
    expect(page.url()).not.toContain('#');
    const text = (await page.locator('main').textContent())!;
    expect(text).toContain('orders_<b>bold.csv');
    expect(text).not.toContain('globex');
    expect(await findings('', page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const file = { name: '../<b>.csv', mimeType: 'text/csv', buffer: Buffer.from('a,fault_id\n1,x\n') };
    await page.getByLabel('Send a corrected file').setInputFiles(file);
    await page.getByRole('button', { name: 'Send it' }).click();
    const said = (await page.getByRole('status').filter({ hasText: 'It is sent' }).textContent())!;
    const [, name = ''] = /acme\/fixed\/(corrected-[\w-]+\.csv)/.exec(said) ?? [];
    expect((await app.ack('acme-orders', name)).state).toBe('rejected');
    await shown.page.getByRole('button', { name: 'Revoke' }).click();
    await shown.page.getByText('revoked').first().waitFor();
    expect(shown.complaints).toEqual([]);
    await page.reload();
    await page.getByText('This link is not valid, or not any more.').waitFor();
    shown.complaints.length = 0;
  });
});

/** The first link of a page whose address begins so. */
const firstHref = async (path: string, begin: string): Promise<string> => {
  await shown.page.goto(shown.origin + path);
  const found = shown.page.locator(`main a[href^="${begin}"]`).first();
  return (await found.getAttribute('href'))!;
};

describe('screens of one file, event, delivery, reject and plan', () => {
  it('can be used by everybody', async () => {
    const [fence] = app.description.fences.filter(({ id }) => id === 'stripe-payments');
    const forged = `t=${Math.floor(Date.now() / 1_000)},v1=${'0'.repeat(64)}`;
    const headers = { 'content-type': 'application/json', 'stripe-signature': forged };
    expect((await fetch(fence!.url, { method: 'POST', headers, body: '{}' })).status).toBe(401);
    const { correlationId } = await app.ack('acme-orders', 'orders_20261106.csv');
    const event = await firstHref('/events?integration=stripe-payments', '/events/');
    const delivery = await firstHref(event, '/units/stripe-payments/');
    const reject = await firstHref('/integrations/stripe-payments', '/rejects/');
    const plan = await firstHref('/plans', '/plans/2');
    const found: string[] = [];
    for (const [path, what] of [
      [`/files/${correlationId}`, /What happened/],
      [event, /Attributes|type/],
      [delivery, /not quarantined/],
      [reject, /as it came/],
      [plan, /redrive|resubmit/],
    ] as const) {
      await look(path, what);
      found.push(...(await findings()).map(one => `${path}: ${one}`));
    }
    expect(found).toEqual([]);
  });
});

describe('rejected requests', () => {
  it('are released by a plan for a span of time, which counts them first', async () => {
    const hour = 3_600_000;
    const span = new URLSearchParams({
      from: new Date(Date.now() - hour).toISOString(),
      to: new Date(Date.now() + hour).toISOString(),
    });
    await look(`/plans/new?kind=release&integration=stripe-payments&${span}`, /--from/);
    await button('Count it').click();
    await shown.page.getByText(/Nothing to do|Nothing is done yet/).waitFor();
  });
});

describe('every screen', () => {
  it.each([
    ['/', /need you/],
    ['/integrations/acme-orders', /orders_20261106/],
    ['/integrations/stripe-payments', /rejected request/],
    ['/issues', /NOT_A_NUMBER/],
    ['/issues/acme-orders/NOT_A_DATE', /What to do/],
    ['/dead-letters', /dead letter/i],
    ['/plans', /redrive/],
    ['/plans/new?kind=replay&integration=acme-orders', /Count it/],
    ['/events?follow=yes', /Following/],
    ['/quarantine/acme-orders', /NOT_A_DATE/],
    ['/catalogue', /orders.order.created.v1/],
    ['/catalogue/events/orders.order.created.v1', /personal/],
    ['/catalogue/integrations/acme-orders', /Purpose/],
    ['/books', /balance/],
    ['/audit', /as it was written/],
    ['/search?q=orders_2026', /orders_20261106/],
    ['/try?integration=stripe-payments', /Sign and send it/],
    ['/nowhere', /no page at this address/],
  ])('%s can be used by everybody, dark and light, on a phone', async (path, what) => {
    await look(path, what);
    const found = await findings();
    await shown.page.evaluate("document.documentElement.dataset.theme = 'dark'");
    found.push(...(await findings("'color-contrast'")));
    await shown.page.setViewportSize({ width: 360, height: 780 });
    expect(await shown.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await shown.page.setViewportSize({ width: 1440, height: 900 });
    expect(found).toEqual([]);
    expect(shown.complaints).toEqual([]);
  });
});

/** As a browser asks that found another name for 127.0.0.1. */
const rebound = (origin: string): Promise<number | undefined> =>
  new Promise((done, fail) =>
    request(origin, { headers: { host: `evil.example:${new URL(origin).port}` } }, answer => {
      answer.resume();
      done(answer.statusCode);
    })
      .on('error', fail)
      .end(),
  );

describe('the server of the console', () => {
  const post = (path: string, headers: Record<string, string> = {}, body = '{}') =>
    fetch(shown.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: shown.origin, ...headers },
      body,
    });

  it('opens no session for a wrong token, and answers no call without one', async () => {
    expect((await post('/session', {}, '{"token":"guessed"}')).status).toBe(401);
    expect((await post('/ask/listIntegrations')).status).toBe(401);
    const [cookie] = await shown.context.cookies(`${shown.origin}/ask`);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/ask' });
    const withoutKey = await post('/ask/listIntegrations', { cookie: `${cookie!.name}=${cookie!.value}` });
    expect(withoutKey.status).toBe(401);
  });

  it('answers no other page, and no other name for its address', async () => {
    expect((await post('/session', { origin: 'http://evil.example' })).status).toBe(403);
    expect((await post('/session', { 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect(await rebound(shown.origin)).toBe(421);
  });

  it('sends a page that runs nothing but its own small bundle', async () => {
    const page = await fetch(`${shown.origin}/issues`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    const paths = [...(await page.text()).matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(
      ([, path]) => path!,
    );
    const files = await Promise.all(paths.map(path => fetch(shown.origin + path)));
    const bytes = files.map(({ headers }) => Number(headers.get('content-length')));
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(150_000);
    // zod and the AWS SDK would be code of the server.
    const code = await files.at(-1)!.text();
    expect(code).not.toMatch(/ZodError|aws-sdk/);
  });
});
