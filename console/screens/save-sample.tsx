import { useState } from 'preact/hooks';
import type { SavedSample, TriedInput } from '#cli/console/try-info.ts';
import { Action } from '../ui/action.tsx';
import { Part } from '../ui/head.tsx';

interface Props {
  readonly integration: string;
  readonly tried: TriedInput;
}

/** Keeps what was tried, with what became of it, as a sample of the integration. */
export function SaveSample({ integration, tried }: Props) {
  const [name, setName] = useState('');
  const [about, setAbout] = useState('');
  const [done, setDone] = useState<SavedSample>();
  const input = { integration, name, about, tried };
  const change = (set: (text: string) => void) => (event: { readonly currentTarget: HTMLInputElement }) => {
    set(event.currentTarget.value);
    setDone(undefined);
  };
  return (
    <Part title="Save it as a sample">
      <div class="filters">
        <label>
          <span>Name</span>
          <input type="text" value={name} placeholder="late-orders" onInput={change(setName)} />
        </label>
        <label>
          <span>What it shows</span>
          <input
            type="text"
            value={about}
            placeholder="Orders that come a day later."
            onInput={change(setAbout)}
          />
        </label>
      </div>
      <div class="line">
        <Action
          call="saveSample"
          input={{ ...input, replace: false }}
          isOff={!name || !about}
          onDone={setDone}
        >
          Save it
        </Action>
        {done?.saved.length === 0 && (
          <>
            <span class="refusal" role="alert">
              {done.folder} is there already.
            </span>
            <Action call="saveSample" input={{ ...input, replace: true }} onDone={setDone}>
              Replace it
            </Action>
          </>
        )}
        {done && done.saved.length > 0 && (
          <span role="status">
            Saved: {done.saved.join(' and ')} in <code>{done.folder}</code>
          </span>
        )}
      </div>
    </Part>
  );
}
