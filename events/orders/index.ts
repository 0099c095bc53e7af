/** Every event of the domain, for files that import several. */
export { orderCreated } from './order-created.v1.ts';
export { orderRequested } from './order-requested.v1.ts';
