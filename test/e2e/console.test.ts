import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { jest } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { ConsolePage } from './console-page.ts';
import { LocalApp, until } from './local-app.ts';

jest.setTimeout(120_000);
let app: LocalApp;
let shown: ConsolePage;

const sample = (path: string) => readFileSync(`integrations/acme-orders/samples/${path}`);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

beforeAll(async () => {
  app = await LocalApp.start();
  await app.drop('acme-orders', 'orders_20261106.csv', sample('dirty/orders_20261106.csv'));
  [shown] = await Promise.all([ConsolePage.open(app.folder), app.ack('acme-orders', 'orders_20261106.csv')]);
}, 180_000);

afterAll(async () => {
  await shown?.close();
  await app?.stop();
});

/** Goes to a place of the page. Gives its text, once it has what is looked for. */
async function look(path: string, what: RegExp): Promise<string> {
  await shown.page.goto(shown.origin + path);
  return until(`${what} at ${path}`, async () => {
    const text = await shown.page.locator('main').textContent();
    return text !== null && what.test(text) ? text : undefined;
  });
}

/** What axe finds against WCAG 2.2 AA and its own good practices. */
async function findings(rules = ''): Promise<string[]> {
  const run = `${axe}; axe.run(${rules && `{ runOnly: [${rules}] }`})`;
  const { violations } = (await shown.page.evaluate(run)) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

describe('the console', () => {
  it('opens by its printed address, takes the token out of it, and shows what needs people', async () => {
    await shown.page.goto(shown.address);
    await shown.page.getByRole('heading', { name: /need/ }).waitFor();
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

/** As a browser asks that was told another name for 127.0.0.1. */
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
