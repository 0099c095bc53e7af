import { readdirSync, readFileSync } from 'node:fs';
import { readCall } from '#cli/redeliver/read-call.ts';
import { faultKinds } from '#shared/contract/fault.ts';

const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.md'))
  .map(name => readFileSync(`docs/${name}`, 'utf8'));
const remedies = Object.values(faultKinds).map(({ remedy }) => remedy);

/** As they stand in guides, runbooks and remedies, with names for what the reader fills in. */
const told = [...pages, ...remedies]
  .flatMap(text => [...text.matchAll(/npm run redeliver -- ([^`#\n]+)/g)].map(([, args]) => args!.trim()))
  .map(args => args.replace('<feed>', 'crm-customers').replace('<stage>', 'prod'));

describe('a call of redelivery that people are told', () => {
  it.each([...new Set(told)])('is one that the command takes: %s', args => {
    expect(() => readCall(args.split(/ +/))).not.toThrow();
  });
});
