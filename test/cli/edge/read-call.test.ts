import { execFileSync } from 'node:child_process';
import { commands } from '#cli/edge/commands.ts';
import { forStage } from '#cli/edge/for-stage.ts';
import { helpOn, overview } from '#cli/edge/help.ts';
import { explain, OperatorApi } from '#cli/edge/operator-api.ts';
import { readCall } from '#cli/edge/read-call.ts';

describe('a refusal of the API', () => {
  it('says that the session has ended where that is why', () => {
    const text = '{"message":"The security token included in the request is expired"}';
    expect(explain(403, text)).toContain('Your AWS session has ended. Sign in again');
    expect(explain(403, '{"message":"Forbidden"}')).toContain('Attach the managed policy');
  });

  it('says why credentials cannot be used, and not that the stage is away', async () => {
    const credentials = async () => Promise.reject(new Error('the SSO session is not valid'));
    const api = new OperatorApi({ url: 'https://api.example', region: 'eu-central-1', credentials });
    await expect(api.ask('listIntegrations', {})).rejects.toThrow(
      'Your AWS credentials cannot be used: the SSO session is not valid. Sign in again',
    );
  });
});

describe('the command line of an operator', () => {
  it('asks the local cloud as a viewer, unless it says otherwise', () => {
    expect(readCall(['files', 'acme-orders', '--state', 'partial', '--limit', '5'])).toMatchObject({
      ...{ stage: undefined, identity: 'viewer', json: false },
      input: { given: ['acme-orders'], options: { state: 'partial', limit: '5' } },
    });
    expect(readCall(['status', '--stage', 'prod', '--json'])).toMatchObject({ stage: 'prod', json: true });
  });

  it.each([
    ['an unknown command', ['list'], 'There is no command "list".'],
    ['a misspelt command', ['stauts'], 'There is no command "stauts". Did you mean "status"?'],
    ['a shell that has no completion', ['completion', 'csh'], 'completion bash|zsh|fish'],
    ['a stage for what is local', ['simulate', 'a', '--stage', 'prod'], 'works on the local cloud only'],
    ['a missing integration', ['files'], 'usage: npm run edge -- files <lane> [options]'],
    ['too much', ['status', 'acme-orders'], 'usage: npm run edge -- status [options]'],
    ['an unknown option', ['dlq', 'acme-orders', '--state', 'x'], "Unknown option '--state'"],
    ['an option without its value', ['files', 'a', '--state'], '--state'],
  ])('says how it is written after %s', (_, args, message) => {
    expect(() => readCall(args)).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining(message) }),
    );
  });

  it('has help on everything, which fits 80 columns', () => {
    expect(readCall([])).toEqual({ kind: 'help', text: overview() });
    expect(readCall(['files', '--help'])).toEqual({ kind: 'help', text: helpOn('files', commands.files!) });
    const texts = [overview(), ...Object.entries(commands).map(([name, command]) => helpOn(name, command))];
    for (const line of texts.join('\n').split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it.each(['bash', 'zsh', 'fish'])('gives %s every command and its options', shell => {
    const { text } = readCall(['completion', shell]) as { text: string };
    for (const [name, { options }] of Object.entries(commands)) {
      const line = text.split('\n').find(one => new RegExp(`^ *${name}\\)|from ${name}"`).test(one));
      for (const option of [...Object.keys(options), 'stage', 'json']) expect(line).toContain(`--${option}`);
    }
  });

  it('completes in a shell', () => {
    const { text } = readCall(['completion', 'bash']) as { text: string };
    const typed = `COMP_WORDS=(edge files --st) COMP_CWORD=2; _edge edge --st files; echo "\${COMPREPLY[@]}"`;
    const out = execFileSync('bash', ['-c', `${text}\n${typed}`], { encoding: 'utf8' });
    expect(out.trim()).toBe('--state --stage');
  });

  it('suggests commands for the stage that was asked, which can be read', () => {
    const told = forStage('Run it: npm run edge -- run 2026-redrive', 'prod');
    expect(told).toBe('Run it: npm run edge -- --stage prod run 2026-redrive');
    expect(readCall(told.split(' -- ')[1]!.split(' '))).toMatchObject({
      ...{ kind: 'command', stage: 'prod', input: { given: ['2026-redrive'] } },
    });
    expect(forStage('npm run edge -- jobs', undefined)).toBe('npm run edge -- jobs');
  });

  it('says of a filter which kinds of plans have it', () => {
    expect(commands.plan!.options.from?.meaning).toMatch(/resubmit/);
    expect(commands.plan!.options.from?.meaning).toMatch(/release/);
  });

  it('shows examples that can be read', () => {
    for (const [name, { examples }] of Object.entries(commands))
      for (const example of examples) {
        const [npm, run, edge, dashes, ...args] = example.split(' ');
        expect([npm, run, edge, dashes]).toEqual(['npm', 'run', 'edge', '--']);
        expect(args[0]).toBe(name);
        expect(readCall(args)).toMatchObject({ kind: 'command' });
      }
  });
});
