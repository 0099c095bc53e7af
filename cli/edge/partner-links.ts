import type { PartnerLinkLine } from '#operate/core/shapes/partner-links.ts';
import type { Command } from './command.ts';

export const partnerLink: Command = {
  summary: 'Make a link that shows a partner their files',
  takes: ['partner|integration'],
  options: {
    days: { value: '<n>', meaning: 'end it after so many days (default 7, at most 30)' },
    rows: { meaning: 'give the rejected rows too. It needs the policy of readers' },
  },
  identity: ({ rows }) => (rows ? 'reader' : 'operator'),
  examples: [
    'npm run edge -- partner-link acme-orders',
    'npm run edge -- partner-link acme-orders --days 14 --rows',
  ],
  async run(api, { given: [of = ''], options: { days, rows } }) {
    const operation = rows ? 'makePartnerLinkWithRows' : 'makePartnerLink';
    const made = await api.ask(operation, { of, days });
    const warning = 'Whoever has this address sees what the partner sees. It is shown this once:';
    return { json: made, text: [lineOf(made), '', warning, made.url].join('\n') };
  },
};

export const partnerLinks: Command = {
  summary: 'Links of partners: until when, and who made them',
  takes: [],
  options: {},
  examples: ['npm run edge -- partner-links'],
  async run(api) {
    const found = await api.ask('listPartnerLinks', {});
    const lines = found.links.map(lineOf);
    return { json: found, text: lines.length > 0 ? lines.join('\n') : 'There are no links of partners.' };
  },
};

export const partnerRevoke: Command = {
  summary: 'End a link of a partner now',
  takes: ['link'],
  options: {},
  identity: 'operator',
  examples: ['npm run edge -- partner-revoke 0b9f3c52-6f3e-4c0a-9c53-3c1b7b9d2f10'],
  async run(api, { given: [id = ''] }) {
    const link = await api.ask('revokePartnerLink', { id });
    return { json: link, text: lineOf(link) };
  },
};

const lineOf = ({ id, partner, integrations, hasRows, until, by, revoked }: PartnerLinkLine): string =>
  [
    `${id}  ${revoked ? `revoked ${revoked.at}` : `until ${until}`}`,
    `  ${partner}: ${integrations.join(', ')}${hasRows ? ', with rejected rows' : ''}`,
    `  made by ${by}${revoked ? `, revoked by ${revoked.by}` : ''}`,
  ].join('\n');
