import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { cut, visible } from '../core/words.ts';

export interface GridCell {
  readonly row: number;
  readonly column: number;
}

interface Props {
  readonly caption: string;
  readonly columns: readonly string[];
  /** How many rows there are. Only those in sight are drawn. */
  readonly length: number;
  readonly textOf: (cell: GridCell) => string;
  readonly classOf: (cell: GridCell) => string;
  /** What stands before the cells of a row. */
  readonly headOf: (row: number) => ComponentChildren;
  readonly rowClassOf: (row: number) => string;
  readonly chosen: GridCell;
  readonly onChoose: (cell: GridCell) => void;
  readonly onEdit: (cell: GridCell, text: string) => void;
}

/** Rem of a row: rows are of one height, so that their place is known without drawing them. */
const rowRem = 1.75;
const beyond = 8;
const stepRows = 4;

const stepAt = (row: number): number => Math.floor(row / stepRows) * stepRows;

/** A sheet that is edited by keyboard: arrows move, Enter edits, Escape leaves a cell as it was. It has one tab stop. */
export function Grid(props: Props) {
  const { caption, columns, length, chosen, onChoose } = props;
  const scroll = useRef<HTMLDivElement>(null);
  // Of the first row in sight, in steps of a few rows, so that not every turn of the wheel draws.
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const [editing, setEditing] = useState<Editing>();
  const [rowPixels] = useState(
    () => rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
  );
  const first = Math.max(0, top - beyond);
  const last = Math.min(length, top + Math.ceil(height / rowPixels) + stepRows + beyond);

  useLayoutEffect(() => {
    if (scroll.current) setHeight(scroll.current.clientHeight);
  }, []);

  useEffect(() => {
    const box = scroll.current;
    if (!box) return;
    const at = chosen.row * rowPixels;
    if (at < box.scrollTop) box.scrollTop = at;
    if (at + 2 * rowPixels > box.scrollTop + box.clientHeight)
      box.scrollTop = at + 2 * rowPixels - box.clientHeight;
  }, [chosen.row, rowPixels]);

  const move = (rows: number, cells: number) =>
    onChoose({
      row: Math.min(length - 1, Math.max(0, chosen.row + rows)),
      column: Math.min(columns.length - 1, Math.max(0, chosen.column + cells)),
    });

  const onKey = (event: KeyboardEvent) => {
    if (editing) return;
    const step = steps[event.key];
    if (step) move(...step);
    else if (event.key === 'Enter' || event.key === 'F2') setEditing({});
    else if (event.key === 'Delete') props.onEdit(chosen, '');
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey)
      setEditing({ begin: event.key });
    else return;
    event.preventDefault();
  };

  return (
    <div
      class="grid scroll"
      ref={scroll}
      onScroll={event => setTop(stepAt(event.currentTarget.scrollTop / rowPixels))}
    >
      <table {...asGrid(chosen)} aria-label={caption} aria-rowcount={length + 1} onKeyDown={onKey}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">line</th>
            {columns.map(name => (
              <th key={name} scope="col">
                <bdi>{visible(name)}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space rows={first} columns={columns.length + 1} rowPixels={rowPixels} />
          {Array.from({ length: Math.max(0, last - first) }, (_, n) => first + n).map(row => (
            <tr key={row} aria-rowindex={row + 2} class={props.rowClassOf(row)}>
              <th scope="row">{props.headOf(row)}</th>
              {columns.map((name, column) => (
                <Cell
                  key={name}
                  {...props}
                  cell={{ row, column }}
                  editing={chosen.row === row && chosen.column === column ? editing : undefined}
                  onOpen={() => {
                    onChoose({ row, column });
                    setEditing({});
                  }}
                  onClose={() => {
                    setEditing(undefined);
                    scroll.current?.querySelector('table')?.focus({ preventScroll: true });
                  }}
                />
              ))}
            </tr>
          ))}
          <Space rows={length - last} columns={columns.length + 1} rowPixels={rowPixels} />
        </tbody>
      </table>
    </div>
  );
}

/** How a cell is being edited: from its own text, or from what was typed over it. */
interface Editing {
  readonly begin?: string;
}

/** A table that is edited. Its cells are reached by arrows. */
const asGrid = (chosen: GridCell) =>
  ({ role: 'grid', tabIndex: 0, 'aria-activedescendant': idOf(chosen) }) as const;

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-15, 0],
  PageDown: [15, 0],
  Home: [0, -1_000],
  End: [0, 1_000],
};

const idOf = ({ row, column }: GridCell): string => `cell-${row}-${column}`;

/** Where the rows would be that are not in sight. */
const Space = ({
  rows,
  columns,
  rowPixels,
}: {
  readonly rows: number;
  readonly columns: number;
  readonly rowPixels: number;
}) =>
  rows > 0 ? (
    <tr>
      <td colSpan={columns} style={{ height: `${rows * rowPixels}px`, padding: 0 }} />
    </tr>
  ) : null;

interface CellProps extends Props {
  readonly cell: GridCell;
  readonly editing: Editing | undefined;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}

function Cell({
  cell,
  textOf,
  classOf,
  chosen,
  editing,
  onChoose,
  onEdit,
  onOpen,
  onClose,
  columns,
}: CellProps) {
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  // At once: what is typed next belongs to the field.
  useLayoutEffect(() => {
    isDone.current = false;
    if (editing?.begin === undefined) field.current?.select();
    else field.current?.focus();
  }, [editing]);
  const text = textOf(cell);
  const isChosen = chosen.row === cell.row && chosen.column === cell.column;
  const finish = (kept: boolean) => {
    if (isDone.current) return;
    isDone.current = true;
    if (kept && field.current && field.current.value !== text) onEdit(cell, field.current.value);
    onClose();
  };
  if (editing)
    return (
      <td class="editing">
        <input
          ref={field}
          aria-label={columns[cell.column]}
          defaultValue={editing.begin ?? text}
          spellcheck={false}
          onBlur={() => finish(true)}
          onKeyDown={event => {
            if (event.key === 'Enter' || event.key === 'Tab') finish(true);
            else if (event.key === 'Escape') finish(false);
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
      </td>
    );
  return (
    // biome-ignore lint/a11y: the grid itself takes the keys
    <td
      id={idOf(cell)}
      class={`${classOf(cell)}${isChosen ? ' chosen' : ''}`}
      aria-selected={isChosen}
      onClick={() => onChoose(cell)}
      onDblClick={onOpen}
    >
      <bdi>{visible(cut(text, 120))}</bdi>
    </td>
  );
}
