import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import type { Field } from '#shared/contract/field.ts';
import { decimal } from '#shared/core/mapping/decimal.ts';
import { document } from '#shared/core/mapping/document.ts';
import { flag } from '#shared/core/mapping/flag.ts';
import { instant } from '#shared/core/mapping/instant.ts';
import { optional } from '#shared/core/mapping/optional.ts';
import { text } from '#shared/core/mapping/text.ts';

const strings: Field<string[]> = { form: 'a list', read: raw => JSON.parse(raw) as string[] };

/** A column of every type that the logs encode differently. */
export const columns = {
  memberId: { type: is.text(), read: text({ max: 40 }) },
  points: { type: is.integer(), read: text({ max: 20 }) },
  credit: { type: is.decimal({ scale: 2 }), read: decimal() },
  joinedOn: { type: is.date('days'), read: text({ max: 10 }) },
  updatedAt: { type: is.timestamp('micros'), read: instant() },
  active: { type: is.boolean(), read: flag({ yes: 'true', no: 'false' }) },
  preferences: { type: is.json(), read: document({ form: 'an object', read: given => ({ ...given }) }) },
  photo: { type: is.bytes(), read: text({ max: 100 }) },
  tags: { type: is.array(is.text()), read: strings },
  note: { type: is.text(), read: optional(text({ max: 100 })) },
};

/** A member in canonical values, and as each log encodes it. */
export interface Member {
  readonly canonical: Readonly<Record<string, unknown>>;
  readonly debezium: string;
  readonly dms: string;
  readonly dynamodb: string;
}

const preferences =
  '"{\\"newsletter\\":false,\\"factor\\":0.10,\\"big\\":12345678901234567890,\\"a\\":{\\"z\\":1,\\"b\\":[1.50]}}"';

const ada: Member = {
  canonical: {
    memberId: 'M-1',
    points: '9007199254740993',
    credit: '-1234.50',
    joinedOn: '2018-06-20',
    updatedAt: '2018-06-20T15:13:16.945104Z',
    active: true,
    preferences: {
      a: { b: [1.5], z: 1 },
      big: '12345678901234567890',
      factor: 0.1,
      newsletter: false,
    },
    photo: 'AQL/',
    tags: ['a', 'b'],
    note: null,
  },
  debezium: `{"memberId":"M-1","points":9007199254740993,"credit":"/h3G","joinedOn":17702,"updatedAt":1529507596945104,
    "active":true,"preferences":${preferences},"photo":"AQL/","tags":["a","b"],"note":null}`,
  dms: `{"memberId":"M-1","points":9007199254740993,"credit":-1234.5,"joinedOn":"2018-06-20",
    "updatedAt":"2018-06-20T15:13:16.945104Z","active":1,"preferences":${preferences},"photo":"AQL/","tags":["a","b"]}`,
  dynamodb: `{"memberId":{"S":"M-1"},"points":{"N":"9007199254740993"},"credit":{"N":"-1234.5"},"joinedOn":{"S":"2018-06-20"},
    "updatedAt":{"N":"1529507596945104"},"active":{"BOOL":true},"preferences":{"M":{"newsletter":{"BOOL":false},
    "factor":{"N":"0.10"},"big":{"N":"12345678901234567890"},"a":{"M":{"z":{"N":"1"},"b":{"L":[{"N":"1.50"}]}}}}},
    "photo":{"B":"AQL/"},"tags":{"SS":["b","a"]}}`,
};

const older: Member = {
  canonical: {
    ...ada.canonical,
    points: '7',
    credit: '0.05',
    updatedAt: '2018-06-20T15:13:17Z',
    note: 'ö"\\',
  },
  debezium: ada.debezium
    .replace('9007199254740993', '7')
    .replace('/h3G', 'BQ==')
    .replace('1529507596945104', '1529507597000000')
    .replace('"note":null', '"note":"ö\\"\\\\"'),
  dms: ada.dms
    .replace('9007199254740993', '"7"')
    .replace('-1234.5', '"0.05"')
    .replace('16.945104Z', '17Z')
    .replace(/\}$/, ',"note":"ö\\"\\\\"}'),
  dynamodb: ada.dynamodb
    .replace('9007199254740993', '7')
    .replace('-1234.5', '0.05')
    .replace('1529507596945104', '1529507597000000')
    .replace(/\}$/, ',"note":{"S":"ö\\"\\\\"}}'),
};

/** One change. A log may carry less of the row before than it knows. */
export interface Step {
  readonly op: 'c' | 'u' | 'd';
  readonly before?: Member;
  readonly after?: Member;
  /** Counts from 1: where it stands in its log. */
  readonly at: number;
}

/** Again and again: a create, an update, a delete. */
export const history: readonly Step[] = [
  { op: 'c', after: ada, at: 1 },
  { op: 'u', before: ada, after: older, at: 2 },
  { op: 'd', before: older, at: 3 },
  { op: 'c', after: older, at: 4 },
  { op: 'u', before: older, after: ada, at: 5 },
  { op: 'd', before: ada, at: 6 },
];
