import { useRef, useState } from 'preact/hooks';
import type { TriedWebhook, TryIntegration, TrySample } from '#cli/console/try-info.ts';
import { ask, type Refusal } from '../api/ask.ts';
import { useAnswer } from '../api/use-answer.ts';
import { fileHref, issueHref } from '../core/places.ts';
import { hrefOf } from '../core/route.ts';
import { visible } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { EventTable } from '../ui/event-table.tsx';
import { Facts } from '../ui/facts.tsx';
import { Head, Part } from '../ui/head.tsx';
import { go, Link, usePlace } from '../ui/link.tsx';
import { Refused } from '../ui/problem.tsx';
import { StateOf } from '../ui/state.tsx';
import { Table } from '../ui/table.tsx';
import { Time } from '../ui/time.tsx';
import { SaveSample } from './save-sample.tsx';
import { TryChange } from './try-change.tsx';

/** Drop a file or send a signed webhook to the local cloud, and see what becomes of it. */
export function Try() {
  const { parts, query } = usePlace();
  const found = useAnswer('readTry', {});
  return (
    <>
      <Head title="Try it" />
      <p class="prose">
        This goes to the local cloud, which runs the functions that would be deployed. A webhook is signed as
        its provider signs it.
      </p>
      <Answered of={found} what="samples">
        {({ integrations }) => {
          const chosen = integrations.find(({ id }) => id === query.integration) ?? integrations[0];
          if (!chosen) return <Empty>The local cloud has no lane and no fence.</Empty>;
          const sample = chosen.samples.find(({ name }) => name === query.sample) ?? chosen.samples[0];
          return (
            <>
              <div class="filters">
                <label>
                  <span>Integration</span>
                  <select
                    value={chosen.id}
                    onChange={event =>
                      go(hrefOf(parts, { integration: event.currentTarget.value }), { replace: true })
                    }
                  >
                    {integrations.map(({ id }) => (
                      <option key={id}>{id}</option>
                    ))}
                  </select>
                </label>
                <label>
                  <span>Begin with</span>
                  <select
                    value={sample?.name}
                    onChange={event =>
                      go(hrefOf(parts, { integration: chosen.id, sample: event.currentTarget.value }), {
                        replace: true,
                      })
                    }
                  >
                    {chosen.samples.map(({ name }) => (
                      <option key={name}>{name}</option>
                    ))}
                  </select>
                </label>
              </div>
              {sample ? (
                <TryOne key={`${chosen.id} ${sample.name}`} of={chosen} sample={sample} />
              ) : (
                <Empty>It has no sample to begin with.</Empty>
              )}
            </>
          );
        }}
      </Answered>
    </>
  );
}

function TryOne({
  of,
  sample: { name, file, text },
}: {
  readonly of: TryIntegration;
  readonly sample: TrySample;
}) {
  switch (of.kind) {
    case 'file-lane':
      return <TryFile {...{ of, file, text }} />;
    case 'webhook-fence':
      return <TryWebhook {...{ of, text }} sample={name} />;
    case 'cdc-feed':
      return <TryChange {...{ of, text }} sample={name} />;
  }
}

interface FileProps {
  readonly of: TryIntegration;
  readonly file: string;
  readonly text: string;
}

function TryFile({ of, file, text }: FileProps) {
  const name = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLTextAreaElement>(null);
  const [dropped, setDropped] = useState<DroppedFile>();
  const [problem, setProblem] = useState<Refusal>();
  const drop = (event: SubmitEvent) => {
    event.preventDefault();
    setProblem(undefined);
    const content = body.current?.value ?? '';
    ask('tryFile', { integration: of.id, name: name.current?.value ?? '', text: content }).then(
      answer => setDropped({ name: answer.name, text: content }),
      setProblem,
    );
  };
  const read = async (chosen: File | undefined) => {
    if (!chosen || !body.current || !name.current) return;
    body.current.value = await chosen.text();
    name.current.value = chosen.name;
  };
  return (
    <form class="stack" onSubmit={drop}>
      <div class="filters">
        <label>
          <span>Name</span>
          <input ref={name} type="text" defaultValue={file} spellcheck={false} />
        </label>
        <label>
          <span>Or a file of yours</span>
          <input
            type="file"
            accept=".csv,text/csv"
            onChange={event => void read(event.currentTarget.files?.[0])}
          />
        </label>
      </div>
      <textarea
        ref={body}
        class="code"
        aria-label="Content"
        defaultValue={text}
        spellcheck={false}
        rows={12}
      />
      <Refused of={problem} />
      <div class="line">
        <button type="submit" class="main">
          Drop it
        </button>
        <Command of={['files', of.id, '--name', file]} />
      </div>
      {dropped && <Dropped integration={of.id} {...dropped} />}
    </form>
  );
}

