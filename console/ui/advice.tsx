import { commandFor } from '../core/command.ts';
import { useConsole } from './console-context.ts';

/** What the API advises. Its commands ask the stage that the page shows. */
export function Advice({ children }: { readonly children: string }) {
  const { stage } = useConsole();
  const told = children.replaceAll(/npm run edge -- ([\w-]+(?: [\w.-]+)*)/g, (_, words: string) =>
    commandFor(stage, words.split(' ')),
  );
  return told.split('\n').map(line => <p key={line}>{line}</p>);
}
