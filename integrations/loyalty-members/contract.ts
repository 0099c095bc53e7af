import { memberCreated, memberDeleted, memberUpdated } from '#events/loyalty/index.ts';
import { date, defineCdcFeed, integer, is, oneOf, optional, table, text } from '#kit/cdc-feed';

export default defineCdcFeed({
  id: 'loyalty-members',
  purpose: 'Shops and marketing know the members of the loyalty programme and their points.',
  owner: { team: 'loyalty', contact: 'loyalty@example.com' },
  partner: { name: 'Loyalty service', contact: 'loyalty-operations@example.com' },
  authority: 'The loyalty service owns memberships and points.',
  consistency: 'Within seconds of the write, in order for each member.',
  schemaVersion: '1.0',
  trust: 'authoritative',
  tenant: { constant: 'acme' },
  source: { kind: 'dynamodb', form: 'streams' },
  stream: { kind: 'dynamodb', table: 'loyalty' },
  expiries: 'deleted',
  tables: {
    loyalty: table({
      key: ['memberId'],
      columns: {
        memberId: { type: is.text(), read: text({ max: 40 }) },
        nick: { type: is.text(), read: optional(text({ max: 80, pii: 'name' })) },
        points: { type: is.integer(), read: integer({ min: 0 }) },
        level: { type: is.integer(), read: oneOf({ '1': 'basic', '2': 'plus', '3': 'premium' }) },
        joined: { type: is.date(), read: date() },
      },
      ignore: ['expiresAt', 'lastSeen'],
      events: { created: memberCreated, updated: memberUpdated, deleted: memberDeleted },
      map: row => ({
        memberId: row.memberId,
        displayName: row.nick,
        points: row.points,
        level: row.level,
        joinedOn: row.joined,
      }),
      mapKey: key => ({ memberId: key.memberId }),
    }),
  },
});
