import { useEffect, useRef } from 'preact/hooks';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { localTime } from '../core/time.ts';
import { number } from '../core/words.ts';

interface Props {
  /** Epoch seconds. */
  readonly starts: readonly number[];
  readonly values: readonly number[];
  readonly name: string;
}

const height = 168;
const mostLabels = 1_000;

/** Values over time as bars. The numbers are beside it as text, for those who do not see it. */
export function Bars({ starts, values, name }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot>(undefined);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    chart.current = new UPlot(optionsOf(element, name), [[], []], element);
    const resize = new ResizeObserver(() => chart.current?.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    // The colours are those of the theme.
    const themes = new MutationObserver(() => chart.current?.redraw());
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      resize.disconnect();
      themes.disconnect();
      chart.current?.destroy();
    };
  }, [name]);
  useEffect(() => chart.current?.setData([[...starts], [...values]]), [starts, values]);
  const sum = values.reduce((all, value) => all + value, 0);
  return <div class="bars-chart" ref={box} role="img" aria-label={`${name}: ${number(sum)} in all`} />;
}

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The last bar begins at the last time, and needs its width too. */
const withLastSpan = ({ data: [times] }: UPlot, min: number, max: number): UPlot.Range.MinMax => {
  const [first, second] = times;
  return [min, max + (second ?? 1) - (first ?? 0)];
};

/** In the viewer's zone. */
const clock = (seconds: number): string =>
  localTime(new Date(seconds * 1_000).toISOString(), Date.now()).slice(-8, -3);

const optionsOf = (element: HTMLElement, name: string): UPlot.Options => ({
  width: element.clientWidth || 400,
  height,
  legend: { show: false },
  cursor: { points: { show: false }, drag: { x: false, y: false } },
  scales: { x: { range: withLastSpan }, y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
  axes: [
    {
      values: (_, marks) => marks.map(clock),
      stroke: () => colour('--faint'),
      grid: { show: false },
      ticks: { show: false },
      size: 22,
      font: '11px system-ui',
    },
    {
      stroke: () => colour('--faint'),
      grid: { stroke: () => colour('--line'), width: 1 },
      ticks: { show: false },
      size: 44,
      font: '11px system-ui',
      incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, mostLabels, 10_000, 100_000, 1_000_000],
      values: (_, marks) => marks.map(mark => number(mark)),
    },
  ],
  series: [
    {},
    {
      label: name,
      width: 0,
      fill: () => colour('--link'),
      ...(UPlot.paths.bars && { paths: UPlot.paths.bars({ size: [0.8, 40], align: 1 }) }),
      points: { show: false },
    },
  ],
});
