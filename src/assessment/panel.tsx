import type { Permit, PersonPanel, StaffVisit } from '#access'
import { shortDateWords } from '#calendar'
import { aboutPerson } from '#people'
import { Details, Section, Tag } from '#ui'
import { changeOf } from './change.ts'
import { dueOf } from './measures-page.tsx'
import { libraryIn } from './pack-store.ts'
import { placesOf } from './place-store.ts'
import { PlacesLine } from './places-page.tsx'
import { asksReview, isAlert } from './rules.ts'
import { scoringOf } from './scorings.ts'
import { toAsk } from './standing.ts'
import { measuresOf } from './store.ts'
import { History, Trend } from './trend.tsx'
import type { Instrument, Measure } from './types.ts'
import { answererWords, answerWords, changeWords, comparable, regressionWords, scoreWords } from './words.ts'

/**
 * Beside what matters to somebody: the newest score of each scale, how it moved since it was first asked, and what is due
 * to be asked.
 */
export async function panelFor(visit: StaffVisit, permit: Permit<'whole'>): Promise<PersonPanel | undefined> {
  const about = await aboutPerson(visit, permit)
  const measures = await measuresOf(visit.db, permit)
  const library = await libraryIn(visit.db, visit.today)
  const due = about.person.diedOn ? [] : toAsk(await dueOf(visit, about, measures, library))
  const places = await placesOf(visit.db, permit)
  if (measures.length + due.length + places.length + about.episodes.length === 0) return undefined
  const known = library.known.filter(({ key }) => comparable(measures, key).length > 0)
  const names = [...new Set(due.map(({ instrument }) => scoringOf(instrument)?.name ?? instrument))]
  return {
    place: 'side',
    contents: (
      <Section heading="How it is going">
        {known.map((instrument) => (
          <Newest
            key={instrument.key}
            instrument={instrument}
            measures={comparable(measures, instrument.key)}
            person={permit.person}
            called={about.called}
            visit={visit}
          />
        ))}
        {known.some(({ scales }) => scales.length > 0) && <p className="kw-second">{regressionWords}</p>}
        <p>
          {names.length > 0 ? `Due to be asked: ${names.join(', ')}. ` : 'Nothing is due to be asked now. '}
          <a href={`/people/${permit.person}/measures`}>Open the measures</a>
        </p>
        <PlacesLine person={permit.person} all={places} />
      </Section>
    ),
  }
}

function Newest(props: {
  readonly instrument: Instrument
  /** Oldest first, struck ones left out; at least one. */
  readonly measures: readonly Measure[]
  readonly person: string
  readonly called: string
  readonly visit: StaffVisit
}) {
  const { instrument, measures, person, called, visit } = props
  const last = measures.at(-1)
  if (!last) return null
  const by = last.answeredBy === 'the person' ? '' : `, by ${answererWords(last.answeredBy, called)}`
  return (
    <>
      {isAlert(instrument, last.answers) && (
        <p>
          <Tag colour="red">Question {instrument.alert?.item} answered above 0</Tag>
        </p>
      )}
      {asksReview(instrument, last.answers) && (
        <p>
          <Tag colour="orange">{instrument.review?.words}</Tag>
        </p>
      )}
      {instrument.scales.map((scale) => (
        <div key={scale.key}>
          <p>
            <b>{scale.words}:</b>{' '}
            {scoreWords(
              scale,
              last.scores.find((score) => score.scale === scale.key),
            )}{' '}
            <span className="kw-second">
              ({shortDateWords(last.answeredOn, visit.today)}
              {by}). {changeWords(scale, changeOf(scale, measures))}.
            </span>
          </p>
          <Trend scale={scale} measures={measures} />
        </div>
      ))}
      {instrument.told?.map(({ item, words }) => (
        <p key={item}>
          <b>
            {instrument.name}, {words.toLowerCase()}:
          </b>{' '}
          {answerWords(instrument, last, item)}{' '}
          <span className="kw-second">
            ({shortDateWords(last.answeredOn, visit.today)}
            {by})
          </span>
        </p>
      ))}
      {measures.length > 1 && (
        <Details summary={`Show ${instrument.name} as a table`}>
          <History
            person={person}
            called={called}
            instrument={instrument}
            measures={measures}
            today={visit.today}
          />
        </Details>
      )}
    </>
  )
}
