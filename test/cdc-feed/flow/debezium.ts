import type { PutRecord } from './stream-events.ts';

/** A row of `public.customers` in Debezium's encodings (PostgreSQL, defaults). */
export interface CustomerRow {
  readonly id: number;
  readonly email?: string;
  readonly full_name?: string;
  /** Base64 of the unscaled number. */
  readonly credit_limit?: string | null;
  readonly tier?: string;
  readonly updated_at?: string;
  readonly preferences?: string | null;
  readonly [more: string]: unknown;
}

export const lena: Required<Omit<CustomerRow, string>> & CustomerRow = {
  id: 1001,
  email: 'lena.vogt@example.com',
  full_name: 'Lena Vogt',
  credit_limit: 'A9CQ',
  tier: 'G',
  updated_at: '2026-11-02T08:15:00.123456Z',
  preferences: '{"newsletter": true, "lang": "de"}',
};

export const lenaData = {
  customerId: '1001',
  email: 'lena.vogt@example.com',
  fullName: 'Lena Vogt',
  creditLimit: { amount: '2500.00', currency: 'EUR' },
  tier: 'gold',
  contact: { newsletter: true, language: 'de' },
};

export interface ChangeSpec {
  readonly op: 'c' | 'u' | 'd' | 'r' | 't' | string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly lsn?: number;
  readonly txId?: number;
  readonly table?: string;
  readonly snapshot?: string;
}

/** The envelope of a change, as the connector writes it. */
export const payloadOf = ({
  op,
  before = null,
  after = null,
  lsn = 24023128,
  txId = 555,
  table = 'customers',
  snapshot = 'false',
}: ChangeSpec) => ({
  before,
  after,
  source: {
    version: '3.0.0.Final',
    connector: 'postgresql',
    name: 'crm',
    ts_ms: 1_730_535_300_000,
    snapshot,
    db: 'crm',
    sequence: `["24023119","${lsn}"]`,
    ts_us: 1_730_535_300_123_456,
    ts_ns: 1_730_535_300_123_456_000,
    schema: 'public',
    table,
    // The reads of an incremental snapshot come from the table, not from the log.
    txId: snapshot === 'incremental' ? null : txId,
    lsn: snapshot === 'incremental' ? null : lsn,
    xmin: null,
  },
  transaction: null,
  op,
  ts_ms: 1_730_535_300_456,
});

const idOf = ({ before, after }: ChangeSpec): unknown =>
  ((after ?? before ?? {}) as { readonly id?: unknown }).id;

/** A record of the schema-less converter, keyed by the row's id. */
export const change = (given: ChangeSpec): PutRecord => ({
  partitionKey: JSON.stringify({ id: idOf(given) }),
  data: payloadOf(given),
});

const fields = [
  { type: 'int64', optional: false, field: 'id' },
  { type: 'string', optional: false, field: 'email' },
  { type: 'string', optional: false, field: 'full_name' },
  {
    type: 'bytes',
    optional: true,
    name: 'org.apache.kafka.connect.data.Decimal',
    version: 1,
    parameters: { scale: '2', 'connect.decimal.precision': '12' },
    field: 'credit_limit',
  },
  { type: 'string', optional: false, field: 'tier' },
  {
    type: 'string',
    optional: false,
    name: 'io.debezium.time.ZonedTimestamp',
    version: 1,
    field: 'updated_at',
  },
  { type: 'string', optional: true, name: 'io.debezium.data.Json', version: 1, field: 'preferences' },
];

const rowSchema = (field: string) => ({
  type: 'struct',
  fields,
  optional: true,
  name: 'crm.public.customers.Value',
  field,
});

const schema = {
  type: 'struct',
  fields: [rowSchema('before'), rowSchema('after')],
  optional: false,
  name: 'crm.public.customers.Envelope',
  version: 2,
};

/** The same with `schemas.enable`. */
export const changeWithSchema = (given: ChangeSpec): PutRecord => ({
  partitionKey: JSON.stringify({
    schema: {
      type: 'struct',
      fields: [{ type: 'int64', optional: false, field: 'id' }],
      optional: false,
      name: 'crm.public.customers.Key',
    },
    payload: { id: idOf(given) },
  }),
  data: { schema, payload: payloadOf(given) },
});
