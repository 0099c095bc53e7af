import type { ProviderListing } from '#adapters/webhook-fence/contract/provider-listing.ts';
import { listingPage } from '#adapters/webhook-fence/core/listing/listing-page.ts';
import { listingRequest } from '#adapters/webhook-fence/core/listing/listing-request.ts';
import shopify from '#integrations/shopify-orders/contract.ts';

const graphql = shopify.listing!;
const orders = 'https://shop.example.com/admin/api/2026-04/orders.json';
const rest: ProviderListing = {
  url: `${orders}?status=any&created_at_min={from}&created_at_max={to}&limit=250&fields=id,created_at`,
  auth: { header: 'x-shopify-access-token' },
  ...{ items: '/orders', id: '/id', time: '/created_at', delivered: '/id', next: 'link-header' },
};
const stripe: ProviderListing = {
  url: 'https://api.stripe.com/v1/events?created[gte]={fromSeconds}&created[lt]={toSeconds}&limit=100&starting_after={cursor}',
  auth: { header: 'authorization', prefix: 'Bearer ' },
  ...{ items: '/data', id: '/id', time: '/created', delivered: '/id' },
  next: { cursor: 'last-id', more: '/has_more' },
};
const window = { from: Date.parse('2026-11-27T10:00:00Z'), to: Date.parse('2026-11-28T10:00:00Z') };
const asked = (listing: ProviderListing, cursor?: string) =>
  listingRequest(listing, window, { cursor, token: 'secret' });
const answer = (body: unknown, link?: string, status = 200) => ({ status, text: JSON.stringify(body), link });

describe('the question what a provider has', () => {
  it('is the contract’s own, with the window and the token', () => {
    expect(asked(rest)).toEqual({
      url: `${orders}?status=any&created_at_min=2026-11-27T10%3A00%3A00.000Z&created_at_max=2026-11-28T10%3A00%3A00.000Z&limit=250&fields=id,created_at`,
      headers: { accept: 'application/json', 'x-shopify-access-token': 'secret' },
    });
    expect(asked(stripe)).toMatchObject({
      url: 'https://api.stripe.com/v1/events?created[gte]=1795773600&created[lt]=1795860000&limit=100',
      headers: { authorization: 'Bearer secret' },
    });
    expect(JSON.parse(asked(graphql)!.body!).variables).toEqual({
      filter: "created_at:>='2026-11-27T10:00:00.000Z' AND created_at:<'2026-11-28T10:00:00.000Z'",
      cursor: null,
    });
  });

  it('names the next page as the provider did', () => {
    expect(asked(stripe, 'evt_9&limit=1')!.url).toMatch(/&starting_after=evt_9%26limit%3D1$/);
    expect(JSON.parse(asked(graphql, 'MjUw')!.body!).variables.cursor).toBe('MjUw');
    const next = `${orders}?limit=250&page_info=abc`;
    expect(asked(rest, next)!.url).toBe(next);
  });

  it.each([
    'https://evil.example.com/admin/api/2026-04/orders.json?page_info=abc',
    'http://shop.example.com/admin/api/2026-04/orders.json?page_info=abc',
    'https://shop.example.com@evil.example.com/x',
    'https://shop.example.com/admin/api/2026-04/orders.json.evil.example.com/',
    'https://shop.example.com/admin/api/2026-04/orders.json/../customers.json',
    'http://169.254.169.254/latest/meta-data',
  ])('is never put to another place than the contract names: %s', address => {
    expect(asked(rest, address)).toBeUndefined();
  });
});

describe('the answer', () => {
  const node = { legacyResourceId: '820982911946154508', createdAt: '2026-11-28T09:00:00Z' };
  const page = (pageInfo: object) => answer({ data: { orders: { nodes: [node], pageInfo } } });

  it('says what there is, and what the next page is named by', () => {
    const items = [{ id: '820982911946154508', at: '2026-11-28T09:00:00.000Z' }];
    expect(listingPage(graphql, page({ hasNextPage: true, endCursor: 'MQ==' }))).toEqual({
      items,
      next: 'MQ==',
    });
    expect(listingPage(graphql, page({ hasNextPage: false, endCursor: 'MQ==' }))).toEqual({ items });
    const big = '{"orders":[{"id":820982911946154508,"created_at":"2026-11-28T10:00:00+01:00"}]}';
    const link = `<${orders}?page_info=p>; rel="previous", <${orders}?page_info=n>; rel="next"`;
    expect(listingPage(rest, { status: 200, text: big, link })).toEqual({
      items,
      next: `${orders}?page_info=n`,
    });
    expect(listingPage(rest, { status: 200, text: big })).toEqual({ items });
    const events = { data: [{ id: 'evt_1', created: 1_795_856_400 }], has_more: true };
    expect(listingPage(stripe, answer(events))).toEqual({
      ...{ items: [{ id: 'evt_1', at: '2026-11-28T09:00:00.000Z' }], next: 'evt_1' },
    });
    expect(listingPage(stripe, answer({ data: [], has_more: false }))).toEqual({ items: [] });
  });

  it.each([
    [401, { errors: 'x' }, 'refused'],
    [403, {}, 'refused'],
    [429, {}, 'later'],
    [503, {}, 'later'],
    [404, {}, 'unreadable'],
    [200, { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }] }, 'later'],
    [200, { data: {} }, 'unreadable'],
    [200, { data: { orders: { nodes: [{ createdAt: '2026-11-28T09:00:00Z' }] } } }, 'unreadable'],
    [200, { data: { orders: { nodes: [{ legacyResourceId: '1', createdAt: 'today' }] } } }, 'unreadable'],
    [200, { data: { orders: { nodes: [{ ...node, legacyResourceId: 'anna@x <b>' }] } } }, 'unreadable'],
    [200, { data: { orders: { nodes: [{ ...node, legacyResourceId: 1.5 }] } } }, 'unreadable'],
  ])('that cannot be used is a problem, which quotes nothing of it: %s %j', (status, body, kind) => {
    const problem = listingPage(graphql, answer(body, undefined, status));
    expect(problem).toMatchObject({ kind });
    expect(JSON.stringify(problem)).not.toContain('anna');
  });
});
