import { readdirSync, readFileSync } from 'node:fs';
import { loadSoundContracts } from '#infra/contracts.ts';
import { faultKinds } from '#shared/contract/fault.ts';

const written = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...['docs', 'docs/guides', 'docs/decisions'].flatMap(folder =>
    readdirSync(folder)
      .filter(name => name.endsWith('.md'))
      .map(name => `${folder}/${name}`),
  ),
];

/** Words that an operator has to read twice, each with the one to use. */
const unclear: readonly (readonly [RegExp, string])[] = [
  [/\btreat(y|ies)\b/i, 'contract'],
  [/\bmend(s|ed|ing)?\b/i, 'fix'],
  [/\banew\b/i, 'again'],
  [/\b(put|puts) aside\b/i, 'quarantined'],
  [/\b(take|takes|taken) (it |them |changes )?again\b/i, 'reprocess'],
  [/\b(gave|given|gives) up\b/i, 'undelivered'],
  [/\blies? (in|under|on|there|whole|beside)\b/i, 'is stored'],
  [/\b(told|tells) of\b/i, 'announced'],
];

const unclearIn = (text: string): string[] =>
  unclear.flatMap(([word, clear]) => {
    const found = word.exec(text)?.[0];
    return found === undefined ? [] : [`"${found}": say "${clear}"`];
  });

describe('the words of', () => {
  it.each(written)('%s are plain', page => {
    expect(unclearIn(readFileSync(page, 'utf8'))).toEqual([]);
  });

  it('faults are plain', () => {
    const texts = Object.values(faultKinds).flatMap(({ meaning, remedy }) => [meaning, remedy]);
    expect(texts.flatMap(unclearIn)).toEqual([]);
  });

  it('events and contracts are plain', async () => {
    const { integrations, events } = await loadSoundContracts();
    const texts = [
      ...events.map(({ summary }) => summary),
      ...integrations.flatMap(one => [one.purpose, one.authority, one.consistency]),
    ];
    expect(texts.flatMap(unclearIn)).toEqual([]);
  });
});

test('an unclear word is found with the word to use', () => {
  expect(unclearIn('Mended, it is taken again.')).toEqual([
    '"Mended": say "fix"',
    '"taken again": say "reprocess"',
  ]);
});
