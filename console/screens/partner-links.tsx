import { useState } from 'preact/hooks';
import type { OutputOf } from '#operate/core/operations.ts';
import type { PartnerLinkLine } from '#operate/core/shapes/partner-links.ts';
import { useAnswer } from '../api/use-answer.ts';
import { personIn } from '../core/words.ts';
import { Action } from '../ui/action.tsx';
import { Answered } from '../ui/answered.tsx';
import { Command } from '../ui/command.tsx';
import { useConsole } from '../ui/console-context.ts';
import { Copy } from '../ui/copy.tsx';
import { Part } from '../ui/head.tsx';
import { State } from '../ui/state.tsx';
import { Table } from '../ui/table.tsx';
import { Time } from '../ui/time.tsx';

type Made = OutputOf<'makePartnerLink'>;

/** Links that show the partner of a lane their files. */
export function PartnerLinks({ integration }: { readonly integration: string }) {
  const found = useAnswer('listPartnerLinks', {}, { everySeconds: 30 });
  const [days, setDays] = useState('7');
  const [hasRows, setRows] = useState(false);
  const [made, setMade] = useState<Made>();
  const { identities } = useConsole();
  const asReader = identities.includes('reader') ? 'reader' : undefined;
  const done = (link: Made) => {
    setMade(link);
    found.again();
  };
  return (
    <Part title="Page for the partner">
      <p class="faint">
        A link shows the partner the files, faults and answers of this lane, and takes corrected files. It is
        all that they see.
      </p>
      <div class="line">
        <label>
          Days{' '}
          <input
            type="number"
            min="1"
            max="30"
            value={days}
            onInput={event => setDays(event.currentTarget.value)}
          />
        </label>
        <label>
          <input type="checkbox" checked={hasRows} onChange={event => setRows(event.currentTarget.checked)} />{' '}
          with the rejected rows
        </label>
        {hasRows ? (
          <Action
            call="makePartnerLinkWithRows"
            input={{ of: integration, days }}
            as={asReader}
            onDone={done}
          >
            Make a link{asReader && ' as reader'}
          </Action>
        ) : (
          <Action call="makePartnerLink" input={{ of: integration, days }} onDone={done}>
            Make a link
          </Action>
        )}
      </div>
      {made && <Address of={made} />}
      <Answered of={found} what="links">
        {({ links }) => (
          <LinkTable
            links={links.filter(({ integrations }) => integrations.includes(integration))}
            onRevoked={found.again}
          />
        )}
      </Answered>
      <Command
        of={[
          'partner-link',
          integration,
          ...(days === '7' ? [] : ['--days', days]),
          hasRows ? '--rows' : undefined,
        ]}
      />
    </Part>
  );
}

/** It is shown this once. */
const Address = ({ of: { url } }: { readonly of: Made }) => (
  <div class="advice" role="status">
    <p>Whoever has this address sees what the partner sees. It is shown this once.</p>
    <p class="line">
      <code class="address">{url}</code>
      <Copy text={url} name="Copy the address" />
    </p>
  </div>
);

const standing = ({ revoked, until }: PartnerLinkLine) => {
  if (revoked) return <State tone="calm">revoked</State>;
  return Date.parse(until) > Date.now() ? <State tone="good">open</State> : <State tone="calm">ended</State>;
};

const isOpen = ({ revoked, until }: PartnerLinkLine) => !revoked && Date.parse(until) > Date.now();

interface TableProps {
  readonly links: readonly PartnerLinkLine[];
  readonly onRevoked: () => void;
}

const LinkTable = ({ links, onRevoked }: TableProps) =>
  links.length === 0 ? null : (
    <Table
      caption="Links for the partner"
      rows={links}
      keyOf={({ id }) => id}
      columns={[
        { name: 'state', cell: standing },
        { name: 'until', cell: ({ until }) => <Time at={until} /> },
        { name: 'rows', cell: ({ hasRows }) => (hasRows ? 'with rejected rows' : 'no') },
        { name: 'made by', isExtra: true, cell: ({ by }) => personIn(by) },
        { name: 'made', isExtra: true, cell: ({ madeAt }) => <Time at={madeAt} /> },
        {
          name: 'end it',
          cell: link =>
            isOpen(link) && (
              <Action call="revokePartnerLink" input={{ id: link.id }} onDone={onRevoked}>
                Revoke
              </Action>
            ),
        },
      ]}
    />
  );
