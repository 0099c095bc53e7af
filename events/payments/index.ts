/** Every event of the domain, for those who import several. */
export { paymentConfirmed } from './payment-confirmed.v1.ts';
export { paymentFailed } from './payment-failed.v1.ts';
