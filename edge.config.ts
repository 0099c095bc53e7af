import { defineEdgeConfig } from '#infra/edge-config.ts';

/** What an account needs to know that no contract says: docs/deploy.md explains each option. */
export default defineEdgeConfig({
  // docsAt: 'https://git.example.com/edge/blob/main/docs/',
  // The example of a consumer (functions/stock-levels.ts) says which events it has done its work for.
  receipts: { dev: { 'stock-levels': ['inventory.stock.updated.v1'] } },
  // alarmsTo: { prod: ['mailto:on-call@example.com', 'https://events.pagerduty.example/…'] },
});
