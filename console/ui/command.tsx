import { commandFor } from '../core/command.ts';
import { useConsole } from './console-context.ts';
import { Copy } from './copy.tsx';

/** The command that does the same. */
export function Command({ of }: { readonly of: readonly (string | undefined)[] }) {
  const { stage } = useConsole();
  const text = commandFor(stage, of);
  return (
    <div class="command">
      <code>{text}</code>
      <Copy text={text} />
    </div>
  );
}
