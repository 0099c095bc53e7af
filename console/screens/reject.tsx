import { integrationHref, newPlanHref } from '../core/places.ts';
import { Empty } from '../ui/answered.tsx';
import { Head, Part } from '../ui/head.tsx';
import { Link, usePlace } from '../ui/link.tsx';
import { Masked } from '../ui/masked.tsx';
import { ReadableText } from '../ui/readable-text.tsx';

interface Props {
  readonly integration: string;
  readonly id: string;
}

/** A request that a fence rejected and kept. */
export function Reject({ integration, id }: Props) {
  const { object } = usePlace().query;
  return (
    <>
      <Head title={id} under={[[integration, integrationHref(integration)]]}>
        <Link to={newPlanHref({ kind: 'release', integration })}>Plan: release</Link>
      </Head>
      <Part title="The request as it came">
        {object === undefined ? (
          <Empty>
            The address does not say where it is kept. Open it from the list of rejected requests.
          </Empty>
        ) : (
          <Masked integration={integration} of="reject" id={id} object={object}>
            {text => <ReadableText text={text} />}
          </Masked>
        )}
      </Part>
    </>
  );
}
