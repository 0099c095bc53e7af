import { useEffect, useState } from 'preact/hooks';
import type { GivenRows, SheetInfo } from '#cli/console/sheet-info.ts';
import { ask, type Refusal } from '../api/ask.ts';
import { base64Of, download } from '../core/download.ts';
import { fileHref, integrationHref, quarantineHref } from '../core/places.ts';
import {
  changed,
  checkedAgain,
  type Edits,
  faultsOf,
  fixedInWords,
  isAtFault,
  rowState,
  withChecks,
  withFixed,
  withProblem,
} from '../core/sheet.ts';
import { counted, number, visible } from '../core/words.ts';
import { Command } from '../ui/command.tsx';
import { useConsole } from '../ui/console-context.ts';
import { Grid, type GridCell } from '../ui/grid.tsx';
import { Head } from '../ui/head.tsx';
import { Link } from '../ui/link.tsx';
import { Problem, Refused } from '../ui/problem.tsx';
import { State } from '../ui/state.tsx';

/** Quarantined rows of a file as a sheet. Their content is masked until somebody asks for it, which is recorded. */
export function Sheet({ id }: { readonly id: string }) {
  const [integration = ''] = id.split('.');
  const { identities } = useConsole();
  const [sheet, setSheet] = useState<SheetInfo>();
  const [problem, setProblem] = useState<Refusal>();
  const [isAsking, setAsking] = useState(false);
  const as = identities.includes('reader') ? 'reader' : undefined;
  const show = () => {
    setAsking(true);
    setProblem(undefined);
    ask('readSheet', { integration, id }, as)
      .then(setSheet, setProblem)
      .finally(() => setAsking(false));
  };
  return (
    <>
      <Head
        title={sheet ? visible(sheet.file) : 'Quarantined rows'}
        under={[[integration, integrationHref(integration)]]}
      >
        <Link to={fileHref(id)}>Its story</Link>
        <Link to={quarantineHref(integration, { id })}>Without content</Link>
      </Head>
      {sheet ? (
        <Rows integration={integration} id={id} sheet={sheet} />
      ) : (
        <div class="advice">
          <h2>The rows are masked</h2>
          <p>
            They are what the partner sent, and may hold personal data. The audit trail records who looks at
            them.
          </p>
          <div class="line">
            <button type="button" class="main" onClick={show} disabled={isAsking}>
              {isAsking ? 'Loading the rows…' : `Show the rows${as ? ` as ${as}` : ''}`}
            </button>
            <Command of={['content', 'rows', integration, id, '--out', 'rows.csv']} />
          </div>
          <Refused of={problem} />
        </div>
      )}
    </>
  );
}

interface Props {
  readonly integration: string;
  readonly id: string;
  readonly sheet: SheetInfo;
}

/** How long after the last key a row is checked. */
const checkMilliseconds = 250;

