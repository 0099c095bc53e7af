import { ago, localTime, utcTime } from '../core/time.ts';
import { useNow } from './now.ts';

/** A time in the viewer's zone; in UTC where the pointer rests on it. */
export function Time({ at }: { readonly at: string | null | undefined }) {
  if (!at) return <span class="faint">–</span>;
  return (
    <time dateTime={at} title={utcTime(at)}>
      {localTime(at, Date.now())}
    </time>
  );
}

/** How long ago; both times where the pointer rests on it. */
export function Ago({ at }: { readonly at: string | null | undefined }) {
  const now = useNow();
  if (!at) return <span class="faint">–</span>;
  return (
    <time dateTime={at} title={`${localTime(at, now)} (${utcTime(at)})`}>
      {ago(at, now)}
    </time>
  );
}
