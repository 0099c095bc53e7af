import type { EventLine } from '#operate/core/shapes/events.ts';
import { useAnswer } from '../api/use-answer.ts';
import { eventIn } from '../core/content.ts';
import { asCurl, asSample, asTypeScript } from '../core/event-copies.ts';
import { fileHref, integrationHref, isHandoff } from '../core/places.ts';
import { hrefOf } from '../core/route.ts';
import { visible, visibleLines } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { Copy } from '../ui/copy.tsx';
import { type Fact, Facts } from '../ui/facts.tsx';
import { Head, Part } from '../ui/head.tsx';
import { Link, usePlace } from '../ui/link.tsx';
import { Masked } from '../ui/masked.tsx';
import { ReadableText } from '../ui/readable-text.tsx';
import { Time } from '../ui/time.tsx';
import { Rule } from './rule.tsx';

/** One event: its attributes, and when it was on the bus. */
export function Event({ id }: { readonly id: string }) {
  const { query } = usePlace();
  const around = aroundOf(query.at);
  const found = useAnswer('listEvents', { id, ...around, limit: '20' });
  return (
    <>
      <Head title={found.answer?.events[0]?.type ?? id} under={[['Events', '/events']]} />
      <Answered of={found} what="event">
        {({ events: [first, ...repeats] }) =>
          first ? (
            <Found of={first} repeats={repeats} />
          ) : (
            <Empty>No such event in the part of the log that was searched.</Empty>
          )
        }
      </Answered>
      <Command of={['event', id]} />
    </>
  );
}

/** A minute before and after: the log says when to the second. */
function aroundOf(at: string | undefined): { readonly from?: string; readonly to?: string } {
  const time = Date.parse(at ?? '');
  if (Number.isNaN(time)) return {};
  return { from: new Date(time - 60_000).toISOString(), to: new Date(time + 60_000).toISOString() };
}

/** Without its data until somebody asked for it. */
const Copies = ({ of, data }: { readonly of: EventLine; readonly data?: unknown }) => (
  <div class="line">
    <Copy text={asCurl(of)} name="Copy as curl" />
    <Copy text={asSample(of, data)} name="Copy as sample" />
    <Copy text={asTypeScript(of, data)} name="Copy as TypeScript" />
  </div>
);

function Found({ of, repeats }: { readonly of: EventLine; readonly repeats: readonly EventLine[] }) {
  return (
    <>
      <Copies of={of} />
      <div class="columns">
        <Part title="Attributes">
          <Facts of={attributesOf(of)} />
        </Part>
        <Part title="Where it comes from">
          <Facts of={waysOf(of)} />
          {repeats.length > 0 && (
            <p class="prose">
              It was on the bus {repeats.length + 1} times. Consumers that keep ids take it once.
            </p>
          )}
        </Part>
      </div>
      <Part title="Data">
        <Masked integration={of.integration} of="event" id={of.id} object={of.object}>
          {line => {
            const data = eventIn(line)?.data;
            return (
              <>
                <div class="sheet">
                  <pre>{visibleLines(JSON.stringify(data, undefined, 2))}</pre>
                </div>
                <p class="faint">With its data:</p>
                <Copies of={of} data={data} />
              </>
            );
          }}
        </Masked>
      </Part>
      <Part title="What it was made of">
        <Masked integration={of.integration} of="raw" id={of.id} object={of.object}>
          {text => <ReadableText text={text} />}
        </Masked>
      </Part>
      <Rule integration={of.integration} />
    </>
  );
}

const attributesOf = (of: EventLine): readonly Fact[] => [
  ['id', <code key="id">{of.id}</code>],
  [
    'type',
    <Link key="type" to={hrefOf(['catalogue', 'events', of.type])}>
      {of.type}
    </Link>,
  ],
  ['subject', <bdi key="subject">{visible(of.subject)}</bdi>],
  ['tenant', <bdi key="tenant">{visible(of.tenantid)}</bdi>],
  ['happened', <Time key="time" at={of.time} />],
  ['published', <Time key="published" at={of.publishedAt} />],
  ['sequence', <code key="sequence">{of.sequence}</code>],
  [
    'idempotency key',
    <code key="key">
      <bdi>{visible(of.idempotencykey)}</bdi>
    </code>,
  ],
  of.externalref !== '' && ['external reference', <bdi key="external">{visible(of.externalref)}</bdi>],
  ['schema', <code key="schema">{of.dataschema}</code>],
];

const waysOf = (of: EventLine): readonly Fact[] => [
  [
    'integration',
    <Link key="integration" to={integrationHref(of.integration)}>
      {of.integration}
    </Link>,
  ],
  ['belongs to', <Unit key="correlation" id={of.correlationid} integration={of.integration} />],
  [
    'all of it',
    <Link
      key="all"
      to={hrefOf(['events'], { correlationid: of.correlationid, from: hourBefore(of.publishedAt) })}
    >
      Events of the same file, delivery or transaction
    </Link>,
  ],
  ['caused by', <Unit key="causation" id={of.causationid} integration={of.integration} />],
  ['trace', <code key="trace">{of.traceparent}</code>],
  [
    'raw input',
    <code key="raw">
      <bdi>{visible(of.rawref)}</bdi>
    </code>,
  ],
  ['its hash', <code key="hash">{of.rawhash}</code>],
];

const hourBefore = (at: string): string => new Date(Date.parse(at) - 3_600_000).toISOString();

function Unit({ id, integration }: { readonly id: string; readonly integration: string }) {
  const [handoff = ''] = id.split('#');
  const name = (
    <code>
      <bdi>{visible(id)}</bdi>
    </code>
  );
  if (isHandoff(handoff)) return <Link to={fileHref(handoff)}>{name}</Link>;
  return <Link to={hrefOf(['units', integration, id])}>{name}</Link>;
}
