import { type ReactNode, useId } from 'react'
import { Details } from '../panels.tsx'
import { DataTable } from '../rows.tsx'

export type ChartTable = {
  readonly columns: readonly { readonly head: string; readonly isNumber?: boolean }[]
  readonly rows: readonly (readonly string[])[]
}

/**
 * A drawing with its name, its description, and the same figures in a table under it. The table's
 * caption is the chart's name. With too little to draw, the table alone is shown, open.
 *
 * @param drawing makes the inside of the picture; the id it is given is unique on the page. Sideways it
 *   measures in percent and downwards in px, so that words keep their size at every width.
 */
export function Chart(props: {
  readonly name: string
  readonly description: string
  readonly heightPx: number
  readonly table: ChartTable
  readonly drawing: ((id: string) => ReactNode) | undefined
  /** Instead of a drawing. */
  readonly whyNone?: string
  /** The same in words, where the drawing is too narrow for them and on a telephone. */
  readonly inWords?: readonly string[]
  /** On a telephone the table stands for the drawing. */
  readonly isTableOnTelephone?: boolean
  /** What the drawing says inside it, repeated below it on a telephone, where it would not fit. */
  readonly says?: string
  /** Beside the name: what the lines and shapes mean. */
  readonly legend?: ReactNode
}) {
  const id = useId()
  const { name, description, heightPx, table, drawing, inWords, legend } = props
  return (
    <figure
      className={`kw-chart${inWords ? ' kw-chart--has-words' : ''}${props.isTableOnTelephone ? ' kw-chart--as-table' : ''}`}
    >
      <figcaption className="kw-chart__name">{name}</figcaption>
      {drawing && legend && <div className="kw-chart__legend">{legend}</div>}
      {drawing ? (
        <svg
          className="kw-chart__drawing"
          role="img"
          aria-labelledby={`${id}-name ${id}-words`}
          width="100%"
          height={heightPx}
        >
          <title id={`${id}-name`}>{name}</title>
          <desc id={`${id}-words`}>{description}</desc>
          {drawing(id)}
        </svg>
      ) : (
        <p>{props.whyNone}</p>
      )}
      {drawing && props.says && <p className="kw-chart__said">{props.says}</p>}
      {inWords && (
        <ul className="kw-chart__in-words">
          {inWords.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      <Details summary="Show as a table" isOpen={!drawing}>
        <DataTable
          caption={name}
          columns={table.columns.map((column, index) => ({
            ...column,
            cell: (row: { readonly cells: readonly string[] }) => row.cells[index],
          }))}
          rows={table.rows.map((cells, index) => ({ id: `${id}-row-${index}`, cells }))}
          keyOf={(row) => row.id}
        />
      </Details>
    </figure>
  )
}

/** Under 10 events there is no chart, only counts. */
export const fewestEvents = 10
