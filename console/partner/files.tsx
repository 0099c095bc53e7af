import { useEffect, useState } from 'preact/hooks';
import type { PartnerFile } from '#operate/core/partner/partner-questions.ts';
import { number, visible } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { State, type Tone } from '../ui/state.tsx';
import { Table } from '../ui/table.tsx';
import { Time } from '../ui/time.tsx';
import { AnswerTo } from './answer-to.tsx';
import { usePartner } from './use-partner.ts';

/** What the states of a file mean to who sent it. */
const states: Readonly<Record<PartnerFile['state'], readonly [Tone, string]>> = {
  awaiting: ['busy', 'waits for its second file'],
  received: ['busy', 'in work'],
  processing: ['busy', 'in work'],
  settling: ['busy', 'in work'],
  complete: ['good', 'accepted'],
  partial: ['warn', 'accepted in part'],
  rejected: ['bad', 'rejected'],
  duplicate: ['calm', 'known already'],
  unbalanced: ['busy', 'we are looking into it'],
};

interface Props {
  readonly integration: string;
  readonly hasRows: boolean;
}

const againMilliseconds = 10_000;

/** The files of a lane, the newest first. */
export function Files({ integration, hasRows }: Props) {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const cursor = cursors.at(-1);
  const found = usePartner('files', { integration, cursor });
  const { again } = found;
  const [open, setOpen] = useState<string>();
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && again(), againMilliseconds);
    return () => clearInterval(timer);
  }, [again]);
  return (
    <Answered of={found} what="files">
      {({ files, next }) => (
        <>
          {files.length === 0 ? (
            <Empty>No file has come yet.</Empty>
          ) : (
            <FileTable {...{ files, integration, open, setOpen }} />
          )}
          <p class="line">
            {cursors.length > 1 && (
              <button type="button" onClick={() => setCursors(cursors.slice(0, -1))}>
                Newer files
              </button>
            )}
            {next !== null && (
              <button type="button" onClick={() => setCursors([...cursors, next])}>
                Older files
              </button>
            )}
          </p>
          {open !== undefined && (
            <AnswerTo key={open} integration={integration} id={open} hasRows={hasRows} />
          )}
        </>
      )}
    </Answered>
  );
}

interface TableProps {
  readonly files: readonly PartnerFile[];
  readonly integration: string;
  readonly open: string | undefined;
  readonly setOpen: (id: string | undefined) => void;
}

const FileTable = ({ files, integration, open, setOpen }: TableProps) => (
  <Table
    caption={`Files of ${integration}`}
    rows={files}
    keyOf={({ id }) => id}
    columns={[
      { name: 'file', cell: ({ file }) => <span class="mono">{visible(file)}</span> },
      {
        name: 'state',
        cell: ({ state }) => <State tone={states[state][0]}>{states[state][1]}</State>,
      },
      { name: 'received', isExtra: true, cell: ({ receivedAt }) => <Time at={receivedAt} /> },
      {
        name: 'rows',
        isNumber: true,
        isExtra: true,
        cell: ({ received }) => (received === null ? '–' : number(received)),
      },
      {
        name: 'not accepted',
        isNumber: true,
        cell: ({ tally }) => (tally ? number(tally.quarantined + tally.rejected) : '–'),
      },
      {
        name: 'answer',
        cell: ({ id, file, settledAt }) =>
          settledAt !== null && (
            <button
              type="button"
              aria-expanded={open === id}
              aria-label={`${open === id ? 'Hide' : 'Show'} the answer to ${file}`}
              onClick={() => setOpen(open === id ? undefined : id)}
            >
              {open === id ? 'Hide' : 'Show'}
            </button>
          ),
      },
    ]}
  />
);
