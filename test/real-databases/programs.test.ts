import { readFileSync } from 'node:fs';
import { program, ServerMissing } from './programs.ts';

describe('a server of the real databases', () => {
  it('is found on the path', () => {
    expect(program('node', 'apt-get install nodejs')).toMatch(/\/node$/);
  });

  it('that is missing is named with the command that installs it', () => {
    expect(() => program('no-such-server', 'apt-get install no-such')).toThrow(
      new ServerMissing('`no-such-server` is not installed. On Debian: apt-get install no-such'),
    );
  });
});

test('the longer runs of the README are commands that there are', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const [, table = ''] =
    /### Longer runs\n([\s\S]*?)\n\n(?!\|)/.exec(readFileSync('README.md', 'utf8')) ?? [];
  const commands = [...table.matchAll(/`npm run ([\w:-]+)/g)].map(([, name]) => name);
  expect(commands).toContain('real-databases');
  for (const command of commands) expect(Object.keys(scripts)).toContain(command);
});
