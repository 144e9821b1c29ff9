import { type ReactNode, useId } from 'react'
import { Details } from '../panels.tsx'
import { DataTable } from '../rows.tsx'

export type ChartTable = {
  readonly columns: readonly { readonly head: string; readonly isNumber?: boolean }[]
  readonly rows: readonly (readonly string[])[]
}

type ChartProps = {
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
  /** What the lines and shapes mean. */
  readonly legend?: ReactNode
}

/**
 * A drawing with its name, its description, and the same figures in a table under it. The table's
 * caption is the chart's name. With too little to draw, the table alone is shown, open.
 *
 * @param drawing makes the inside of the picture; the id it is given is unique on the page. Sideways it
 *   measures in percent and downwards in px, so that words keep their size at every width.
 */
export function Chart(props: ChartProps) {
  const { name, table, drawing, inWords } = props
  const id = useId()
  const hasWords = inWords ? ' kw-chart--has-words' : ''
  const asTable = props.isTableOnTelephone ? ' kw-chart--as-table' : ''
  return (
    <figure className={`kw-chart${hasWords}${asTable}`}>
      <figcaption className="kw-chart__name">{name}</figcaption>
      {drawing ? <Picture chart={props} drawing={drawing} id={id} /> : <p>{props.whyNone}</p>}
      {inWords && (
        <ul className="kw-chart__in-words">
          {inWords.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      <Details summary="Show as a table" isOpen={!drawing}>
        <ChartTable name={name} table={table} id={id} />
      </Details>
    </figure>
  )
}

function Picture(props: {
  readonly chart: ChartProps
  readonly drawing: (id: string) => ReactNode
  readonly id: string
}) {
  const { chart, drawing, id } = props
  return (
    <>
      {chart.legend && <div className="kw-chart__legend">{chart.legend}</div>}
      <svg
        className="kw-chart__drawing"
        role="img"
        aria-labelledby={`${id}-name ${id}-words`}
        width="100%"
        height={chart.heightPx}
      >
        <title id={`${id}-name`}>{chart.name}</title>
        <desc id={`${id}-words`}>{chart.description}</desc>
        {drawing(id)}
      </svg>
      {chart.says && <p className="kw-chart__said">{chart.says}</p>}
    </>
  )
}

type TableRow = { readonly id: string; readonly cells: readonly string[] }

function ChartTable(props: { readonly name: string; readonly table: ChartTable; readonly id: string }) {
  const { name, table, id } = props
  return (
    <DataTable
      caption={name}
      columns={table.columns.map((column, index) => ({
        ...column,
        cell: (row: TableRow) => row.cells[index],
      }))}
      rows={table.rows.map((cells, index) => ({ id: `${id}-row-${index}`, cells }))}
      keyOf={(row) => row.id}
    />
  )
}

/** Under 10 events there is no chart, only counts. */
export const fewestEvents = 10
