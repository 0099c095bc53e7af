import { defineEvent } from '#kit/event';
import { customer, exampleCustomer } from './customer.ts';

export const customerUpdated = defineEvent({
  domain: 'customers',
  aggregate: 'customer',
  name: 'updated',
  version: 1,
  category: 'fact',
  owner: 'customer-management',
  summary: 'A customer of the CRM changed. The event contains the whole customer.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 365 },
  schema: customer,
  aggregateId: ['customerId'],
  example: exampleCustomer,
});
