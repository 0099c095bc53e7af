import { defineEvent } from '#kit/event';
import { customer, exampleCustomer } from './customer.ts';

export const customerCreated = defineEvent({
  domain: 'customers',
  aggregate: 'customer',
  name: 'created',
  version: 1,
  category: 'fact',
  owner: 'customer-management',
  summary: 'A customer was added to the CRM.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 365 },
  schema: customer,
  aggregateId: ['customerId'],
  example: exampleCustomer,
});
