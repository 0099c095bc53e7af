import { customerCreated, customerDeleted, customerUpdated } from '#events/customers/index.ts';
import {
  decimal,
  defineCdcFeed,
  document,
  email,
  is,
  money,
  oneOf,
  optional,
  Refusal,
  table,
  text,
} from '#kit/cdc-feed';

type Language = 'de' | 'en' | 'fr';
const isLanguage = (lang: unknown): lang is Language => lang === 'de' || lang === 'en' || lang === 'fr';

/** `{"newsletter": true, "lang": "de"}`, as the CRM's profile page writes it. Further fields are ignored. */
const preferences = document({
  form: 'an object with newsletter (true or false) and lang (de, en or fr)',
  read: ({ newsletter, lang }) =>
    typeof newsletter === 'boolean' && isLanguage(lang) ? { newsletter, language: lang } : undefined,
});

export default defineCdcFeed({
  id: 'crm-customers',
  purpose: 'Everyone who bills, ships to or writes to a customer knows the customer’s data from the CRM.',
  owner: { team: 'customer-management', contact: 'customer-management@example.com' },
  partner: { name: 'CRM database', contact: 'crm-operations@example.com' },
  authority: 'The CRM owns customers. Nobody else changes them.',
  consistency:
    'Within a minute of the commit, in order for each customer. A new snapshot publishes all customers again, as older than any change since.',
  schemaVersion: '1.0',
  trust: 'authoritative',
  tenant: { constant: 'acme' },
  source: { kind: 'debezium', connector: 'postgresql', beforeImage: 'full' },
  stream: { kind: 'kinesis', name: 'crm-customers' },
  tables: {
    'public.customers': table({
      key: ['id'],
      columns: {
        id: { type: is.integer(), read: text({ max: 20, pattern: /\d+/, form: 'a number' }) },
        email: { type: is.text(), read: email() },
        full_name: { type: is.text(), read: text({ max: 200, pii: 'name' }) },
        credit_limit: { type: is.decimal({ scale: 2 }), read: optional(decimal({ min: '0' })) },
        tier: { type: is.text(), read: oneOf({ S: 'standard', SI: 'silver', G: 'gold' }) },
        preferences: { type: is.json(), read: optional(preferences), unavailable: 'omit' },
      },
      ignore: ['updated_at'],
      events: { created: customerCreated, updated: customerUpdated, deleted: customerDeleted },
      map: row => {
        const creditLimit = row.credit_limit && money(row.credit_limit, 'EUR', 'credit_limit');
        if (creditLimit instanceof Refusal) return creditLimit;
        return {
          customerId: row.id,
          email: row.email,
          fullName: row.full_name,
          creditLimit: creditLimit || null,
          tier: row.tier,
          contact: row.preferences,
        };
      },
      mapKey: key => ({ customerId: key.id }),
    }),
  },
});
