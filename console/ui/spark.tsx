interface Props {
  readonly values: readonly number[];
  /** What they are, for those who do not see them. */
  readonly name: string;
}

const width = 96;
const height = 18;

/** A small chart of one row: it has no axes, and its largest value fills it. */
export function Spark({ values, name }: Props) {
  const max = Math.max(...values, 1);
  const step = width / Math.max(1, values.length);
  const bars = values.map((value, n) => {
    const tall = value === 0 ? 1 : Math.max(2, (value / max) * height);
    return `M${(n * step).toFixed(1)} ${height}v${-tall.toFixed(1)}h${Math.max(1, step - 1).toFixed(1)}v${tall.toFixed(1)}z`;
  });
  const sum = values.reduce((all, value) => all + value, 0);
  return (
    <svg
      class={sum === 0 ? 'spark none' : 'spark'}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={`${name}: ${sum} in all, at most ${Math.max(...values, 0)}`}
    >
      <path d={bars.join('')} />
    </svg>
  );
}
