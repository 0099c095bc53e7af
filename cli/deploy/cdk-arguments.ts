/**
 * What `npm run deploy -- …` hands to the CDK. `--stage prod` is short for `-c stage=prod`, as other commands take it, and `--now` for a
 * deployment without canaries. Stacks are
 * deployed side by side, which the CDK does only where it need not ask: `npm run preflight` shows before what will change.
 */
export function cdkArguments(args: readonly string[]): readonly string[] {
  const given = args.flatMap((arg, n) => {
    if (args[n - 1] === '--stage') return ['-c', `stage=${arg}`];
    if (arg === '--stage') return [];
    if (arg === '--now') return ['-c', 'now=true'];
    return arg.startsWith('--stage=') ? ['-c', `stage=${arg.slice('--stage='.length)}`] : [arg];
  });
  return [
    'deploy',
    ...defaults.flatMap(([option, value]) => (has(args, option) ? [] : [option, value])),
    ...given,
  ];
}

const defaults: readonly (readonly [string, string])[] = [
  ['--require-approval', 'never'],
  ['--concurrency', '6'],
];

const has = (args: readonly string[], option: string): boolean =>
  args.some(arg => arg === option || arg.startsWith(`${option}=`));

/** The stage that is deployed. */
export function stageIn(args: readonly string[]): string {
  const given = cdkArguments(args).find(arg => arg.startsWith('stage='));
  return given?.slice('stage='.length) ?? 'dev';
}
