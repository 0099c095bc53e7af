import { readable } from '../core/content.ts';
import { visibleLines } from '../core/words.ts';

interface Props {
  readonly text: string;
}

/** Content as it came, its bodies decoded, with invisible characters written out. */
export const ReadableText = ({ text }: Props) => (
  <div class="sheet">
    <pre>{visibleLines(readable(text))}</pre>
  </div>
);
