import { cdkArguments } from '#cli/deploy/cdk-arguments.ts';

it.each([
  [
    ['--all', '--stage', 'prod'],
    ['--all', '-c', 'stage=prod'],
  ],
  [
    ['--stage=prod', '--all'],
    ['-c', 'stage=prod', '--all'],
  ],
  [
    ['EdgeLane-acme-orders', '-c', 'stage=prod'],
    ['EdgeLane-acme-orders', '-c', 'stage=prod'],
  ],
])('npm run deploy -- %j asks no questions and deploys side by side', (args, given) => {
  expect(cdkArguments(args)).toEqual([
    'deploy',
    '--require-approval',
    'never',
    '--concurrency',
    '6',
    ...given,
  ]);
});

it('leaves what somebody says otherwise', () => {
  expect(cdkArguments(['--all', '--concurrency=1', '--require-approval', 'broadening'])).toEqual([
    'deploy',
    ...['--all', '--concurrency=1', '--require-approval', 'broadening'],
  ]);
});
