import { useState } from 'preact/hooks';
import { useAnswer } from '../api/use-answer.ts';
import { visibleLines } from '../core/words.ts';
import { Answered } from '../ui/answered.tsx';
import { Copy } from '../ui/copy.tsx';
import { Part } from '../ui/head.tsx';

/** The contract that made an event, as it is in the folder in which the console runs. Read when it is opened. */
export function Rule({ integration }: { readonly integration: string }) {
  const [isOpen, setOpen] = useState(false);
  const found = useAnswer('readRule', { integration }, { isOff: !isOpen });
  return (
    <Part title="The rule that made it">
      <p class="line">
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide the contract' : 'Show the contract'}
        </button>
        <span class="faint">Of this folder. What is deployed may be older or newer.</span>
      </p>
      {isOpen && (
        <Answered of={found} what="contract">
          {({ file, text }) => (
            <div class="sheet">
              <p class="line">
                <code>{file}</code>
                <Copy text={text} />
              </p>
              <pre>{visibleLines(text)}</pre>
            </div>
          )}
        </Answered>
      )}
    </Part>
  );
}
