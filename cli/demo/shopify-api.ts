import type { Outside, OutsideAnswer, OutsideRequest } from '#local/outside.ts';

/** An order as a shop has it. */
export interface ShopOrder {
  readonly legacyResourceId: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** The shop of `integrations/shopify-orders`. */
const shopHost = 'acme-example.myshopify.com';

/**
 * A simulator of Shopify's GraphQL Admin API, for the query `orders` alone: pages by cursor, a filter by `created_at`, tokens, and the answer
 * to too many queries, which is 200 with errors. Sources: shopify.dev, "Paginating results with GraphQL", "Response status and error codes",
 * "API search syntax".
 */
export const shopifyApi = (orders: () => readonly ShopOrder[], isThrottled = () => false): Outside => ({
  [shopHost]: request => (isThrottled() ? throttled : answerTo(request, orders())),
});

function answerTo(
  { method, path, headers, body }: OutsideRequest,
  orders: readonly ShopOrder[],
): OutsideAnswer {
  if (method !== 'POST' || !/^\/admin\/api\/\d{4}-\d{2}\/graphql\.json$/.test(path))
    return answered(404, { errors: 'Not Found' });
  if (!String(headers['x-shopify-access-token'] ?? '').startsWith('local_token_'))
    return answered(401, {
      errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
    });
  const { query, variables } = JSON.parse(body) as {
    query: string;
    variables: { filter: string; cursor: string | null };
  };
  const first = Number(/orders\([^)]*first: (\d+)/.exec(query)?.[1] ?? 0);
  const found = orders.filter(order => isIn(order, variables.filter)).sort(byTime);
  const begin = variables.cursor === null ? 0 : Number(Buffer.from(variables.cursor, 'base64').toString());
  const nodes = found.slice(begin, begin + first);
  const end = begin + nodes.length;
  const endCursor = nodes.length === 0 ? null : Buffer.from(String(end)).toString('base64');
  return answered(200, {
    data: { orders: { nodes, pageInfo: { hasNextPage: end < found.length, endCursor } } },
    extensions: { cost: { requestedQueryCost: first / 10, actualQueryCost: nodes.length / 10 } },
  });
}

const byTime = (a: ShopOrder, b: ShopOrder): number => Date.parse(a.createdAt) - Date.parse(b.createdAt);

/** `created_at:>='2026-11-28T12:00:00Z' AND created_at:<'…'` */
function isIn({ createdAt }: ShopOrder, filter: string): boolean {
  const at = Date.parse(createdAt);
  const bounds = [...filter.matchAll(/created_at:(>=|<)'([^']+)'/g)];
  return bounds.every(([, sign, text = '']) =>
    sign === '<' ? at < Date.parse(text) : at >= Date.parse(text),
  );
}

const answered = (status: number, body: object): OutsideAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const throttled = answered(200, { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }] });
