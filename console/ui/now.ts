import { useEffect, useState } from 'preact/hooks';

/** The time, looked at again at most once a second. */
export function useNow(everySeconds = 5): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), Math.max(1, everySeconds) * 1_000);
    return () => clearInterval(timer);
  }, [everySeconds]);
  return now;
}
