import { useState } from 'preact/hooks';
import type { PartnerAnswers, PartnerLane } from '#operate/core/partner/partner-questions.ts';
import { visible } from '../core/words.ts';
import { Answered, Empty } from '../ui/answered.tsx';
import { Part } from '../ui/head.tsx';
import { Time } from '../ui/time.tsx';
import { Files } from './files.tsx';
import { Upload } from './upload.tsx';
import { usePartner } from './use-partner.ts';

/** All that one partner sees. */
export function PartnerPage() {
  const opened = usePartner('open', {});
  return (
    <main class="alone">
      <Answered of={opened} what="files">
        {found => <Opened of={found} />}
      </Answered>
    </main>
  );
}

function Opened({ of: { partner, until, lanes, ...rest } }: { readonly of: PartnerAnswers['open'] }) {
  return (
    <>
      <div class="head">
        <h1>Files of {visible(partner)}</h1>
        <p class="faint">
          This page is open until <Time at={until} />. Whoever has its link sees what you see: pass it on with
          care.
        </p>
      </div>
      {lanes.length === 0 && <Empty>Nothing can be sent any more by what this link was made for.</Empty>}
      {lanes.map(lane => (
        <Lane key={lane.id} lane={lane} {...rest} />
      ))}
    </>
  );
}

type LaneProps = Pick<PartnerAnswers['open'], 'hasRows' | 'uploadBytesMax'> & { readonly lane: PartnerLane };

function Lane({ lane, hasRows, uploadBytesMax }: LaneProps) {
  const [sent, setSent] = useState(0);
  return (
    <Part title={lane.id}>
      <Files key={sent} integration={lane.id} hasRows={hasRows} />
      <Upload lane={lane} bytesMax={uploadBytesMax} onSent={() => setSent(count => count + 1)} />
    </Part>
  );
}
