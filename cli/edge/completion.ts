import { Failure } from './failure.ts';

/** Names of commands, each with its options, as they are typed. */
export type Completed = Readonly<Record<string, readonly string[]>>;

const shells: Readonly<Record<string, (words: Completed) => string>> = { bash, zsh, fish };

export const completionUsage = 'usage: npm run edge --silent -- completion bash|zsh|fish';

/** What a shell reads so that it completes the command `edge`. @throws Failure for another shell. */
export function completionFor(shell: string | undefined, words: Completed): string {
  const write = shell !== undefined && Object.hasOwn(shells, shell) ? shells[shell] : undefined;
  if (!write) throw new Failure(completionUsage, 2);
  return write(words);
}

function bash(words: Completed): string {
  return [
    'edge() { npm run edge --silent -- "$@"; }',
    '_edge() {',
    '  local word="$2" words=',
    `  if [ "$COMP_CWORD" -eq 1 ]; then words="${Object.keys(words).join(' ')}"`,
    `  else case \${COMP_WORDS[1]} in`,
    ...Object.entries(words).map(([name, options]) => `    ${name}) words="${options.join(' ')}" ;;`),
    '  esac; fi',
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    '}',
    'complete -F _edge edge',
  ].join('\n');
}

/** Zsh runs what is written for bash. */
function zsh(words: Completed): string {
  return `autoload -U +X bashcompinit && bashcompinit\n${bash(words)}`;
}

function fish(words: Completed): string {
  return [
    'function edge; npm run edge --silent -- $argv; end',
    'complete -c edge -f',
    `complete -c edge -n __fish_use_subcommand -a "${Object.keys(words).join(' ')}"`,
    ...Object.entries(words).map(
      ([name, options]) =>
        `complete -c edge -n "__fish_seen_subcommand_from ${name}" -a "${options.join(' ')}"`,
    ),
  ].join('\n');
}
