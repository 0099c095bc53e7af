import { useState } from 'preact/hooks';

/** Copies a text, and says so. */
export function Copy({ text, name }: { readonly text: string; readonly name?: string }) {
  const [said, setSaid] = useState<string>();
  const copy = () => {
    const say = (word: string) => {
      setSaid(word);
      setTimeout(() => setSaid(undefined), 1_500);
    };
    navigator.clipboard.writeText(text).then(
      () => say('Copied'),
      () => say('Not allowed'),
    );
  };
  return (
    <button type="button" class={name ? '' : 'quiet'} onClick={copy} aria-live="polite">
      {said ?? name ?? 'Copy'}
    </button>
  );
}
