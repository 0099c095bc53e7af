/** What happens in the CRM's database, as SQL. */

export const beforeSnapshot = `
  create table customers (
    id bigint primary key,
    email text not null,
    full_name text not null,
    credit_limit numeric(12,2),
    tier text not null,
    updated_at timestamptz not null default now(),
    preferences jsonb
  );
  create publication crm for table customers;
  alter table customers replica identity full;
  insert into customers values
    (1, 'ada@example.com', 'Ada Lovelace', 2500.00, 'G', '2026-11-02 08:15:00.123456+01', '{"lang": "en", "newsletter": true}'),
    (2, 'grace@example.com', 'Grace Hopper', null, 'S', '2026-11-02 08:15:00+00', null);
`;

/** About 8 kB that do not compress, so that PostgreSQL keeps them outside of the row. */
const long = "(select string_agg(md5(n::text), '') from generate_series(1, 256) n)";

/** Each a transaction. */
export const afterSnapshot = [
  `insert into customers values (3, 'zoe@example.com', 'Zoë Ängström 🦉', 9999999999.99, 'SI', '2026-11-02 09:00:00.5+00', jsonb_build_object('lang', 'de', 'newsletter', false, 'note', ${long}))`,
  'update customers set credit_limit = 3000.005, updated_at = now() where id = 1',
  // The long preferences of 3 do not change; the old row has them.
  "update customers set full_name = 'Zoë Ångström', updated_at = now() where id = 3",
  // Means nothing to anyone but the CRM.
  'update customers set updated_at = now() where id = 1',
  `begin; update customers set tier = 'SI' where id = 2; savepoint s; update customers set tier = 'G' where id = 2; rollback to s;
   insert into customers values (4, 'linus@example.com', 'Linus T', 0, 'S', now(), '{"newsletter": true, "lang": "fr"}'); commit`,
  "begin; insert into customers values (5, 'never@example.com', 'Never There', 1, 'S', now(), null); rollback",
  'update customers set id = 40 where id = 4',
  'delete from customers where id = 2',
  // From here on the log carries old keys only, and long values only when they change.
  'alter table customers replica identity default',
  "update customers set full_name = 'Zoë Ångström-Å', credit_limit = null where id = 3",
  'update customers set preferences = \'{"lang": "fr", "newsletter": true}\' where id = 3',
  'delete from customers where id = 40',
  'truncate customers',
  "insert into customers values (6, 'edsger@example.com', 'Edsger D', -0.01, 'S', now(), null), (7, 'barbara@example.com', 'Barbara L', 12.5, 'S', now(), null)",
];
