import { useState } from 'preact/hooks';
import type { PartnerAnswers } from '#operate/core/partner/partner-questions.ts';
import { download } from '../core/download.ts';
import { counted, cut, visible } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Facts } from '../ui/facts.tsx';
import { Table } from '../ui/table.tsx';
import { ask } from './ask.ts';
import { usePartner } from './use-partner.ts';

interface Props {
  readonly integration: string;
  readonly id: string;
  readonly hasRows: boolean;
}

/** What became of one file, and what to do. */
export function AnswerTo(props: Props) {
  const found = usePartner('answer', { integration: props.integration, id: props.id });
  return (
    <section class="part" aria-label="Answer">
      <Answered of={found} what="answer">
        {({ answer }) =>
          answer ? (
            <Told {...props} answer={answer} />
          ) : (
            <Empty>A newer file of the same name has the answer.</Empty>
          )
        }
      </Answered>
    </section>
  );
}

type Told = NonNullable<PartnerAnswers['answer']['answer']>;

function Told({ integration, id, hasRows, answer }: Props & { readonly answer: Told }) {
  const { fault, remedy, corrects, ignoredColumns, rejectedRows } = answer;
  return (
    <>
      <Facts
        of={[
          fault && ['what is wrong', `${visible(cut(fault.detail))} (${fault.code})`],
          fault && ['what to do', fault.remedy],
          remedy && ['what to do', remedy],
          corrects && ['corrects', visible(corrects.file)],
          ignoredColumns.length > 0 && [
            'columns that we do not read',
            visible(cut(ignoredColumns.join(', '))),
          ],
        ]}
      />
      {rejectedRows && <Faults of={rejectedRows} />}
      {rejectedRows && hasRows && <RowsFile {...{ integration, id }} />}
      {!fault && !rejectedRows && <Empty>All of it was accepted.</Empty>}
    </>
  );
}

const Faults = ({ of: { rows, first } }: { readonly of: NonNullable<Told['rejectedRows']> }) => (
  <>
    <h3>
      {counted(rows, ['row was', 'rows were'])} not accepted
      {first.length < rows && `, of which ${first.length} are here`}
    </h3>
    <Table
      caption="Rows that were not accepted"
      rows={first}
      keyOf={({ line, column, code }) => `${line} ${column} ${code}`}
      columns={[
        { name: 'line', isNumber: true, cell: ({ line }) => line },
        { name: 'column', cell: ({ column }) => (column ? <code>{visible(column)}</code> : '–') },
        { name: 'what is wrong', cell: ({ detail }) => visible(cut(detail)) },
        { name: 'what to do', cell: ({ remedy }) => remedy },
      ]}
    />
  </>
);

/** The rows as they came, with what is wrong beside each. Each look at them is recorded. */
function RowsFile({ integration, id }: Omit<Props, 'hasRows'>) {
  const [problem, setProblem] = useState('');
  const [isAsking, setAsking] = useState(false);
  const save = () => {
    setAsking(true);
    setProblem('');
    rowsOf(integration, id)
      .then(
        parts => download({ name: `${id}.rejected.csv`, parts }),
        error => setProblem((error as Error).message),
      )
      .finally(() => setAsking(false));
  };
  return (
    <p class="line">
      <button type="button" class="main" disabled={isAsking} onClick={save}>
        Download these rows, to correct them
      </button>
      {problem && (
        <span class="refusal" role="alert">
          {problem}
        </span>
      )}
    </p>
  );
}

/** In base64, part by part. */
async function rowsOf(integration: string, id: string): Promise<string[]> {
  const parts: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const { base64, next } = await ask('rows', { integration, id, cursor });
    parts.push(base64);
    if (next === null) return parts;
    cursor = next;
  }
}
