import type { Refusal } from '../api/ask.ts';

interface Props {
  /** Undefined: there is none, and nothing is shown. */
  readonly of: Refusal | undefined;
}

/** Why a part of a screen has nothing to show. */
export const Problem = ({ of }: Props) =>
  of && (
    <div class="problem" role="alert">
      <p>{of.message}</p>
    </div>
  );

/** Why what somebody asked for was not done, beside the button. */
export const Refused = ({ of }: Props) =>
  of && (
    <p class="refusal" role="alert">
      {of.message}
    </p>
  );
