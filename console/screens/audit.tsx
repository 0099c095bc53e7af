import { useState } from 'preact/hooks';
import type { OutputOf } from '#operate/core/operations.ts';
import { useAnswer } from '../api/use-answer.ts';
import { hrefOf } from '../core/route.ts';
import { number } from '../core/words.ts';
import { Answered } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { Head } from '../ui/head.tsx';
import { go, usePlace } from '../ui/link.tsx';
import { State } from '../ui/state.tsx';
import { Table } from '../ui/table.tsx';

const today = (): string => new Date().toISOString().slice(0, 10);

/** Whether a day of the audit trail is as it was written. */
export function Audit() {
  const { parts, query } = usePlace();
  const day = query.day ?? today();
  return (
    <>
      <Head title="Audit trail">
        <label class="line">
          <span>Day (UTC)</span>
          <input
            type="date"
            value={day}
            max={today()}
            onChange={event => go(hrefOf(parts, { day: event.currentTarget.value }))}
          />
        </label>
      </Head>
      <p class="prose">
        Every change of the books is a record with the hash of the record before it. Each night the day is
        sealed with a signed manifest. Here the records are read again, and each hash and signature is
        checked.
      </p>
      <Day key={day} day={day} />
      <Command of={['audit', 'verify', '--from', day, '--to', day]} />
    </>
  );
}

function Day({ day }: { readonly day: string }) {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  return (
    <>
      {cursors.map((cursor, n) => (
        <Page
          key={cursor ?? ''}
          {...{ day, cursor }}
          isLast={n === cursors.length - 1}
          onMore={next => setCursors([...cursors, next])}
        />
      ))}
    </>
  );
}

interface PageProps {
  readonly day: string;
  readonly cursor: string | undefined;
  readonly isLast: boolean;
  readonly onMore: (next: string) => void;
}

function Page({ day, cursor, isLast, onMore }: PageProps) {
  const found = useAnswer('verifyAudit', { day, cursor });
  return (
    <Answered of={found} what="audit trail">
      {checked => (
        <>
          <Verdict of={checked} />
          {checked.findings.length > 0 && (
            <Table
              caption="Findings"
              columns={[
                { name: 'code', cell: ({ code }) => code },
                { name: 'object', cell: ({ object }) => <code>{object}</code> },
                { name: 'line', isNumber: true, cell: ({ line }) => line },
                { name: 'what is wrong', cell: ({ detail }) => <span class="wrap">{detail}</span> },
              ]}
              rows={checked.findings}
              keyOf={({ object, line, code }) => `${object} ${line} ${code}`}
            />
          )}
          {isLast && checked.next && (
            <button type="button" class="start" onClick={() => checked.next && onMore(checked.next)}>
              Verify the next part
            </button>
          )}
        </>
      )}
    </Answered>
  );
}

const Verdict = ({
  of: { findings, objects, sealed, expired, more },
}: {
  readonly of: OutputOf<'verifyAudit'>;
}) => (
  <div class="advice">
    <h2>
      {findings.length === 0 ? (
        <State tone="good">as it was written</State>
      ) : (
        <State tone="bad">{`${number(findings.length)}${more ? '+' : ''} findings`}</State>
      )}
    </h2>
    <p>
      {number(objects)} objects were checked.{' '}
      {sealed
        ? 'A signed manifest says what the day came to.'
        : 'The day is not sealed yet: a signed manifest is written in the night after it.'}
      {expired && ' Its records are older than they are kept: only the manifest was checked.'}
    </p>
  </div>
);
