import { useRef, useState } from 'preact/hooks';
import type { TriedChange, TryIntegration } from '#cli/console/try-info.ts';
import { ask, type Refusal } from '../api/ask.ts';
import { issueHref } from '../core/places.ts';
import { counted, visibleLines } from '../core/words.ts';
import { Command } from '../ui/command.tsx';
import { Facts } from '../ui/facts.tsx';
import { Part } from '../ui/head.tsx';
import { Link } from '../ui/link.tsx';
import { Refused } from '../ui/problem.tsx';
import { StateOf } from '../ui/state.tsx';

interface Props {
  readonly of: TryIntegration;
  readonly sample: string;
  readonly text: string;
}

/** Writes one change into the log that a feed reads, and shows what it made of it. */
export function TryChange({ of, sample, text }: Props) {
  const body = useRef<HTMLTextAreaElement>(null);
  const [answer, setAnswer] = useState<TriedChange>();
  const [problem, setProblem] = useState<Refusal>();
  const [isAsking, setAsking] = useState(false);
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    setProblem(undefined);
    setAnswer(undefined);
    setAsking(true);
    ask('tryChange', { integration: of.id, sample, text: body.current?.value ?? '' })
      .then(setAnswer, setProblem)
      .finally(() => setAsking(false));
  };
  return (
    <form class="stack" onSubmit={send}>
      <textarea
        ref={body}
        class="code"
        aria-label="Change"
        defaultValue={text}
        spellcheck={false}
        rows={16}
      />
      <Refused of={problem} />
      <div class="line">
        <button type="submit" class="main" disabled={isAsking}>
          {isAsking ? 'Waiting for the feed…' : 'Write it into the log'}
        </button>
        <Command of={['simulate', of.id]} />
      </div>
      <p class="faint">Its position in the log, and where it has one its time, become those of now.</p>
      {answer && <Made of={of.id} answer={answer} />}
    </form>
  );
}

function Made({
  of,
  answer: { tally, codes, events, milliseconds },
}: {
  readonly of: string;
  readonly answer: TriedChange;
}) {
  const outcomes = Object.entries(tally).filter(([name, count]) => name !== 'received' && count > 0);
  return (
    <Part title="What became of it">
      <Facts
        of={[
          ['outcome', outcomes.map(([name]) => <StateOf key={name} name={name} />)],
          ...codes.map(
            code =>
              [
                'fault',
                <Link key={code} to={issueHref(of, code)}>
                  {code}
                </Link>,
              ] as const,
          ),
          ['events', counted(events.length, ['event', 'events'])],
          ['took', `${milliseconds} ms`],
        ]}
      />
      {events.map(event => (
        <pre key={event}>{visibleLines(event)}</pre>
      ))}
    </Part>
  );
}