interface DroppedFile {
  readonly name: string;
  readonly text: string;
}

/** What became of the file: its newest hand-offs. */
function Dropped({ integration, name, text }: DroppedFile & { readonly integration: string }) {
  const found = useAnswer('listHandoffs', { integration, name, limit: '3' }, { everySeconds: 1 });
  const newest = found.answer?.handoffs
    .filter(({ file, settledAt }) => file === name && settledAt !== null)
    .sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))[0];
  return (
    <Part title="What became of it">
      <Answered of={found} what="files">
        {({ handoffs }) =>
          handoffs.length === 0 ? (
            <Empty>It has not arrived yet.</Empty>
          ) : (
            <>
              <Table
                caption="What became of it"
                columns={[
                  { name: 'received', cell: ({ receivedAt }) => <Time at={receivedAt} /> },
                  {
                    name: 'file',
                    cell: ({ id, file }) => (
                      <Link to={fileHref(id)}>
                        <bdi>{visible(file)}</bdi>
                      </Link>
                    ),
                  },
                  { name: 'state', cell: ({ state }) => <StateOf name={state} /> },
                  { name: 'published', isNumber: true, cell: ({ tally }) => tally?.published },
                  { name: 'quarantined', isNumber: true, cell: ({ tally }) => tally?.quarantined },
                  { name: 'fault', cell: ({ fault }) => fault?.code },
                ]}
                rows={handoffs}
                keyOf={({ id }) => id}
              />
              {newest && (
                <SaveSample
                  key={newest.id}
                  {...{ integration }}
                  tried={{ kind: 'file', id: newest.id, file: name, text }}
                />
              )}
            </>
          )
        }
      </Answered>
    </Part>
  );
}

interface WebhookProps {
  readonly of: TryIntegration;
  readonly sample: string;
  readonly text: string;
}

function TryWebhook({ of, sample, text }: WebhookProps) {
  const body = useRef<HTMLTextAreaElement>(null);
  const [answer, setAnswer] = useState<TriedWebhook & { readonly text: string }>();
  const [problem, setProblem] = useState<Refusal>();
  const [isAsking, setAsking] = useState(false);
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    setProblem(undefined);
    setAnswer(undefined);
    setAsking(true);
    const content = body.current?.value ?? '';
    ask('tryWebhook', { integration: of.id, sample, text: content, id: `tried-${Date.now()}` })
      .then(found => setAnswer({ ...found, text: content }), setProblem)
      .finally(() => setAsking(false));
  };
  return (
    <form class="stack" onSubmit={send}>
      <textarea ref={body} class="code" aria-label="Body" defaultValue={text} spellcheck={false} rows={14} />
      <Refused of={problem} />
      <div class="line">
        <button type="submit" class="main" disabled={isAsking}>
          Sign and send it
        </button>
        <Command of={['simulate', of.id]} />
      </div>
      {answer && <Answer of={of.id} answer={answer} />}
      {answer && (
        <SaveSample
          key={answer.correlationId}
          integration={of.id}
          tried={{ kind: 'webhook', sample, ...savedOf(answer) }}
        />
      )}
    </form>
  );
}

const savedOf = ({
  text,
  status,
  outcome,
  code,
  correlationId,
}: TriedWebhook & { readonly text: string }) => ({
  ...{ text, status, outcome, code, correlationId },
});

/** How the fence answered, and the events that it made. */
function Answer({ of, answer }: { readonly of: string; readonly answer: TriedWebhook }) {
  return (
    <Part title="What became of it">
      <Facts
        of={[
          [
            'answer',
            <>
              <strong>{answer.status}</strong> in {answer.milliseconds} ms
            </>,
          ],
          ['outcome', <StateOf key="outcome" name={answer.outcome} />],
          answer.code && [
            'fault',
            <Link key="code" to={issueHref(of, answer.code)}>
              {answer.code}
            </Link>,
          ],
          answer.correlationId && [
            'delivery',
            <Link key="unit" to={hrefOf(['units', of, answer.correlationId])}>
              <code>{answer.correlationId}</code>
            </Link>,
          ],
          ['the sender got', <code key="body">{visible(answer.body.slice(0, 2_000))}</code>],
        ]}
      />
      {answer.correlationId && <Made integration={of} id={answer.correlationId} />}
    </Part>
  );
}

function Made({ integration, id }: { readonly integration: string; readonly id: string }) {
  const found = useAnswer('listEvents', { integration, correlationid: id, limit: '20' }, { everySeconds: 2 });
  return (
    <Answered of={found} what="events">
      {({ events }) =>
        events.length === 0 ? (
          <Empty>No event in the bus log yet.</Empty>
        ) : (
          <EventTable events={events} show={['type', 'subject']} />
        )
      }
    </Answered>
  );
}
