import { cdkArguments, stageIn } from '#cli/deploy/cdk-arguments.ts';

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
  [
    ['EdgeLane-acme-orders', '--stage', 'prod', '--now'],
    ['EdgeLane-acme-orders', '-c', 'stage=prod', '-c', 'now=true'],
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

it.each([
  [['--all'], 'dev'],
  [['--all', '--stage', 'prod'], 'prod'],
  [['--stage=test'], 'test'],
  [['-c', 'stage=prod'], 'prod'],
])('npm run deploy -- %j deploys a stage', (args, stage) => {
  expect(stageIn(args)).toBe(stage);
});
