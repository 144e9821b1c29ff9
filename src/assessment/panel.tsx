import type { Permit, PersonPanel, StaffVisit } from '#access'
import { shortDateWords } from '#calendar'
import { aboutPerson } from '#people'
import { type Column, DataTable, Section } from '#ui'
import { changeOf } from './change.ts'
import { instrumentOf, instruments } from './instruments.data.ts'
import { dueOf } from './measures-page.tsx'
import { toAsk } from './standing.ts'
import { measuresOf } from './store.ts'
import { Trend } from './trend.tsx'
import type { Measure, Scale } from './types.ts'
import { answererWords, changeWords, comparable, regressionWords, scoreWords } from './words.ts'

type Latest = {
  readonly scale: Scale
  readonly instrument: string
  readonly last: Measure
  readonly measures: readonly Measure[]
}

/** The newest score of each scale, how it moved since it was first asked, and what is due to be asked. */
export async function panelFor(visit: StaffVisit, permit: Permit<'whole'>): Promise<PersonPanel | undefined> {
  const about = await aboutPerson(visit, permit)
  const measures = await measuresOf(visit.db, permit)
  const due = about.person.diedOn ? [] : toAsk(await dueOf(visit, about, measures))
  if (measures.length === 0 && due.length === 0) return undefined
  const latest = latestOf(measures)
  const names = [...new Set(due.map(({ instrument }) => instrumentOf(instrument)?.name ?? instrument))]
  return {
    place: 'main',
    contents: (
      <Section heading="How it is going">
        {latest.length > 0 && (
          <>
            <DataTable
              caption="Newest scores and how they moved"
              isCaptionHidden
              columns={columns(about.called, visit)}
              rows={latest}
              keyOf={({ instrument, scale }) => `score-${instrument}-${scale.key}`}
            />
            <p className="kw-second">{regressionWords}</p>
          </>
        )}
        <p>
          {names.length > 0 ? `Due to be asked: ${names.join(', ')}. ` : 'Nothing is due to be asked now. '}
          <a href={`/people/${permit.person}/measures`}>Open the measures</a>
        </p>
      </Section>
    ),
  }
}

const latestOf = (measures: readonly Measure[]): readonly Latest[] =>
  instruments.flatMap(({ key, scales }) => {
    const counted = comparable(measures, key)
    const last = counted.at(-1)
    return last ? scales.map((scale) => ({ scale, instrument: key, last, measures: counted })) : []
  })

const columns = (called: string, visit: StaffVisit): readonly Column<Latest>[] => [
  { head: 'Measure', cell: ({ scale }) => scale.words },
  {
    head: 'Newest',
    cell: ({ scale, last }) => (
      <>
        {scoreWords(
          scale,
          last.scores.find((score) => score.scale === scale.key),
        )}
        <br />
        <span className="kw-second">
          {shortDateWords(last.answeredOn, visit.today)}
          {last.answeredBy === 'the person' ? '' : `, by ${answererWords(last.answeredBy, called)}`}
        </span>
      </>
    ),
  },
  { head: 'Since first asked', cell: ({ scale, measures }) => changeWords(scale, changeOf(scale, measures)) },
  { head: 'Drawn', cell: ({ scale, measures }) => <Trend scale={scale} measures={measures} /> },
]
