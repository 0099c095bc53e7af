import { useRef, useState } from 'preact/hooks';
import type { PartnerLane } from '#operate/core/partner/partner-questions.ts';
import { number } from '../core/words.ts';
import { upload } from './ask.ts';

interface Props {
  readonly lane: PartnerLane;
  readonly bytesMax: number;
  readonly onSent: () => void;
}

/** Sends a file of corrected rows. */
export function Upload({ lane, bytesMax, onSent }: Props) {
  const chosen = useRef<HTMLInputElement>(null);
  const [told, setTold] = useState<{ readonly text: string; readonly isProblem: boolean }>();
  const [isSending, setSending] = useState(false);
  if (!lane.takesUploads)
    return (
      <p class="faint">
        Corrected files need a signature beside them: drop both under <code>{lane.fixedPrefix}</code>.
      </p>
    );
  const send = () => {
    const [file] = chosen.current?.files ?? [];
    if (!file) return setTold({ text: 'Choose the corrected file first.', isProblem: true });
    if (file.size > bytesMax)
      return setTold({
        text: `It has more than ${number(bytesMax)} bytes. Send its rows in several files.`,
        isProblem: true,
      });
    setSending(true);
    setTold(undefined);
    upload(lane.id, file)
      .then(
        ({ name }) => {
          setTold({ text: `It is sent. In the list it is ${lane.fixedPrefix}${name}.`, isProblem: false });
          if (chosen.current) chosen.current.value = '';
          onSent();
        },
        error => setTold({ text: (error as Error).message, isProblem: true }),
      )
      .finally(() => setSending(false));
    return undefined;
  };
  const id = `corrected-${lane.id}`;
  return (
    <div class="upload">
      <label for={id}>Send a corrected file</label>
      <p class="faint" id={`${id}-how`}>
        A CSV of the rows that were not accepted, corrected, with its column <code>fault_id</code> as it was.
        At most {bytesMax / 1_048_576} MiB.
      </p>
      <p class="line">
        <input ref={chosen} id={id} type="file" aria-describedby={`${id}-how`} />
        <button type="button" class="main" disabled={isSending} onClick={send}>
          {isSending ? 'Sending…' : 'Send it'}
        </button>
      </p>
      {told && (
        <p class={told.isProblem ? 'refusal' : ''} role={told.isProblem ? 'alert' : 'status'}>
          {told.text}
        </p>
      )}
    </div>
  );
}