function Rows({ integration, id, sheet }: Props) {
  const [edits, setEdits] = useState<Edits>(new Map());
  const [chosen, setChosen] = useState<GridCell>({
    row: 0,
    column: Math.max(0, sheet.columns.indexOf(sheet.rows[0]?.column ?? '')),
  });
  const [problem, setProblem] = useState<Refusal>();
  const [taken, setTaken] = useState<string>();
  const given = (some: Edits): GivenRows => ({
    ...{ integration, id, columns: sheet.columns },
    rows: [...some].map(([row, { cells }]) => ({ id: sheet.rows[row]?.id ?? '', cells })),
  });

  useEffect(() => {
    const unchecked: Edits = new Map([...edits].filter(([, edit]) => rowState(edit) === 'checking'));
    if (unchecked.size === 0) return;
    const timer = setTimeout(() => {
      setProblem(undefined);
      ask('checkRows', given(unchecked)).then(
        ({ rows }) => setEdits(now => withChecks(now, unchecked, rows)),
        (error: Refusal) => setEdits(now => withProblem(now, unchecked, error.message)),
      );
    }, checkMilliseconds);
    return () => clearTimeout(timer);
  }, [edits]);

  const good: Edits = new Map([...edits].filter(([, edit]) => ['good', 'skipped'].includes(rowState(edit))));
  const upload = async (file: File | undefined) => {
    if (!file) return;
    setProblem(undefined);
    setTaken(undefined);
    try {
      const base64 = await base64Of(file);
      const fixed = await ask('readFixedFile', { integration, columns: sheet.columns, base64 });
      setEdits(now => withFixed(sheet, now, fixed));
      setTaken(fixedInWords(sheet, fixed));
    } catch (error) {
      setProblem(error as Refusal);
    }
  };
  const save = () =>
    ask('makeFixedFile', given(good)).then(
      ({ name, base64 }) => download({ name, parts: [base64] }),
      setProblem,
    );
  const textOf = ({ row, column }: GridCell) =>
    (edits.get(row)?.cells ?? sheet.rows[row]?.cells ?? [])[column] ?? '';
  return (
    <>
      <div class="line">
        <span>{counted(sheet.rows.length, ['quarantined row', 'quarantined rows'])}</span>
        <span class="faint">{number(edits.size)} changed</span>
        <State tone={good.size > 0 ? 'good' : 'calm'}>{`${number(good.size)} would be accepted`}</State>
        <button type="button" class="main" disabled={good.size === 0} onClick={save}>
          Download the corrected rows
        </button>
        <label class="line upload">
          <span>or take a corrected CSV</span>
          <input
            type="file"
            accept=".csv,text/csv"
            onChange={event => void upload(event.currentTarget.files?.[0])}
          />
        </label>
      </div>
      <Problem of={problem} />
      {taken && <p role="status">{taken}</p>}
      <div class="beside">
        <Grid
          caption="Quarantined rows"
          columns={sheet.columns}
          length={sheet.rows.length}
          textOf={textOf}
          classOf={({ row, column }) => {
            const own = sheet.rows[row];
            return own && isAtFault(own, edits.get(row), sheet.columns[column] ?? '') ? 'at-fault' : '';
          }}
          rowClassOf={row => rowState(edits.get(row))}
          headOf={row => sheet.rows[row]?.line}
          chosen={chosen}
          onChoose={setChosen}
          onEdit={({ row, column }, text) => setEdits(now => changed(sheet, now, { row, column, text }))}
        />
        <Remedy {...{ sheet, edits, row: chosen.row }} onCheckAgain={() => setEdits(checkedAgain)} />
      </div>
      <p class="prose">
        Arrows move, Enter edits, typing writes over a cell, Escape leaves a cell as it was. A changed row is
        checked by the contract of this folder at once. Send the file to the partner to confirm, or drop it
        under <code>fixed/</code> of the lane: only its rows are published. If the contract was wrong, correct
        and deploy it, and resubmit the file by a plan.
      </p>
    </>
  );
}

/** What is wrong with the chosen row, and how to fix it. */
function Remedy({
  sheet,
  edits,
  row,
  onCheckAgain,
}: {
  readonly sheet: SheetInfo;
  readonly edits: Edits;
  readonly row: number;
  readonly onCheckAgain: () => void;
}) {
  const own = sheet.rows[row];
  if (!own) return null;
  const edit = edits.get(row);
  const state = rowState(edit);
  return (
    <aside class="advice" aria-live="polite" aria-label="The chosen row">
      <h2>Line {own.line}</h2>
      {state === 'checking' && <p class="faint">It is checked…</p>}
      {state === 'unchecked' && (
        <>
          <p class="refusal" role="alert">
            It could not be checked. {edit?.problem}
          </p>
          <button type="button" onClick={onCheckAgain}>
            Check it again
          </button>
        </>
      )}
      {state === 'good' && (
        <p>
          <State tone="good">it would be accepted</State>{' '}
          {counted(edit?.checked?.events ?? 0, ['event', 'events'])}
        </p>
      )}
      {state === 'skipped' && <p>It would be skipped: {edit?.checked?.skipped}</p>}
      {state === 'faulty' &&
        faultsOf(own, edit).map(({ column, code, detail, remedy }) => (
          <div key={`${column} ${code}`}>
            <p>
              <code>{code}</code> {column && <bdi>in {visible(column)}</bdi>}
            </p>
            <p>{visible(detail)}</p>
            <p class="soft">{remedy}</p>
          </div>
        ))}
      {own.raw !== '' && (
        <div>
          <p class="faint">The row could not be split into columns. As it came:</p>
          <pre>{visible(own.raw.slice(0, 4_000))}</pre>
        </div>
      )}
    </aside>
  );
}
